"""The links by which people answer from their mail, and everything that was done with one."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from answers.workflow import Outcome, Refusal
from evaluations.models import Participant
from plans.models import Action, Share
from reminders.models import MOST_LINK_DAYS
from reminders.purposes import all_purposes

if TYPE_CHECKING:
    from accounts.models import User
    from reminders.purposes import Purpose

# Which column says what a link is about, per purpose. The database holds to it.
SUBJECTS = {
    "actie-bijwerken": "action",
    "deling-bijdrage": "share",
    "evaluatie-mening": "participant",
    "evaluatie-partner": "participant",
}
COLUMNS = ("action", "share", "participant")
TOKEN = re.compile(r"[0-9A-Za-z_-]{43}")  # 256 bits
LONGEST = dt.timedelta(days=MOST_LINK_DAYS)


def _of_its_purpose() -> Q:
    """Of each purpose the other columns are empty. A participant or a share may be gone since."""
    ways = (
        Q(purpose=purpose, **{f"{other}__isnull": True for other in COLUMNS if other != column})
        for purpose, column in SUBJECTS.items()
    )
    return reduce(or_, ways) & (Q(action__isnull=False) | ~Q(purpose="actie-bijwerken"))


def _keys() -> tuple[str, ...]:
    """The first one makes links; those that were made with an earlier one still open."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _hash_of(token: str, key: str) -> str:
    return salted_hmac("answers.stored", token, secret=key, algorithm="sha256").hexdigest()


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def visible_to(self, user: User) -> Self:
        """One's own alone."""
        return self.filter(person=user)

    def by_token(self, token: str) -> Self:
        """What stands in an address; anything that we could not have made finds nothing."""
        if not TOKEN.fullmatch(token):
            return self.none()
        return self.filter(token_hash__in=[_hash_of(token, key) for key in _keys()])

    def unspent(self) -> Self:
        return self.filter(used_at=None, revoked_at=None)

    def open(self, *, at: dt.datetime) -> Self:
        """That may still be used, as far as the link itself goes."""
        return self.unspent().filter(expires_at__gt=at)

    def like(self, link: AnswerLink) -> Self:
        """Of the same person, for the same thing."""
        same = {f"{link.column}_id": link.subject_pk}
        return self.filter(person=link.person_id, purpose=link.purpose, **same)


class AnswerLink(models.Model):
    """One person may answer one question once, until a moment.

    The token in the address is derived, never stored, so that a mail that is drawn again holds the
    same one and the database alone cannot make it. It is derived from the password and the address
    of the person too: who changes either leaves no link that works.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="answer_links"
    )
    purpose = models.CharField(max_length=40)
    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="+")
    share = models.ForeignKey(Share, models.SET_NULL, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    day = models.DateField()  # of the mail that holds it
    nonce = models.UUIDField(default=uuid.uuid4)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("geldig tot"))
    used_at = models.DateTimeField(null=True)
    used_with = models.UUIDField(null=True)  # the token of the form that was sent
    made = models.BigIntegerField(null=True)  # the row that the answer became
    revoked_at = models.DateTimeField(null=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_of_its_purpose(), name="answers_link_of_its_purpose"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"))
                & Q(expires_at__lte=F("made_at") + Value(LONGEST)),
                name="answers_link_at_most_two_weeks",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_with=None, made=None)
                | Q(used_at__isnull=False, used_with__isnull=False, made__isnull=False),
                name="answers_link_used_once",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", "purpose", column, "day"],
                    condition=Q(revoked_at=None),
                    name=f"answers_link_one_a_day_{column}",
                )
                for column in COLUMNS
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(used_at=None, revoked_at=None),
                name="answers_link_unspent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.person_id} {self.day}"

    @property
    def kind(self) -> Purpose:
        return all_purposes()[self.purpose]

    @property
    def column(self) -> str:
        return SUBJECTS[self.purpose]

    @property
    def subject_pk(self) -> int | None:
        found: int | None = getattr(self, f"{self.column}_id")
        return found

    def seal(self, person: User) -> None:
        """Keep the hash of the token that only this link, this person and our key make."""
        key = settings.SECRET_KEY
        self.token_hash = _hash_of(self._token(person, key), key)

    def token(self, person: User) -> str:
        """What stands in the address; empty where password, address or key changed since."""
        tokens = ((self._token(person, key), key) for key in _keys())
        return next((made for made, key in tokens if _hash_of(made, key) == self.token_hash), "")

    def opens_with(self, token: str, person: User) -> bool:
        found = self.token(person)
        return bool(found) and constant_time_compare(found, token)

    def _token(self, person: User, key: str) -> str:
        words = "|".join((self.nonce.hex, str(person.pk), person.email, person.password))
        made = salted_hmac("answers.AnswerLink", words, secret=key, algorithm="sha256")
        return urlsafe_base64_encode(made.digest())


class AnswerUseQuerySet(models.QuerySet["AnswerUse"]):
    def visible_to(self, user: User) -> Self:
        """Of who follows up how people answer. What it is about is asked of its own door."""
        places = user.municipality_ids_with(Right.REMINDER_FOLLOW)
        return self.filter(link__municipality__in=places)


class AnswerUse(models.Model):
    """Something was done with a link, or somebody tried."""

    link = models.ForeignKey(AnswerLink, models.PROTECT, related_name="uses")
    outcome = models.CharField(max_length=15, choices=Outcome)
    reason = models.CharField(max_length=15, choices=Refusal, blank=True)
    at = models.DateTimeField(db_default=Now())

    objects = AnswerUseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values) & Q(reason__in=["", *Refusal.values]),
                name="answers_use_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.REFUSED) & ~Q(reason="")
                | ~Q(outcome=Outcome.REFUSED) & Q(reason=""),
                name="answers_use_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link} {self.outcome}"


Subject = Any  # an Action, a Share or a Participant
