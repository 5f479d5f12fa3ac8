"""The languages in which the product writes to people: Dutch, and French where somebody may ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class Language(models.TextChoices):
    DUTCH = "nl", _("Nederlands")
    FRENCH = "fr", _("Frans")


def speaking(language: str) -> AbstractContextManager[None]:
    """What is worded in this block is in the language of who reads it; Dutch as the house writes it."""
    return translation.override(settings.LANGUAGE_CODE if language == Language.DUTCH else language)
