"""Taking in, and one melding."""

from django.urls import path

from meldingen.views import desk

urlpatterns = [
    path("meldingen/nieuw/", desk.melding_create, name="create"),
    path("meldingen/<int:pk>/", desk.melding_page, name="melding"),
]
