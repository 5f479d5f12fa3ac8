"""Mail from outside: the mailboxes that we read, and what became of each mail in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from meldingen.models.melding import Melding
from meldingen.models.reference import Category, Source

if TYPE_CHECKING:
    from accounts.models import User

MOST_TRIES = 3  # of a mail on which a worker breaks off
SILENT_AFTER = dt.timedelta(minutes=15)  # an active mailbox that nobody read for so long
HERE = ("localhost", "127.0.0.1", "::1")
# What goes to the server as it stands: no spaces at the ends, no quotes, nothing that ends a line.
PLAIN = RegexValidator(
    r'^[^\s"\\\x00-\x1f\x7f](?:[^"\\\x00-\x1f\x7f]*[^\s"\\\x00-\x1f\x7f])?\Z',
    _("Gebruik geen aanhalingstekens of backslash."),
)
FOLDER = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9 ._/-]*\Z",
    _("Gebruik letters, cijfers, spaties, punten, streepjes en schuine strepen."),
)
# The secret goes there: by TLS, to a name, on the usual port.
TOKEN_URL = RegexValidator(
    r"^https://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::443)?/[\x21-\x7e]*\Z",
    _("Geef een adres zoals https://login.microsoftonline.com/…/oauth2/v2.0/token."),
)
HOST = RegexValidator(r"^[A-Za-z0-9.:-]+\Z", _("Geef de naam van de server, zonder https://."))


class Security(models.TextChoices):
    TLS = "tls", _("TLS vanaf het begin (poort 993)")
    STARTTLS = "starttls", _("STARTTLS (poort 143)")
    NONE = "geen", _("Geen, enkel voor een server op dezelfde machine")


class SignIn(models.TextChoices):
    PASSWORD = "wachtwoord", _("Met een wachtwoord")
    OAUTH = "oauth2", _("Met OAuth 2, zoals Microsoft 365")


class Trouble(models.TextChoices):
    """Why a mailbox could not be read, in words that say what to do."""

    UNREACHABLE = "onbereikbaar", _("De server antwoordt niet. Kijk naam en poort na.")
    SLOW = "traag", _("De server antwoordt te traag. We proberen het straks opnieuw.")
    CERTIFICATE = "certificaat", _("De beveiliging van de server klopt niet (certificaat).")
    LOGIN = "aanmelden", _("De server weigert de gebruiker, het wachtwoord of het token.")
    TOKEN = "token", _("De aanmelddienst (OAuth 2) antwoordt niet of onverstaanbaar.")
    REFUSED = (
        "geweigerd",
        _("De aanmelddienst (OAuth 2) weigert. Kijk client-id, clientgeheim en bereik na."),
    )
    FOLDER = "map", _("Een map bestaat niet of mag niet gelezen of gewijzigd worden.")
    PASSWORD = "wachtwoord", _("Het bewaarde geheim is niet meer leesbaar. Geef het opnieuw.")
    BROKEN = "afgebroken", _("De server brak het gesprek af. We proberen het straks opnieuw.")


class InboundMailboxQuerySet(models.QuerySet["InboundMailbox"]):
    def visible_to(self, user: User) -> Self:
        """Who sets up the mailboxes of a municipality."""
        return self.filter(municipality__in=user.municipality_ids_with(Right.INBOX_EDIT))

    def due(self, *, now: dt.datetime) -> Self:
        """To be read now, by whoever has it first: the one that waits longest comes first."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        rows = self.filter(free, is_active=True).filter(Q(next_at=None) | Q(next_at__lte=now))
        return rows.order_by(F("next_at").asc(nulls_first=True), "pk")

    def ailing(self, *, now: dt.datetime) -> Self:
        """Meant to be read, and not read."""
        silent = Q(read_at=None, switched_at__lt=now - SILENT_AFTER)
        silent |= Q(read_at__lt=now - SILENT_AFTER)
        return self.filter(silent | ~Q(trouble=""), is_active=True)


