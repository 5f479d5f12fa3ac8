"""What the centre of the demo sent on to partners, and two notes that few may read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core import envelope, history
from demo.loader.cast import Cast, moment
from partners.models import Competence, ConfidentialNote, NoteReader, NoteReading, Outcome, Referral
from partners.models.referrals import ANSWER_DAYS
from partners.workflow import REFERRAL_ANSWERED, REFERRAL_CLOSED, ReferralStatus
from plans.models import Action, ActionNote, ActionReferral, Plan

S = ReferralStatus


@dataclass(frozen=True, slots=True)
class Sent:
    """One referral of the demo; days count back from the day the demo is about."""

    partner: str
    competence: str
    by: str
    ago: int
    status: S
    reason: str
    text: str
    answer: str = ""
    outcome: str = ""
    answered_after: int = 0
    from_action_of: str = ""  # the partner who leads the action it came from


SENT = (
    Sent("cgg", "C14", "gw3", 3, S.SENT,
         "Iemand aan de sporthal vroeg zelf naar hulp om te stoppen.",
         "Een inwoner zoekt begeleiding bij middelengebruik en wil eerst anoniem bellen.",
         from_action_of="cgg"),
    Sent("caw", "C13", "wijk.noord", 21, S.SENT,
         "Derde gesprek in de wijk over spanningen thuis.",
         "Een gezin vraagt wie kan helpen bij ruzie thuis. Zij nemen zelf contact op."),
    Sent("wonen", "C17", "civ", 12, S.ACCEPTED,
         "Klachten over nachtlawaai in drie portieken.",
         "Graag een bezoek aan de drie portieken over de huisregels na tien uur.",
         "We gaan volgende week langs met de wijkverantwoordelijke.", answered_after=2),
    Sent("clb", "C16", "jeugd", 40, S.DONE,
         "Jongeren overdag in het park tijdens de schooluren.",
         "Kunnen jullie met de scholen bekijken of dit spijbelen is?",
         "We nemen dit op met de twee scholen.",
         "Het ging om een studiedag; de scholen verwittigen ons voortaan.", answered_after=6),
    Sent("straathoek", "C15", "coordinator", 33, S.NO_CAPACITY,
         "Nieuwe groep aan het station.",
         "Is er iemand die deze groep 's avonds kan aanspreken?",
         "Onze medewerker is tot januari voltijds in Wilgendal.", answered_after=9),
    Sent("wegbeheer", "C07", "gw1", 60, S.DONE,
         "Put van twintig centimeter op de gewestweg.",
         "Put op de Steenweg ter hoogte van de sporthal, gevaarlijk voor fietsers.",
         "Ontvangen als GW-118.", "Hersteld en gecontroleerd.", answered_after=1),
)  # fmt: skip

# About whom, by whom, who else reads it and what it says. Nobody in it exists.
NOTES = (
    ("straathoek", "", "coordinator", "wijk.noord",
     "Signalen over de groep aan het station bespreken we enkel mondeling, op het tweewekelijks overleg."),
    ("", "cgg", "wijk.noord", "coordinator",
     "De zorgverlener vraagt om de naam van de school niet te noemen tot de ouders ingelicht zijn."),
)  # fmt: skip


def load_sharing(data: dict[str, Any], plan: Plan, cast: Cast) -> None:
    today: dt.date = data["meta"]["reference_date"]
    competences = {row.code: row for row in Competence.objects.filter(municipality__code="ZAN")}
    for sent in SENT:
        _refer(sent, competences[sent.competence], plan, cast, today)
    if envelope.is_ready():
        for partner, lead, writer, reader, text in NOTES:
            note = _write(partner, text, (writer, reader), cast, today)
            if lead:
                ActionNote.objects.create(note=note, action=_action_of(plan, lead))
    cast.write_history()


def _action_of(plan: Plan, partner: str) -> Action:
    return Action.objects.filter(plan=plan, lead_partner__code=partner).order_by("pk")[0]


def _refer(sent: Sent, competence: Competence, plan: Plan, cast: Cast, today: dt.date) -> None:
    on = today - dt.timedelta(days=sent.ago)
    answered = on + dt.timedelta(days=sent.answered_after)
    by = cast.users[sent.by]
    referral = Referral.objects.create(
        municipality=cast.places["ZAN"],
        partner=cast.partner(sent.partner),
        competence=competence,
        reason=sent.reason,
        text_to_share=sent.text,
        consent="niet nodig",
        sent_on=on,
        due=on + dt.timedelta(days=ANSWER_DAYS),
        status=sent.status,
        answer=sent.answer,
        answered_on=answered if sent.status in REFERRAL_ANSWERED else None,
        outcome=sent.outcome,
        closed_on=answered if sent.status in REFERRAL_CLOSED else None,
        made_by=by,
        made_at=moment(on),
    )
    cast.note("referral.sent", referral, by=by, on=on)
    if sent.status in REFERRAL_ANSWERED:
        told = [history.change(referral, "status", S.SENT, referral.status)]
        cast.note("referral.step", referral, by=cast.coordinator, on=answered, changes=told)
    if sent.from_action_of:
        action = _action_of(plan, sent.from_action_of)
        ActionReferral.objects.create(referral=referral, action=action)


def _write(
    partner: str, text: str, people: tuple[str, str], cast: Cast, today: dt.date
) -> ConfidentialNote:
    writer, reader = (cast.users[name] for name in people)
    on = today - dt.timedelta(days=10)
    note = ConfidentialNote(
        municipality=cast.places["ZAN"],
        partner=cast.partner(partner) if partner else None,
        made_by=writer,
        made_at=moment(on),
    )
    note.seal(text)
    note.save(force_insert=True)
    for person, reason in ((writer, "Schreef de nota."), (reader, "Volgt dit mee op.")):
        NoteReader.objects.create(
            note=note, person=person, named_by=writer, reason=reason, starts=on,
            until=on + dt.timedelta(days=360),
        )  # fmt: skip
    NoteReading.objects.create(
        note=note, person=reader, person_name=reader.name, outcome=Outcome.READ,
        at=moment(on + dt.timedelta(days=1)),
    )  # fmt: skip
    cast.note("confidentialnote.made", note, by=writer, on=on)
    return note
