"""The words to whoever reported: standard texts with their places filled in, in two languages."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from core.languages import Language
from meldingen import links
from meldingen.models import Channel, Occasion, StandardText
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meldingen.models import ClosureReason, Melding, Reporter

PLACE = re.compile(r"\{(\w*)\}")
PLACES = ("ref", "categorie", "plaats", "reden", "dienst", "norm", "datum", "link")
OCCASIONS = {
    MeldingStatus.CLOSED: Occasion.CLOSED,
    MeldingStatus.NO_ACTION: Occasion.NO_ACTION,
    MeldingStatus.REFERRED: Occasion.EXTERNAL,
}
# Where a municipality has not written a text of its own.
PLAIN = {
    (Occasion.RECEIVED, Language.DUTCH): "Bedankt voor uw melding. Uw nummer is {ref}. "
    "Volgen kan via {link}.",
    (Occasion.RECEIVED, Language.FRENCH): "Merci pour votre signalement. Votre numéro est {ref}. "
    "Suivi : {link}.",
    (Occasion.CLOSED, Language.DUTCH): "Uw melding {ref} is afgehandeld. {reden}",
    (Occasion.CLOSED, Language.FRENCH): "Votre signalement {ref} est clôturé. {reden}",
    (Occasion.NO_ACTION, Language.DUTCH): "We bekeken uw melding {ref} en doen niets meer. {reden}",
    (Occasion.NO_ACTION, Language.FRENCH): "Nous avons examiné votre signalement {ref} ; "
    "aucune autre suite n'y sera donnée. {reden}",
    (Occasion.EXTERNAL, Language.DUTCH): "Uw melding {ref} hoort bij {dienst}. We gaven ze door.",
    (Occasion.EXTERNAL, Language.FRENCH): "Votre signalement {ref} relève de {dienst}. "
    "Nous l'avons transmis.",
}  # fmt: skip

IS_SOLVED = {
    Language.DUTCH: "Is het opgelost? Zeg het binnen veertien dagen via {link}.",
    Language.FRENCH: "Le problème est-il résolu ? Dites-le dans les quatorze jours via {link}.",
}


def draft(melding: Melding, status: str, language: str, *, reason: str, service: str = "") -> str:
    """The standard text for this end, but for the number and the link: those are one reporter's."""
    occasion = OCCASIONS[MeldingStatus(status)]
    known = {
        "categorie": melding.category.name_in(language),
        "plaats": melding.place or str(melding.neighbourhood or melding.municipality),
        "reden": reason,
        "dienst": service or str(melding.handler or melding.municipality),
        "norm": f"{melding.due:%d/%m/%Y}",
        "datum": f"{timezone.localdate():%d/%m/%Y}",
    }
    return fill(_standard(melding, occasion, language), known)


def fill(text: str, known: Mapping[str, str]) -> str:
    """Put what is known in its place; a sentence that ends in the middle gets its full stop."""

    def put(found: re.Match[str]) -> str:
        value = known.get(found[1])
        if value is None:
            return found[0]
        if found[1] == "reden":
            value = value.rstrip(". ")
            follows = text[found.end() :].lstrip(" ")[:1]
            return value if follows in set(".,;:)") - {""} else f"{value}." if value else ""
        return value

    return PLACE.sub(put, text).replace("  ", " ").strip()


def for_reporter(text: str, reporter: Reporter, status: str) -> str:
    """With the number that this reporter knows, and the link by which to answer.

    Whoever is mailed that it is solved is always asked whether it is.
    """
    asks = status == MeldingStatus.CLOSED and reporter.channel == Channel.MAIL
    if asks and text and "{link}" not in text:
        text = f"{text}\n\n{IS_SOLVED[Language(reporter.language)]}"
    known = {"ref": reporter.melding.number, "link": links.response_link(reporter)}
    return fill(text, known)


def print_of(*parts: object) -> str:
    """Stands for exactly what was shown."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def explained(reason: ClosureReason, text: str, language: str) -> str:
    """Why it is over, as a citizen reads it: the own words where there are some.

    Words of one's own are in Dutch; in French it is the name of the reason, or nothing at all.
    """
    return (text or reason.name) if language == Language.DUTCH else reason.french


def _standard(melding: Melding, occasion: str, language: str) -> str:
    """The category's own before the general one; French only where it was written."""
    ours = Q(municipality=melding.municipality_id, occasion=occasion)
    rows = StandardText._default_manager.filter(
        ours, Q(category=None) | Q(category=melding.category_id)
    )
    column = "french" if language == Language.FRENCH else "dutch"
    found = dict(rows.values_list("category", column))
    for text in (found.get(melding.category_id), found.get(None)):
        if text:
            return str(text)
    return PLAIN[occasion, language]  # type: ignore[index]


SUBJECTS = {Language.DUTCH: "uw melding {ref}", Language.FRENCH: "votre signalement {ref}"}


ASKS = {
    Language.DUTCH: "een vraag over uw melding {ref}",
    Language.FRENCH: "une question sur votre signalement {ref}",
}


def asks(number: str, language: str) -> str:
    return fill(ASKS[Language(language)], {"ref": number})


def subject(number: str, language: str) -> str:
    return fill(SUBJECTS[Language(language)], {"ref": number})


def received(reporter: Reporter) -> str:
    """That it arrived, with the number and the code by which to follow it."""
    melding = reporter.melding
    known = {
        "ref": melding.number,
        "categorie": melding.category.name_in(reporter.language),
        "plaats": melding.place or str(melding.neighbourhood or melding.municipality),
        "norm": f"{melding.ack_due:%d/%m/%Y}",
        "link": links.follow_link(melding, reporter.language),
    }
    return fill(_standard(melding, Occasion.RECEIVED, reporter.language), known)
