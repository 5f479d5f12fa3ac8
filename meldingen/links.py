"""The addresses that a citizen gets: to follow a melding, and to say whether it is solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

if TYPE_CHECKING:
    from meldingen.models import Melding, Reporter, ReporterQuestion

SIGNER = Signer(salt="meldingen.response")
QUESTIONS = Signer(salt="meldingen.question")
FRENCH = "fr"


def in_language(address: str, language: str) -> str:
    """The same page in the language of whoever gets the link; Dutch asks nothing."""
    return f"{address}?taal={FRENCH}" if language.startswith(FRENCH) else address


def _whole(address: str, language: str) -> str:
    return f"{settings.SITE_URL}{in_language(address, language)}"


def follow_link(melding: Melding, language: str = "") -> str:
    return _whole(reverse("meldingen:follow", args=[melding.follow_code]), language)


def response_token(reporter: Reporter) -> str:
    """Always the same for a reporter: how long it opens something, the melding says."""
    return SIGNER.sign(str(reporter.pk))


def response_link(reporter: Reporter) -> str:
    return _whole(reverse("meldingen:solved", args=[response_token(reporter)]), reporter.language)


def question_link(question: ReporterQuestion) -> str:
    address = reverse("meldingen:question", args=[QUESTIONS.sign(str(question.pk))])
    return _whole(address, question.reporter.language)


def reporter_key(token: str) -> str | None:
    return _unsigned(SIGNER, token)


def question_key(token: str) -> str | None:
    return _unsigned(QUESTIONS, token)


def _unsigned(signer: Signer, token: str) -> str | None:
    try:
        return signer.unsign(token)
    except BadSignature:
        return None
