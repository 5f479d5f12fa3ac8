"""Addresses of the agenda."""

from django.urls import path

from evaluations.views import agenda

app_name = "agenda"
urlpatterns = [
    path("", agenda.month, name="month"),
    path("adres/", agenda.address, name="address"),
    path("adres/vernieuwen/", agenda.address_renew, name="renew"),
    path("adres/intrekken/", agenda.address_revoke, name="revoke"),
    path("<str:secret>.ics", agenda.feed, name="feed"),
]
