"""Finding what looks like personal data in a text that is about to be kept or to leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# Belgian, as people write them: 0475 12 34 56, 03/123.45.67, +32 475 12 34 56, 0032…
PHONE = re.compile(r"(?<![\d/])(?:(?:\+|00)32[ ./-]*\(?0?\)?|0)[1-9](?:[ ./-]*\d){7,8}(?!\d)")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}\b")
ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{3}[ .-]?\d{2}(?!\d)")

TRACES: tuple[tuple[re.Pattern[str], _StrPromise], ...] = (
    (EMAIL, _("een e-mailadres")),
    (PHONE, _("een telefoonnummer")),
    (IBAN, _("een rekeningnummer")),
)


def traces(text: str) -> list[str]:
    """What a text seems to hold of a person, in words."""
    return [str(name) for pattern, name in TRACES if pattern.search(text)]


def has_national_number(text: str) -> bool:
    """Whether a text holds a national register number: eleven digits whose last two check."""
    found = (re.sub(r"\D", "", match) for match in ELEVEN_DIGITS.findall(text))
    return any(_checks(digits) for digits in found)


def _checks(digits: str) -> bool:
    """People born since 2000 have a 2 put before their number in the sum."""
    head, check = digits[:9], int(digits[9:])
    return any(97 - int(century + head) % 97 == check for century in ("", "2"))


def refuse_national_number(text: str) -> None:
    if has_national_number(text):
        raise ValidationError(
            _("Hier staat een rijksregisternummer. Dat bewaren we nooit: haal het weg."),
            code="national_number",
        )
