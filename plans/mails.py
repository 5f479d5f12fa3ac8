"""The mail that tells a partner that something was shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.letters import Link
from mails.about import About, by_row
from mails.kinds import MailKind, Word
from plans.models import Share

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import OutboxEntry

SHARED = MailKind(
    code="gedeeld",
    name=gettext_lazy("Iets gedeeld met een partner"),
    about=gettext_lazy("Naar elke persoon van een partner met wie iets gedeeld werd."),
    subject=gettext_lazy("iets nieuws in je partnerruimte"),
    text=gettext_lazy(
        "Dag {naam}\n\nDe gemeente heeft iets met {partner} gedeeld. Je leest het in je "
        "partnerruimte, en daar antwoord je ook:\n\n{link}"
    ),
    french_subject="du nouveau dans votre espace partenaire",
    french="Bonjour {naam}\n\nLa commune a partagé quelque chose avec {partner}. Vous le lisez dans "
    "votre espace partenaire, et c'est aussi là que vous répondez :\n\n{link}",
    words=(
        Word("partner", gettext_lazy("de organisatie"), gettext_lazy("CAW Zandrode")),
        Word(
            "link",
            gettext_lazy("waar het staat"),
            Link("https://iv.example/ruimte/", "Open het"),
            must=True,
        ),
    ),
)
KINDS = (SHARED,)


def about(entries: list[OutboxEntry], user: User) -> dict[int, About]:
    """With whom something is shared; what it is stands with the action."""
    shares = Share.objects.visible_to(user).select_related("partner", "action")

    def words(share: Share) -> tuple[str, str, str]:
        what = _("iets dat gedeeld is met %s") % share.partner
        return str(share.partner), what, share.action.get_absolute_url()

    return by_row(entries, shares, "share", words)
