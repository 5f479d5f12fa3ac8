"""The addresses that a citizen gets: to follow a melding, and to say whether it is solved."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

if TYPE_CHECKING:
    from meldingen.models import Melding, Reporter

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # what nobody mixes up when reading aloud
CODE_LENGTH = 10
SIGNER = Signer(salt="meldingen.response")


def new_code() -> str:
    """A code that nobody guesses: 32 ** 10 of them."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))


def follow_link(melding: Melding) -> str:
    return f"{settings.SITE_URL}{reverse('meldingen:follow', args=[melding.follow_code])}"


def response_token(reporter: Reporter) -> str:
    """Always the same for a reporter: how long it opens something, the melding says."""
    return SIGNER.sign(str(reporter.pk))


def response_link(reporter: Reporter) -> str:
    return f"{settings.SITE_URL}{reverse('meldingen:solved', args=[response_token(reporter)])}"


def reporter_key(token: str) -> str | None:
    try:
        return SIGNER.unsign(token)
    except BadSignature:
        return None
