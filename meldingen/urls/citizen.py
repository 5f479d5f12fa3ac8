"""What is open to everybody: report, follow, answer."""

from django.urls import path

from meldingen.views import citizen

urlpatterns = [
    path("melden/", citizen.choose, name="public"),
    path("melden/<slug:code>/", citizen.report, name="report"),
    path("melden/<slug:code>/dank/<str:follow>/", citizen.thanks, name="thanks"),
    path("volgen/", citizen.follow_form, name="follow-form"),
    path("volgen/<str:follow>/", citizen.follow, name="follow"),
    path("opgelost/<path:token>/", citizen.solved, name="solved"),
]
