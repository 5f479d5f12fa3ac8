"""The mails about a referral: to who has to answer it, and to who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.letters import Link
from mails.about import About, by_row
from mails.kinds import MailKind, Word
from partners.models import Referral

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import OutboxEntry

PARTNER = Word("partner", gettext_lazy("de organisatie"), gettext_lazy("CAW Zandrode"))
LINK = Word(
    "link",
    gettext_lazy("waar de doorverwijzing staat"),
    Link("https://iv.example/partners/doorverwijzingen/12/", "Lees de doorverwijzing"),
    must=True,
)
REFERRED = MailKind(
    code="doorverwijzing",
    name=gettext_lazy("Vraag aan een partner"),
    about=gettext_lazy("Naar elke persoon van een partner aan wie je iets doorverwijst."),
    subject=gettext_lazy("er staat een doorverwijzing klaar"),
    text=gettext_lazy(
        "Dag {naam}\n\nEr staat een doorverwijzing klaar voor {partner}. Wat de gemeente vraagt, "
        "lees je alleen na aanmelden, en daar antwoord je ook:\n\n{link}"
    ),
    french_subject="une demande vous attend",
    french="Bonjour {naam}\n\nUne demande attend {partner}. Ce que la commune demande, vous ne le lisez "
    "qu'après connexion, et c'est aussi là que vous répondez :\n\n{link}",
    words=(PARTNER, LINK),
)
WITHDRAWN = MailKind(
    code="doorverwijzing-ingetrokken",
    name=gettext_lazy("Vraag aan een partner, ingetrokken"),
    about=gettext_lazy("Naar dezelfde personen, als je de doorverwijzing intrekt."),
    subject=gettext_lazy("een doorverwijzing is ingetrokken"),
    text=gettext_lazy(
        "Dag {naam}\n\nEen doorverwijzing aan {partner} is ingetrokken. Je hoeft er niets meer voor "
        "te doen. Welke het is, zie je na aanmelden:\n\n{link}"
    ),
    french_subject="une demande a été retirée",
    french="Bonjour {naam}\n\nUne demande à {partner} a été retirée. Vous ne devez plus rien faire. "
    "Laquelle, vous le voyez après connexion :\n\n{link}",
    words=(PARTNER, LINK),
)
ANSWERED = MailKind(
    code="doorverwijzing-beantwoord",
    name=gettext_lazy("Antwoord van een partner"),
    about=gettext_lazy("Naar de collega die doorverwees, als de partner antwoordt."),
    subject=gettext_lazy("antwoord op je doorverwijzing"),
    text=gettext_lazy(
        "Dag {naam}\n\n{partner} antwoordde op een doorverwijzing van jou. Het antwoord lees je na "
        "aanmelden:\n\n{link}"
    ),
    french_subject="réponse à votre demande",
    french="Bonjour {naam}\n\n{partner} a répondu à une de vos demandes. Vous lisez la réponse après "
    "connexion :\n\n{link}",
    words=(PARTNER, LINK),
)
KINDS = (REFERRED, WITHDRAWN, ANSWERED)


def about(entries: list[OutboxEntry], user: User) -> dict[int, About]:
    """Which referral it was; why, stands there alone."""
    referrals = Referral.objects.visible_to(user).select_related("partner", "made_by")

    def words(referral: Referral) -> tuple[str, str, str]:
        what = _("doorverwijzing aan %s") % referral.partner
        return str(referral.partner), what, referral.get_absolute_url()

    return by_row(entries, referrals, "referral", words)
