"""Addresses of mails: which did not arrive, and what they say."""

from django.urls import path

from mails.views import follow, texts

app_name = "mails"
TEXT = "beheer/mails/<slug:code>/<slug:kind>"
urlpatterns = [
    path("mails/", follow.mail_list, name="list"),
    path("mails/doen/", follow.mail_act, name="act"),
    path("beheer/mails/", texts.text_list, name="texts"),
    path(f"{TEXT}/", texts.text_edit, name="text-edit"),
    path(f"{TEXT}/proefmail/", texts.text_example, name="text-example"),
    path(f"{TEXT}/standaard/", texts.text_reset, name="text-reset"),
]
