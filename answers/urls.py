"""Addresses of answers by link: one for whoever has a link, the others for who signed in."""

from django.urls import path

from answers.views import listing, mine, public

app_name = "answers"
urlpatterns = [
    path("antwoord/<str:token>/", public.answer, name="answer"),
    path("herinneringen/antwoorden/", listing.uses, name="list"),
    path("account/antwoordlinks/", mine.mine, name="mine"),
    path("account/antwoordlinks/<int:pk>/intrekken/", mine.revoke, name="revoke"),
    path("account/antwoordlinks/intrekken/", mine.revoke_all, name="revoke-all"),
]
