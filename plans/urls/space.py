"""Addresses of the partner space."""

from django.urls import path

from partners.views import space as own
from plans.views import space

app_name = "space"
urlpatterns = [
    path("", space.overview, name="home"),
    path("gedeeld/<int:pk>/", space.share_page, name="share"),
    path("gedeeld/<int:pk>/antwoord/", space.share_answer, name="answer"),
    path("gedeeld/<int:pk>/bijdrage/", space.contribute, name="contribute"),
    path("gedeeld/<int:pk>/bestand/", space.hand_in, name="hand-in"),
    path("bestanden/<int:pk>/", space.own_file, name="file"),
    path("afspraken/", own.agreements, name="agreements"),
    path("engagementen/<int:pk>/", own.commitment, name="commitment"),
    path("engagementen/bestanden/<int:pk>/", own.report_file, name="report-file"),
    path("gegevens/", own.contact, name="contact"),
    path("gegevens/<int:pk>/wijzigen/", own.correct, name="correct"),
    path("gegevens/<int:pk>/collega/", own.invite, name="invite"),
]
