"""Addresses of the meldingen, by who uses them."""

from meldingen.urls import boxes, citizen, desk, inboxes, lists, phone, rounds, triage

app_name = "meldingen"
urlpatterns = [
    *triage.urlpatterns,
    *inboxes.urlpatterns,
    *desk.urlpatterns,
    *lists.urlpatterns,
    *citizen.urlpatterns,
    *boxes.urlpatterns,
    *rounds.urlpatterns,
    *phone.urlpatterns,
]
