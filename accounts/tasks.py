"""Mail about accounts: made and sent when the outbox comes to it, so that no secret waits in it."""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Invitation, Membership, User
from accounts.operations import second_factor
from core import outbox
from core.models import LogEntry, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.models import OutboxEntry

SERVER_ERRORS = 500  # SMTP: from here on the server refuses for good


class MailDelayedError(Exception):
    """The mail server could not take the message now; its own words may hold an address."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message before it is drawn: its template is templates/accounts/mail/<name>.txt."""

    to: User
    name: str
    subject: str
    words: dict[str, Any] = field(default_factory=dict)
    address: str = ""  # when not the one of the account


def send_mail(entry: OutboxEntry) -> None:
    """Send one promised mail; a promise that lost its reason is kept by doing nothing."""
    mail = MAILS[entry.payload["mail"]](entry.payload)
    if mail is None:
        return
    message = _drawn(mail, entry.key)
    try:
        with get_connection() as server:
            if outbox.hand_over(entry):
                server.send_messages([message])
    except (smtplib.SMTPException, OSError) as error:
        raise _judged(error) from None


def _drawn(mail: Mail, key: str) -> EmailMessage:
    words = {"name": mail.to.name, "site": settings.SITE_URL, **mail.words}
    text = render_to_string(f"accounts/mail/{mail.name}.txt", words)
    mark = hashlib.sha256(key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{mark}@{settings.MAIL_DOMAIN}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        f"IV-centrum: {mail.subject}", text, to=[mail.address or mail.to.email], headers=headers
    )


def _judged(error: smtplib.SMTPException | OSError) -> Exception:
    """Whether trying again makes sense. A wrong password of ours is ours to repair: try again."""
    code = _code(error)
    refused = isinstance(
        error, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError
    )
    if refused and code >= SERVER_ERRORS:
        return outbox.PermanentError(_("De mailserver weigerde dit bericht (code %s).") % code)
    what = code or type(error).__name__
    return MailDelayedError(_("De mailserver nam dit bericht nog niet aan (%s).") % what)


def _code(error: smtplib.SMTPException | OSError) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(int(code) for code, _words in error.recipients.values())
    return int(getattr(error, "smtp_code", 0) or 0)


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
    words = {"link": f"{settings.SITE_URL}{path}", "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
    return Mail(user, "password_reset", _("nieuw wachtwoord"), words)


def _invitation(payload: dict[str, Any]) -> Mail | None:
    still_open = Invitation.objects.open(now=timezone.now()).select_related("user", "invited_by")
    invitation = still_open.filter(pk=payload["invitation"], user__is_active=True).first()
    if invitation is None:
        return None
    words = {
        "link": f"{settings.SITE_URL}{reverse('accounts:accept', args=[invitation.secret])}",
        "inviter": invitation.invited_by.name,
        "expires": invitation.expires_at,
    }
    return Mail(invitation.user, "invitation", _("je uitnodiging"), words)


def _role_given(payload: dict[str, Any]) -> Mail | None:
    memberships = Membership.objects.select_related("user", "municipality")
    membership = memberships.filter(pk=payload["membership"], user__is_active=True).first()
    if membership is None:
        return None
    return Mail(membership.user, "role_given", _("een nieuwe rol"), {"membership": membership})


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
    words = {"what": NOTICES[payload["mail"]]}
    return Mail(user, "notice", _("een wijziging aan je account"), words)


def _email_changed(payload: dict[str, Any]) -> Mail | None:
    # The addresses are read from the history, so that none waits in the outbox.
    entry = LogEntry.objects.filter(pk=payload["entry"]).first()
    user = User.objects.active().filter(pk=key_of(entry.subject)).first() if entry else None
    if entry is None or user is None:
        return None
    if payload["to"] == "new":
        what = _("Je meldt je voortaan aan met dit e-mailadres.")
    else:
        what = _(
            "Je account heeft een ander e-mailadres gekregen. Dit adres werkt er niet meer voor."
        )
    address = entry.changes[0][payload["to"]]
    return Mail(user, "notice", _("een wijziging aan je account"), {"what": what}, address)


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
    """Once a night: throw away sessions and counters that have run out, and take a new key."""
    call_command("clearsessions")
    if settings.SECRET_KEY_FALLBACKS:
        second_factor.seal_anew()
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])  # noqa: S608
