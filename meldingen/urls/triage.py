"""The list, and what is done to many at once."""

from django.urls import path

from meldingen.views import triage

urlpatterns = [
    path("meldingen/", triage.melding_list, name="list"),
]