class InboundMailbox(Versioned):
    """A mailbox on a mail server of which each mail becomes a melding."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    address = models.EmailField(_("e-mailadres"))
    host = models.CharField(_("server"), max_length=200, validators=[HOST])
    port = models.PositiveIntegerField(
        _("poort"), default=993, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    security = models.CharField(
        _("beveiliging"), max_length=10, choices=Security, default=Security.TLS
    )
    username = models.CharField(_("gebruiker"), max_length=200, validators=[PLAIN])
    sign_in = models.CharField(
        _("aanmelden"), max_length=10, choices=SignIn, default=SignIn.PASSWORD
    )
    # The password, or the secret of the client with which a token is asked: sealed by core.sealing.
    password = models.TextField(editable=False)
    token_url = models.CharField(
        _("adres van de aanmelddienst"), max_length=300, blank=True, validators=[TOKEN_URL]
    )
    client_id = models.CharField(_("client-id"), max_length=200, blank=True, validators=[PLAIN])
    scope = models.CharField(_("bereik (scope)"), max_length=300, blank=True, validators=[PLAIN])
    token = models.TextField(blank=True, editable=False)  # sealed, until shortly before its end
    token_until = models.DateTimeField(null=True, editable=False)
    folder = models.CharField(_("map"), max_length=100, default="INBOX", validators=[FOLDER])
    done_folder = models.CharField(
        _("map voor wat gelezen is"), max_length=100, default="Gelezen", validators=[FOLDER]
    )
    failed_folder = models.CharField(
        _("map voor wat niet lukte"), max_length=100, default="Niet gelezen", validators=[FOLDER]
    )
    since = models.DateField(_("mail vanaf"), default=timezone.localdate)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("bron"))
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", verbose_name=_("voorlopige categorie")
    )
    is_active = models.BooleanField(_("wordt gelezen"), default=False, editable=False)
    switched_at = models.DateTimeField(null=True, editable=False)

    # What the last visit brought.
    tried_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)  # the last time that it went well
    trouble = models.CharField(max_length=15, choices=Trouble, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # after each other
    next_at = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)  # somebody asked for a test
    # One worker at a time; who died gives it back by itself.
    lease_by = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    objects = InboundMailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("postvak")
        verbose_name_plural = _("postvakken")
        ordering = ["municipality", "address"]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "port", "username", "folder"],
                name="meldingen_inboundmailbox_once",
                violation_error_message=_("Dit postvak wordt al gelezen."),
            ),
            models.CheckConstraint(
                condition=Q(security__in=Security.values),
                name="meldingen_inboundmailbox_known_security",
            ),
            models.CheckConstraint(
                condition=Q(sign_in__in=SignIn.values),
                name="meldingen_inboundmailbox_known_sign_in",
            ),
            models.CheckConstraint(
                condition=Q(sign_in=SignIn.PASSWORD)
                | ~(Q(token_url="") | Q(client_id="") | Q(scope="")),
                name="meldingen_inboundmailbox_whole_oauth",
                violation_error_message=_(
                    "Geef bij OAuth 2 het adres van de aanmelddienst, de client-id en het bereik."
                ),
            ),
            models.CheckConstraint(
                condition=Q(("token_url__regex", r"^($|https://|http://127\.0\.0\.1:)")),
                name="meldingen_inboundmailbox_secure_token",
                violation_error_message=_("Het adres van de aanmelddienst begint met https://."),
            ),
            models.CheckConstraint(
                condition=~Q(security=Security.NONE) | Q(host__in=HERE),
                name="meldingen_inboundmailbox_secure",
                violation_error_message=_(
                    "Zonder beveiliging kan enkel met een server op dezelfde machine."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(folder=F("done_folder"))
                & ~Q(folder=F("failed_folder"))
                & ~Q(done_folder=F("failed_folder")),
                name="meldingen_inboundmailbox_three_folders",
                violation_error_message=_("Kies drie verschillende mappen."),
            ),
            models.CheckConstraint(
                condition=Q(trouble__in=["", *Trouble.values]),
                name="meldingen_inboundmailbox_known_trouble",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        return reverse("meldingen:inbox", args=[self.pk])

    def kept_token(self, *, now: dt.datetime) -> str:
        """Under its seal; empty when it ended or none was asked yet."""
        return self.token if self.token_until and self.token_until > now else ""

    def keep_token(self, token: str, until: dt.datetime) -> None:
        self.token, self.token_until = token, until
        self.save(update_fields=["token", "token_until"])

    @property
    def is_being_tested(self) -> bool:
        return bool(self.asked_at and (not self.tried_at or self.tried_at < self.asked_at))


class Outcome(models.TextChoices):
    """What became of a mail."""

    READING = "bezig", _("Wordt gelezen")
    TAKEN = "melding", _("Nieuwe melding")
    REPLY = "reactie", _("Reactie op een melding")
    DOUBLE = "dubbel", _("Kwam twee keer binnen")
    OWN = "eigen", _("Van onszelf")
    AUTOMATIC = "automatisch", _("Automatische mail")
    NEWSLETTER = "nieuwsbrief", _("Nieuwsbrief of mailinglijst")
    BOUNCE = "terug", _("Mail van ons die terugkwam")
    FAILED = "mislukt", _("Niet gelezen")


# Made nothing, for nobody wrote it; the desk may think otherwise for so long.
SET_ASIDE = (Outcome.AUTOMATIC, Outcome.NEWSLETTER, Outcome.BOUNCE, Outcome.OWN)
ASIDE_DAYS = 30


class Reason(models.TextChoices):
    """Why somebody has to look."""

    SIZE = "size", _("De mail is te groot.")
    HEADERS = "headers", _("De mail heeft een onleesbaar lange kop.")
    NESTED = "nested", _("De mail bestaat uit te veel delen in elkaar.")
    EMPTY = "empty", _("Er staat geen tekst in en geen bruikbare bijlage.")
    BROKEN = "broken", _("De mail is beschadigd.")
    CRASH = "crash", _("Het lezen brak telkens af.")
    OFTEN = "often", _("Te veel mails van dezelfde afzender in een uur.")
    OVER = "over", _("Een reactie op een melding die al afgesloten is.")
    MENTION = "mention", _("Noemt het nummer van een melding van iemand anders.")


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, user: User) -> Self:
        """Who shares out the meldingen of the municipality."""
        here = user.municipality_ids_with(Right.MELDING_TRIAGE)
        return self.filter(mailbox__municipality__in=here)

    def to_look_at(self) -> Self:
        return self.exclude(reason="").filter(settled_at=None)

    def set_aside(self, *, now: dt.datetime) -> Self:
        since = now - dt.timedelta(days=ASIDE_DAYS)
        return self.filter(outcome__in=SET_ASIDE, at__gte=since)

    def from_sender(self, mark: str, *, since: dt.datetime) -> Self:
        return self.filter(sender_mark=mark, at__gte=since)


class InboundMail(models.Model):
    """One mail in a mailbox, by its number there: taken in once, whatever happens in between."""

    mailbox = models.ForeignKey(InboundMailbox, models.PROTECT, related_name="mails")
    uid_validity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=15, choices=Outcome, default=Outcome.READING)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    moved = models.BooleanField(default=False)
    # Of the mail itself, and of its sender: enough to know them again, not to know who it is.
    fingerprint = models.CharField(max_length=64, blank=True)
    sender_mark = models.CharField(max_length=64, blank=True)
    melding = models.ForeignKey(Melding, models.CASCADE, null=True, related_name="inbound_mails")
    mentions = models.ForeignKey(Melding, models.CASCADE, null=True, related_name="+")
    # The whole of it, with what stands below and what it answers: shown with the reporter alone.
    text = LongText(max_length=100_000, blank=True)
    # What was set aside, until nobody can want it any more: of its sender enough to judge by, and
    # under a seal (core.sealing) what a melding is made of.
    sender_shown = models.CharField(max_length=100, blank=True)
    kept = models.TextField(blank=True)
    # The mails of ours that this one brings back for good: it may be here before ours is called sent.
    returned_ids = ArrayField(models.CharField(max_length=200), default=list)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("binnengekomen mail")
        verbose_name_plural = _("binnengekomen mails")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["sender_mark", "at"], name="meldingen_inboundmail_sender"),
            models.Index(fields=["fingerprint"], name="meldingen_inboundmail_print"),
            models.Index(
                fields=["mailbox", "-at"],
                condition=~Q(reason="") & Q(settled_at=None),
                name="meldingen_inboundmail_to_look",
            ),
            models.Index(
                fields=["mailbox", "-at"],
                condition=Q(outcome__in=SET_ASIDE),
                name="meldingen_inboundmail_aside",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "uid_validity", "uid"], name="meldingen_inboundmail_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="meldingen_inboundmail_known_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]),
                name="meldingen_inboundmail_known_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.TAKEN, Outcome.REPLY]) | Q(melding__isnull=False),
                name="meldingen_inboundmail_taken_has_melding",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"  # nothing of what it says: this stands in logs and histories
