"""The mails to who reported something. Thanks and the end itself are standard texts of meldingen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.letters import Link
from mails.about import About
from mails.kinds import MailKind, Word
from meldingen.models import Answer, Melding, Reporter, ReporterQuestion

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import OutboxEntry

REF = Word("ref", gettext_lazy("het nummer van de melding"), "ZAN-2026-00421", in_subject=True)
QUESTION = MailKind(
    code="vraag-aan-melder",
    under="ondertekening-melder",
    for_citizens=True,
    name=gettext_lazy("Vraag aan wie meldde"),
    about=gettext_lazy("Naar wie iets meldde, als een medewerker nog iets moet weten."),
    text=gettext_lazy(
        "Dag {naam}\n\nWe hebben een vraag over uw melding {ref}:\n\n{vraag}\n\n"
        "Antwoorden kan tot en met {datum}, zonder account:\n\n{link}"
    ),
    french="Bonjour {naam}\n\nNous avons une question sur votre signalement {ref} :\n\n{vraag}\n\n"
    "Vous pouvez répondre jusqu'au {datum} inclus, sans compte :\n\n{link}",
    words=(
        REF,
        Word("vraag", gettext_lazy("wat de medewerker vraagt"),
             gettext_lazy("Staat de fiets er nog?"), must=True),
        Word("datum", gettext_lazy("tot wanneer antwoorden kan"), "05/12/2026", must=True),
        Word("link", gettext_lazy("waar men antwoordt"),
             Link("https://meldingen.example/antwoord/", "Antwoord"), must=True),
    ),
)  # fmt: skip
ANSWER = MailKind(
    code="brief-aan-melder",
    under="ondertekening-melder",
    for_citizens=True,
    name=gettext_lazy("Brief aan wie meldde"),
    about=gettext_lazy(
        "Rond elke standaardtekst van Meldingen: de ontvangst, het einde, het uitstel."
    ),
    text="Dag {naam}\n\n{tekst}",
    french="Bonjour {naam}\n\n{tekst}",
    words=(
        Word("tekst", gettext_lazy("wat er te zeggen is"),
             gettext_lazy("Uw melding ZAN-2026-00421 is afgehandeld."), must=True),
    ),
)  # fmt: skip
SIGNATURE = MailKind(
    code="ondertekening-melder",
    under="",
    for_citizens=True,
    name=gettext_lazy("Ondertekening voor inwoners"),
    about=gettext_lazy("Staat onder elke mail aan wie iets meldde."),
    text=gettext_lazy("Met vriendelijke groet\n{gemeente}"),
    french="Cordialement\n{gemeente}",
)
KINDS = (QUESTION, ANSWER, SIGNATURE)


HOLDERS: dict[str, Any] = {"answer": Answer, "question": ReporterQuestion, "reporter": Reporter}


def about(entries: list[OutboxEntry], user: User) -> dict[int, About]:
    """Which melding it is about. Who reported is not told: that stands behind a right of its own."""
    seen = Melding.objects.visible_to(user)
    found: dict[int, About] = {}
    for name, model in HOLDERS.items():
        ours = {entry.pk: entry.payload[name] for entry in entries if name in entry.payload}
        if not ours:
            continue
        rows = model._default_manager.filter(melding__in=seen).select_related("melding")
        meldingen = {row.pk: row.melding for row in rows.filter(pk__in=ours.values())}
        found |= {
            pk: About(_("wie meldde"), _("melding %s") % melding, melding.get_absolute_url())
            for pk, key in ours.items()
            if (melding := meldingen.get(key))
        }
    return found
