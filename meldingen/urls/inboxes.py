"""Mail from outside: the mailboxes, and what the desk has to look at."""

from django.urls import path

from meldingen.views import inbound, inboxes

urlpatterns = [
    path("meldingen/mail/", inbound.mail_list, name="mails"),
    path("meldingen/mail/<int:pk>/nagekeken/", inbound.mail_settle, name="mail-settle"),
    path("meldingen/mail/automatisch/", inbound.automatic_list, name="mails-automatic"),
    path("meldingen/mail/<int:pk>/opnemen/", inbound.mail_take, name="mail-take"),
    path("beheer/postvakken/", inboxes.inbox_list, name="inboxes"),
    path("beheer/postvakken/nieuw/", inboxes.inbox_create, name="inbox-create"),
    path("beheer/postvakken/<int:pk>/", inboxes.inbox_page, name="inbox"),
    path("beheer/postvakken/<int:pk>/wijzigen/", inboxes.inbox_edit, name="inbox-edit"),
    path("beheer/postvakken/<int:pk>/testen/", inboxes.inbox_test, name="inbox-test"),
    path("beheer/postvakken/<int:pk>/aan/", inboxes.inbox_on, name="inbox-on"),
    path("beheer/postvakken/<int:pk>/uit/", inboxes.inbox_off, name="inbox-off"),
]
