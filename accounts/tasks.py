"""Mail about accounts: made and sent when the outbox comes to it, so that no secret waits in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Invitation, Membership, User
from accounts.operations import second_factor
from core import asked
from core.languages import speaking
from core.letters import Link
from core.mail import Mail, deliver
from core.models import Heartbeat, LogEntry, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.letters import Value
    from core.models import OutboxEntry


def send_mail(entry: OutboxEntry) -> None:
    deliver(entry, MAILS[entry.payload["mail"]](entry.payload))


# What stands between a person and the account is worded here alone: no municipality changes it.


def _mail(to: User, subject: str, text: str, values: dict[str, Value], address: str = "") -> Mail:
    hello = _("Dag {naam}")
    whole = f"{hello}\n\n{text}"
    return Mail(address or to.email, to.name, subject, whole, values, language=to.language)


# --- What each mail says ------------------------------------------------------------------------


def _password_reset(payload: dict[str, Any]) -> Mail | None:
    # 0 stands for an address without an account: asking costs the same time for everybody.
    user = User.objects.active().signed_up().filter(pk=payload["user"]).first()
    if user is None:
        return None
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(user), key]
    )  # fmt: skip
    with speaking(user.language):
        text = _(
            "Iemand vroeg een nieuw wachtwoord voor je account. Was jij dat? Open dan deze link:\n\n"
            "{link}\n\nDe link werkt {minuten} minuten. Was jij het niet? Dan hoef je niets te doen: je "
            "wachtwoord blijft wat het was."
        )
        link = Link(f"{settings.SITE_URL}{path}", _("Kies een nieuw wachtwoord"))
        values: dict[str, Value] = {
            "link": link,
            "minuten": str(settings.PASSWORD_RESET_TIMEOUT // 60),
        }
        return _mail(user, _("nieuw wachtwoord"), text, values)


def _invitation(payload: dict[str, Any]) -> Mail | None:
    still_open = Invitation.objects.open(now=timezone.now()).select_related("user", "invited_by")
    invitation = still_open.filter(pk=payload["invitation"], user__is_active=True).first()
    if invitation is None:
        return None
    with speaking(invitation.user.language):
        text = _(
            "{wie} nodigt je uit voor IV-centrum, het platform voor integrale veiligheid van je gemeente. "
            "Kies je wachtwoord op deze pagina:\n\n{link}\n\nDe link werkt tot {tot} en maar één keer. "
            "Verwacht je deze mail niet? Gooi hem dan weg."
        )
        url = f"{settings.SITE_URL}{reverse('accounts:accept', args=[invitation.secret])}"
        until = date_format(timezone.localtime(invitation.expires_at), "j F Y H:i")
        values: dict[str, Value] = {"wie": invitation.invited_by.name, "tot": until,
                  "link": Link(url, _("Kies je wachtwoord"))}  # fmt: skip
        return _mail(invitation.user, _("je uitnodiging"), text, values)


def _role_given(payload: dict[str, Any]) -> Mail | None:
    memberships = Membership.objects.select_related("user", "municipality")
    membership = memberships.filter(pk=payload["membership"], user__is_active=True).first()
    if membership is None:
        return None
    with speaking(membership.user.language):
        text = _(
            "Je kreeg een rol in IV-centrum: {rol}.\n\nJe meldt je aan zoals altijd. Klopt dit niet? "
            "Verwittig dan de functioneel beheerder."
        )
        return _mail(membership.user, _("een nieuwe rol"), text, {"rol": str(membership)})


NOTICES = {
    "user.password_changed": gettext_lazy("Je wachtwoord is gewijzigd."),
    "user.password_reset": gettext_lazy("Je hebt een nieuw wachtwoord ingesteld."),
    "user.second_factor_added": gettext_lazy("Aanmelden vraagt voortaan een tweede stap."),
    "user.second_factor_removed": gettext_lazy("Aanmelden vraagt geen tweede stap meer."),
    "user.recovery_codes_made": gettext_lazy(
        "Je hebt nieuwe herstelcodes gemaakt. De oude werken niet meer."
    ),
    "user.second_factor_reset": gettext_lazy(
        "Een beheerder heeft je tweede stap gewist. Stel er een nieuwe in als je je aanmeldt."
    ),
}


def _notice(payload: dict[str, Any]) -> Mail | None:
    user = User.objects.active().filter(pk=payload["user"]).first()
    if user is None:
        return None
    with speaking(user.language):
        return _changed(user, str(NOTICES[payload["mail"]]))


def _changed(user: User, what: str, address: str = "") -> Mail:
    text = _(
        "{wat}\n\nWas jij dit niet en weet je van niets? Verwittig dan meteen de functioneel "
        "beheerder."
    )
    return _mail(user, _("een wijziging aan je account"), text, {"wat": what}, address)


def _email_changed(payload: dict[str, Any]) -> Mail | None:
    # The addresses are read from the history, so that none waits in the outbox.
    entry = LogEntry.objects.filter(pk=payload["entry"]).first()
    user = User.objects.active().filter(pk=key_of(entry.subject)).first() if entry else None
    if entry is None or user is None:
        return None
    with speaking(user.language):
        if payload["to"] == "new":
            what = _("Je meldt je voortaan aan met dit e-mailadres.")
        else:
            what = _(
                "Je account heeft een ander e-mailadres gekregen. Dit adres werkt er niet meer voor."
            )
        address = entry.changes[0][payload["to"]]
        return _changed(user, what, address)


MAILS: dict[str, Callable[[dict[str, Any]], Mail | None]] = {
    "password_reset": _password_reset,
    "invitation": _invitation,
    "role.given": _role_given,
    "user.email_changed": _email_changed,
    **dict.fromkeys(NOTICES, _notice),
}


# --- Housekeeping --------------------------------------------------------------------------------


@shared_task
def tidy() -> None:
    """Once a night: throw away what has run out (sessions, counters, PDFs, signs), and take a new key."""
    call_command("clearsessions")
    asked.tidy(at=timezone.now())
    Heartbeat.forget_workers(at=timezone.now())
    if settings.SECRET_KEY_FALLBACKS:
        second_factor.seal_anew()
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])  # noqa: S608
