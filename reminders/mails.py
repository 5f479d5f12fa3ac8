"""The mail of the day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.letters import Block, Link
from mails.about import About
from mails.kinds import MailKind, Word

if TYPE_CHECKING:
    from core.models import OutboxEntry

LIST = Block(
    "Acties bijwerken\n\n- ZAN-OVL-03 Fietsverlichting\n  Tegen 1 december. Hoe staat het ermee?\n"
    "  https://iv.example/acties/3/bijwerken/\n\n- ZAN-OVL-05 Lampen aan het park\n  Tegen 4 december. "
    "Hoe staat het ermee?\n  https://iv.example/acties/5/bijwerken/",
    mark_safe(
        "<h2>Acties bijwerken</h2><ul><li>ZAN-OVL-03 Fietsverlichting<br>"
        "Tegen 1 december. Hoe staat het ermee?</li><li>ZAN-OVL-05 Lampen aan het park<br>"
        "Tegen 4 december. Hoe staat het ermee?</li></ul>"
    ),
)
DIGEST = MailKind(
    code="herinnering",
    name=gettext_lazy("Herinneringen van de dag"),
    about=gettext_lazy("Hoogstens één keer per dag, naar wie iets te doen heeft."),
    subject=gettext_lazy("wat op je wacht"),
    text=gettext_lazy(
        "Dag {naam}\n\nDit wacht op je: {aantal}.\n\n{lijst}\n\n{alles}\n\n"
        "Een ander uur, of over iets geen mail: {keuzes}"
    ),
    french_subject="ce qui vous attend",
    french="Bonjour {naam}\n\nVoici ce qui vous attend : {aantal}.\n\n{lijst}\n\n{alles}\n\n"
    "Une autre heure, ou pas de mail sur certaines choses : {keuzes}",
    words=(
        Word("aantal", gettext_lazy("hoeveel er wacht"), gettext_lazy("2 dingen"),
             in_subject=True),
        Word("lijst", gettext_lazy("wat er wacht, elk met zijn link"), LIST, must=True),
        Word("alles", gettext_lazy("de bladzijde met alles samen"),
             Link("https://iv.example/herinneringen/", "Alles op één bladzijde")),
        Word("keuzes", gettext_lazy("waar je het uur kiest en mail afzet"),
             Link("https://iv.example/herinneringen/keuzes/", "je keuzes"), must=True),
    ),
)  # fmt: skip
KINDS = (DIGEST,)


def about(entries: list[OutboxEntry], _user: User) -> dict[int, About]:
    """Whose mail of which day; what stood in it is between that person and us."""
    people = User.objects.in_bulk([entry.payload["person"] for entry in entries])
    return {
        entry.pk: About(
            person.name,
            _("herinneringen van %s")
            % date_format(dt.date.fromisoformat(entry.payload["on"]), "j F"),
        )
        for entry in entries
        if (person := people.get(entry.payload["person"]))
    }
