"""Addresses of evaluations in the space of a partner."""

from django.urls import path

from evaluations.views import space

app_name = "evaluation-space"
urlpatterns = [
    path("", space.overview, name="home"),
    path("<int:pk>/", space.answer, name="answer"),
]
