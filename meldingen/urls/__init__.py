"""Addresses of the meldingen, by who uses them."""

from meldingen.urls import boxes, desk, phone, rounds, triage

app_name = "meldingen"
urlpatterns = [
    *triage.urlpatterns,
    *desk.urlpatterns,
    *boxes.urlpatterns,
    *rounds.urlpatterns,
    *phone.urlpatterns,
]
