"""What a kind of mail is. Each app declares its own in `mails.py`, named in the settings.

A kind says when the mail goes out, what it says where a municipality has written nothing of its own,
and which words between braces are filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import Municipality
    from core.letters import Value

    Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Word:
    """A word between braces: what it becomes, and how that looks in an example."""

    name: str
    label: Words
    example: Value | _StrPromise
    must: bool = False  # without it the mail is of no use
    in_subject: bool = False  # never what is about a person: a subject is read in passing


NAME = Word("naam", _("wie de mail krijgt"), _("An Peeters"))
PLACE = Word("gemeente", _("je gemeente"), "Zandrode", in_subject=True)


@dataclass(frozen=True, slots=True)
class MailKind:
    """One kind of mail. Without a subject of its own the code gives it one, with a number in it."""

    code: str
    name: Words
    about: Words  # who gets it, and when
    text: Words
    subject: Words = ""
    words: tuple[Word, ...] = ()
    french: str = ""  # the same text for who reads French
    french_subject: str = ""
    for_citizens: bool = False  # who may write to us in French wherever they live
    under: str = "ondertekening"  # the kind that stands below it; empty for one that does

    @property
    def all_words(self) -> tuple[Word, ...]:
        return (NAME, PLACE, *self.words)

    def may_be_french(self, place: Municipality) -> bool:
        """Whether anybody there reads it in French: people with a role do where there are facilities."""
        return bool(self.french) and (self.for_citizens or place.has_facilities)


SIGNATURE = MailKind(
    code="ondertekening",
    under="",
    name=_("Ondertekening voor collega's en partners"),
    about=_("Staat onder elke mail aan collega's en partners."),
    text=_("IV-centrum, centrum voor integrale veiligheid\n{site}"),
    french="IV-centrum, centre pour la sécurité intégrale\n{site}",
    words=(Word("site", _("het adres van IV-centrum"), settings.SITE_URL),),
)
KINDS = (SIGNATURE,)


@cache
def all_kinds() -> dict[str, MailKind]:
    """Every kind by its code, in the order of the settings."""
    found: dict[str, MailKind] = {}
    for name in settings.MAIL_KINDS:
        module: Any = import_module(name)
        found |= {kind.code: kind for kind in module.KINDS}
    return found
