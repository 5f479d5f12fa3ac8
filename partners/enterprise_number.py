"""The Belgian enterprise number: ten digits of which the last two check the others."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DIGITS = 10
MODULUS = 97
_SEPARATORS = re.compile(r"[\s./-]")


def bare(text: str) -> str:
    """The digits alone, however somebody typed them: BE 0123.456.749, 0123456749, 123 456 749."""
    digits = _SEPARATORS.sub("", text.strip()).upper().removeprefix("BE")
    return f"0{digits}" if len(digits) == DIGITS - 1 and digits.isdecimal() else digits


def check(digits: str) -> None:
    """Refuse what no enterprise can have as its number."""
    if not re.fullmatch(r"[01][0-9]{9}", digits):
        raise ValidationError(_("Een ondernemingsnummer heeft tien cijfers en begint met 0 of 1."))
    if MODULUS - int(digits[:8]) % MODULUS != int(digits[8:]):
        raise ValidationError(_("Dit ondernemingsnummer klopt niet. Kijk de cijfers na."))


def shown(digits: str) -> str:
    """As it stands on letters: 0123.456.749."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}" if len(digits) == DIGITS else digits
