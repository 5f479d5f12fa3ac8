"""All addresses, in Dutch. Each app adds its own."""

from django.urls import URLPattern, URLResolver, include, path

from core import asked_views, views
from ivcentrum import health_views
from ivcentrum.views import home

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler429 = "core.views.too_many"  # asked by allauth when someone tries too often
handler500 = "core.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("stijl/", views.style, name="style"),
    path("", include("accounts.urls")),
    path("", include("mails.urls")),
    path("", include("reminders.urls")),
    path("partners/", include("partners.urls")),
    path("afspraken/", include("partners.agreement_urls")),
    path("", include("plans.urls")),
    path("ruimte/", include("plans.urls.space")),
    path("ruimte/evaluaties/", include("evaluations.space_urls")),
    path("", include("meldingen.urls")),
    path("overleg/", include("meetings.urls")),
    path("evaluaties/", include("evaluations.urls")),
    path("agenda/", include("evaluations.agenda_urls")),
    path("", include("answers.urls")),
    path("", include("reports.urls")),
    path("pdf/<int:pk>/", asked_views.page, name="pdf"),
    path("pdf/<int:pk>/opbouw/", asked_views.build, name="pdf-build"),
    path("pdf/<int:pk>/opnieuw/", asked_views.again, name="pdf-again"),
    path("pdf/<int:pk>/bestand/", asked_views.file, name="pdf-file"),
    path("beheer/toestand/", health_views.page, name="health"),
    path("beheer/toestand/<int:pk>/opnieuw/", health_views.again, name="health-again"),
    path("beheer/toestand/<int:pk>/annuleren/", health_views.cancel, name="health-cancel"),
    path("healthz/live", health_views.live, name="live"),
    path("healthz/ready", health_views.ready, name="ready"),
]
