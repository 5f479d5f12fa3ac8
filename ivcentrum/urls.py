"""All addresses, in Dutch. Each app adds its own."""

from django.urls import URLPattern, URLResolver, include, path

from core import views
from ivcentrum.views import home

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("stijl/", views.style, name="style"),
    path("", include("plans.urls")),
]
