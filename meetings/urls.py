"""Addresses of meetings and resolutions."""

from django.urls import path

from meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("nieuw/", views.meeting_create, name="create"),
    path("<int:pk>/", views.meeting_detail, name="detail"),
    path("<int:pk>/wijzigen/", views.meeting_edit, name="edit"),
    path("<int:pk>/aanwezigen/", views.attendance, name="attendance"),
    path("<int:pk>/noteren/", views.resolution_at, name="resolve"),
    path("<int:pk>/punten/", views.take_points, name="take-points"),
    path("punten/<int:pk>/noteren/", views.point_resolve, name="point-resolve"),
    path("beslissingen/", views.resolution_list, name="resolutions"),
    path("beslissingen/noteren/", views.resolution_create, name="resolution-create"),
    path("beslissingen/<int:pk>/", views.resolution_detail, name="resolution"),
    path("beslissingen/<int:pk>/wijzigen/", views.resolution_edit, name="resolution-edit"),
    path("beslissingen/<int:pk>/afsluiten/", views.resolution_close, name="resolution-close"),
    path("beslissingen/<int:pk>/heropenen/", views.resolution_reopen, name="resolution-reopen"),
    path("van-actie/<int:pk>/", views.of_action, name="of-action"),
]
