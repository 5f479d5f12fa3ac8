"""Addresses of reminders."""

from django.urls import path

from reminders.views import mine

app_name = "reminders"
urlpatterns = [
    path("herinneringen/", mine.mine, name="mine"),
    path("herinneringen/keuzes/", mine.choices, name="choices"),
]
