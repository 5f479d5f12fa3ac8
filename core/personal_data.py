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

# A form of address, or a word that introduces a name, and then something with a capital.
TITLED = re.compile(
    r"\b(?:[Dd]e heer|[Mm]evrouw|[Mm]eneer|[Mm]ijnheer|[Dd]hr\.?|[Mm]evr\.?|[Mm]w\.?|[Jj]uffrouw|"
    r"genaamd|heet|noemt zich)\s+[A-Z][a-zà-ÿ'-]+"
)
# First names that are common here; alone they are also words and places, with a surname they are not.
FIRST_NAMES = (
    "Ahmed Ali An Anja Ann Anna Anne Annelies Arne Arthur Bart Bert Birgit Bram Brecht Carine Christel "
    "Daan David Dirk Eddy Elke Els Emma Erik Eva Fatima Fatma Femke Filip Finn Frank Freddy Geert "
    "Gert Greet Griet Guy Hans Hassan Hilde Hugo Ibrahim Ilse Ine Ingrid Inge Isabelle Jan Jana Jef "
    "Jeroen Johan Jonas Joost Joris Jos Julie Karel Karen Karim Karin Katrien Kevin Khadija Kim "
    "Koen Kris Kristof Lander Lars Laura Leen Lies Lieve Liesbeth Linda Lisa Lotte Louis Luc Lucas "
    "Marc Maria Marie Marleen Martine Mehdi Mia Mieke Mohamed Mohammed Nadia Nathalie Nele Nicolas "
    "Noah Patrick Paul Peter Pieter Piet Rachid Raf Rik Rita Robin Ruben Sam Sander Sara Sarah "
    "Sofie Stef Stefaan Steven Stijn Sven Thomas Tim Tine Tom Veerle Vera Vincent Walter Wim Wout "
    "Wouter Yassin Youssef Yusuf"
)
FULL_NAME = re.compile(
    rf"\b(?:{'|'.join(FIRST_NAMES.split())})\s+"
    r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]en|[Tt]er|[Ee]l|[Bb]en)\s+){0,2}[A-Z][a-zà-ÿ'-]+"
)
# A street with a number; a street alone is a place, not where somebody lives.
ADDRESS = re.compile(
    r"\b[A-Z][\wà-ÿ'-]*(?:straat|laan|weg|plein|dreef|lei|baan|kaai|dijk|pad|hof|singel|vest|"
    r"steeg|berg|park|markt)\s+(?:nr\.?\s*)?\d{1,4}\s?[a-zA-Z]?\b"
)

TRACES: tuple[tuple[re.Pattern[str], _StrPromise], ...] = (
    (TITLED, _("een naam")),
    (FULL_NAME, _("een naam")),
    (ADDRESS, _("een adres")),
    (EMAIL, _("een e-mailadres")),
    (PHONE, _("een telefoonnummer")),
    (IBAN, _("een rekeningnummer")),
)


def traces(text: str) -> list[str]:
    """What a text seems to hold of a person, in words."""
    found = [str(name) for pattern, name in TRACES if pattern.search(text)]
    return list(dict.fromkeys(found))


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
