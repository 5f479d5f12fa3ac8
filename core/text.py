"""What text people may hand us."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Embedding, override and isolate marks make a sentence read otherwise than it is stored.
_BIDI_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED_CONTROLS = frozenset("\n\r\t")


def is_hidden(char: str) -> bool:
    """Whether a character cannot be seen but changes how text is stored or read."""
    if char in _ALLOWED_CONTROLS:
        return False
    return char in _BIDI_MARKS or unicodedata.category(char) in {"Cc", "Cs"}


def refuse_hidden_characters(value: str) -> None:
    """Refuse NUL, control characters, bidi overrides and lone surrogates with a sentence."""
    if any(is_hidden(char) for char in value):
        raise ValidationError(
            _("Deze tekst bevat onzichtbare tekens. Typ of plak ze opnieuw als gewone tekst."),
            code="hidden_characters",
        )
