"""Letterboxes and routes."""

from django.urls import path

from meldingen.views import boxes

urlpatterns = [
    path("bussen/", boxes.box_list, name="boxes"),
    path("bussen/nieuw/", boxes.box_create, name="box-create"),
    path("bussen/codes/", boxes.box_codes, name="box-codes"),
    path("bussen/<int:pk>/", boxes.box_page, name="box"),
    path("bussen/<int:pk>/wijzigen/", boxes.box_edit, name="box-edit"),
    path("bussen/<int:pk>/foto/", boxes.box_photo, name="box-photo"),
    path("bussen/<int:pk>/foto/nieuw/", boxes.box_photo_set, name="box-photo-set"),
    path("bussen/<int:pk>/archiveren/", boxes.box_archive, name="box-archive"),
    path("bussen/<int:pk>/herstellen/", boxes.box_restore, name="box-restore"),
    path("bussen/routes/", boxes.route_list, name="routes"),
    path("bussen/routes/nieuw/", boxes.route_create, name="route-create"),
    path("bussen/routes/<int:pk>/wijzigen/", boxes.route_edit, name="route-edit"),
    path("bussen/routes/<int:pk>/bussen/", boxes.route_boxes, name="route-boxes"),
]
