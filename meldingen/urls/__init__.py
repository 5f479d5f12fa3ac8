"""Addresses of the meldingen, by who uses them."""

from meldingen.urls import citizen, desk, lists, triage

app_name = "meldingen"
urlpatterns = [
    *triage.urlpatterns,
    *desk.urlpatterns,
    *lists.urlpatterns,
    *citizen.urlpatterns,
]
