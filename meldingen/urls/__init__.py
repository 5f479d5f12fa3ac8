"""Addresses of the meldingen, by who uses them."""

from meldingen.urls import boxes, citizen, desk, inboxes, lists, phone, rounds, triage
from meldingen.urls import map as on_map

app_name = "meldingen"
urlpatterns = [
    *triage.urlpatterns,
    *inboxes.urlpatterns,
    *on_map.urlpatterns,
    *desk.urlpatterns,
    *lists.urlpatterns,
    *citizen.urlpatterns,
    *boxes.urlpatterns,
    *rounds.urlpatterns,
    *phone.urlpatterns,
]
