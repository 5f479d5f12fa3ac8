"""Addresses of the meldingen, by who uses them."""

from meldingen.urls import desk, triage

app_name = "meldingen"
urlpatterns = [*triage.urlpatterns, *desk.urlpatterns]
