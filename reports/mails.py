"""The mail that a report is there to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.letters import Link
from mails.about import About, by_row
from mails.kinds import MailKind, Word
from reports.models import Report, Sending

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import OutboxEntry

SENT = MailKind(
    code="rapport",
    name=_("Een nieuw rapport"),
    about=_("Naar elke lezer van een rapport, op de dag dat je het verstuurt."),
    subject=_("een nieuw rapport voor jou"),
    text=_(
        "Dag {naam}\n\nVoor jou staat een rapport klaar: {titel} ({gemeente}). Je leest het in je "
        "browser of als PDF, en zegt er meteen bij wat je ervan vindt:\n\n{link}"
    ),
    french_subject="un nouveau rapport pour vous",
    french="Bonjour {naam}\n\nUn rapport vous attend : {titel} ({gemeente}). Vous le lisez dans votre "
    "navigateur ou en PDF, et vous y dites tout de suite ce que vous en pensez :\n\n{link}",
    words=(
        Word("titel", _("de titel van het rapport"), _("Voortgang, september en oktober")),
        Word("link", _("waar het rapport staat"), Link("https://iv.example/rapporten/7/",
             "Lees het rapport"), must=True),
    ),
)  # fmt: skip
KINDS = (SENT,)


def about(entries: list[OutboxEntry], user: User) -> dict[int, About]:
    readable = Report.objects.visible_to(user)
    sendings = Sending.objects.filter(report__in=readable).select_related("report")

    def words(sending: Sending) -> tuple[str, str, str]:
        return "", sending.report.title, sending.report.get_absolute_url()

    return by_row(entries, sendings, "sending", words)
