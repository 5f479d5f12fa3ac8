"""The words that a municipality wrote itself for a kind of mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.fields import LongText
from core.languages import Language
from core.models import OutboxEntry, OutboxQuerySet, Versioned
from mails.kinds import all_kinds

if TYPE_CHECKING:
    from accounts.models import User
    from mails.kinds import MailKind


WORDS = ("subject", "text", "french_subject", "french")


class MailTextQuerySet(models.QuerySet["MailText"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.MAIL_TEXTS))


class MailText(Versioned):
    """How one municipality words one kind of mail. Without a row it goes as it was made."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    kind = models.CharField(_("soort mail"), max_length=40)
    subject = models.CharField(_("onderwerp"), max_length=120, blank=True)
    text = LongText(_("tekst"), max_length=4000)
    french_subject = models.CharField(_("onderwerp in het Frans"), max_length=120, blank=True)
    french = LongText(_("tekst in het Frans"), max_length=4000, blank=True)

    objects = MailTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("tekst van een mail")
        verbose_name_plural = _("teksten van mails")
        ordering = ["municipality", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind"],
                name="mails_mailtext_once",
                violation_error_message=_("Voor deze mail is er al een eigen tekst."),
            ),
        ]

    def __str__(self) -> str:
        kind = all_kinds().get(self.kind)
        return str(kind.name) if kind else self.kind

    @property
    def is_usual(self) -> bool:
        """Whether it says what the mail says by itself."""
        usual = usual_text(all_kinds()[self.kind], self.municipality)
        return all(getattr(self, name) == getattr(usual, name) for name in WORDS)

    def text_in(self, language: str) -> str:
        return self.french or self.text if language == Language.FRENCH else self.text

    def subject_in(self, language: str) -> str:
        """French as far as it was written; where the text is Dutch, the subject is too."""
        is_french = language == Language.FRENCH and bool(self.french)
        return self.french_subject or self.subject if is_french else self.subject


def usual_text(kind: MailKind, place: Municipality | None) -> MailText:
    """What a mail says by itself."""
    return MailText(
        municipality=place, kind=kind.code, subject=str(kind.subject), text=str(kind.text),
        french=kind.french, french_subject=kind.french_subject,
    )  # fmt: skip


def texts_of(place: Municipality | None, *kinds: MailKind) -> list[MailText]:
    """Each of these kinds as this municipality words it, in one question."""
    codes = [kind.code for kind in kinds]
    rows = MailText.objects.filter(municipality=place, kind__in=codes) if place else ()
    own = {row.kind: row for row in rows}
    return [own.get(kind.code) or usual_text(kind, place) for kind in kinds]


def followed_by(user: User) -> OutboxQuerySet:
    """The mails of the municipalities where this person sees to it that they arrive.

    Those of which an app can tell whom they are for; what else goes through the queue of mail
    stands on the health page.
    """
    places = user.municipality_ids_with(Right.MAIL_FOLLOW)
    kinds = [kind for kind, handler in settings.OUTBOX_HANDLERS.items() if "about" in handler]
    return OutboxEntry.objects.filter(municipality__in=places, queue="mail", kind__in=kinds)
