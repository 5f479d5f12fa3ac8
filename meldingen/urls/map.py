"""Meldingen and boxes on a map."""

from django.urls import path

from meldingen.views import map as views

urlpatterns = [
    path("meldingen/kaart/", views.melding_map, name="map"),
    path("meldingen/kaart/punten.json", views.map_points, name="map-points"),
    path("bussen/kaart.json", views.map_boxes, name="map-boxes"),
]
