"""Addresses of accounts: allauth's names stand bare, ours under "accounts"."""

from django.urls import include, path

from accounts.urls import entrance, people

urlpatterns = [
    path("", include(entrance)),
    path("", include(people)),
]
