"""Rounds and notes at the desk."""

from django.urls import path

from meldingen.views import rounds

urlpatterns = [
    path("rondes/", rounds.round_list, name="rounds"),
    path("rondes/<int:pk>/", rounds.round_page, name="round"),
    path("rondes/route/<int:pk>/<str:day>/", rounds.round_explain, name="round-explain"),
    path("meldingen/over-te-nemen/", rounds.note_list, name="notes"),
    path("meldingen/over-te-nemen/<int:pk>/", rounds.note_copy, name="note-copy"),
]
