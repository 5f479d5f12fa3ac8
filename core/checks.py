"""What an installation lacks, said at start-up instead of on the day somebody needs it."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from core import envelope, geocoder

HINT = "Make one with: openssl rand -base64 32 (see docs/install.md on keeping it in two parts)."


@register()
def note_keys_are_keys(**_kwargs: Any) -> list[CheckMessage]:
    try:
        names = [envelope.name_of(envelope.decoded(text)) for text in settings.NOTE_KEYS]
    except envelope.BadKeyError:
        return [Error("NOTE_KEYS holds something that is no key.", hint=HINT, id="core.E001")]
    if len(set(names)) < len(names):
        return [Warning("NOTE_KEYS holds the same key twice.", id="core.W002")]
    return []


@register()
def base_layer_is_one(**_kwargs: Any) -> list[CheckMessage]:
    url = settings.MAP_WMTS_URL
    if not url or (settings.MAP_TILE_HOSTS and all(f"{{{name}}}" in url for name in "zxy")):
        return []
    hint = "A whole address with {z}, {x} and {y} in it; see .env.example."
    return [Error("MAP_WMTS_URL is no address of tiles.", hint=hint, id="core.E002")]


@register()
def geocoder_is_one(**_kwargs: Any) -> list[CheckMessage]:
    if not settings.GEOCODER_URL or geocoder.is_usable(settings.GEOCODER_URL):
        return []
    hint = "A whole address over https (http on this machine alone), without a password in it."
    return [Error("GEOCODER_URL is no address to ask.", hint=hint, id="core.E003")]


@register(Tags.security, deploy=True)
def note_keys_are_there(**_kwargs: Any) -> list[CheckMessage]:
    if settings.NOTE_KEYS:
        return []
    said = "NOTE_KEYS is empty: nobody can write a confidential note."
    return [Warning(said, hint=HINT, id="core.W001")]


@register(Tags.security, deploy=True)
def sender_is_of_our_domain(**_kwargs: Any) -> list[CheckMessage]:
    """A signature of the mail server (DKIM) counts where From and its own domain are the same."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    if domain == settings.MAIL_DOMAIN.lower():
        return []
    said = f"Mail is sent from {domain or 'nowhere'} and named after {settings.MAIL_DOMAIN}."
    hint = "Give MAIL_FROM and MAIL_DOMAIN the domain that the mail server signs for."
    return [Warning(said, hint=hint, id="core.W003")]
