"""What is open to everybody: report, follow, answer."""

from django.urls import path

from meldingen.views import citizen, following

urlpatterns = [
    path("melden/", citizen.choose, name="public"),
    path("melden/<slug:code>/", citizen.report, name="report"),
    path("melden/<slug:code>/dank/<str:follow>/", citizen.thanks, name="thanks"),
    path("volgen/", following.follow_form, name="follow-form"),
    path("volgen/<str:follow>/", following.follow, name="follow"),
    path("opgelost/<path:token>/", following.solved, name="solved"),
    path("vraag/<path:token>/", following.question, name="question"),
]
