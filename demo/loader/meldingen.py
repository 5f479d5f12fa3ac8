"""The meldingen of the demo: those that are written out, and a year that is drawn around them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core.workdays import after_working_days
from demo.loader.cast import Cast, moment
from demo.loader.public_texts import load_public_texts
from demo.loader.square import point
from demo.loader.told import Lists, Told, keep, moment_after, with_norms
from demo.loader.year import year_around
from meldingen.models import Category, Channel, ClosureReason, Melding, Reporter, Source
from meldingen.operations.defaults import fill_lists
from meldingen.workflow import OVER, MeldingStatus
from plans.models import Action

Row = dict[str, Any]
PLAN = "IVP-ZAN-2"
STATUSES: dict[str, str] = {
    "in_behandeling": MeldingStatus.IN_PROGRESS,
    "wacht": MeldingStatus.WAITING,
    "geen_actie": MeldingStatus.NO_ACTION,
}
# Who notes what comes in by which way; the rest is noted at the centre.
NOTED_BY = {"box": "gw1", "eigen": "gw1", "wijk": "wijk.noord", "dienst": "tech"}
FROM_OUTSIDE = frozenset({"web"})  # nobody at the desk entered these
# Invented people, with numbers and addresses that do not exist.
NAMES = ("An Verhoeven", "Bert Claes", "Carla Wouters", "Dirk Maes", "Els Goossens",
         "Fatima Haddad", "Guy Peeters", "Hilde Jacobs", "Ivo Martens", "Joke Willems")  # fmt: skip
LATE = "overschreden"


def load_meldingen(data: Row, cast: Cast) -> None:
    for place in cast.places.values():
        fill_lists(place)
    load_public_texts(data, cast.places)
    lists = _lists(data, cast)
    samples = [_sample(row, n, lists, cast) for n, row in enumerate(data["meldingen"])]
    keep([*samples, *year_around(data, samples, lists, cast, someone)], cast)
    cast.write_history()


def _lists(data: Row, cast: Cast) -> Lists:
    here: dict[str, Any] = {"municipality": cast.places["ZAN"]}
    lists: list[Any] = [model.objects.filter(**here) for model in (Source, Category, ClosureReason)]
    sources, categories, reasons = lists
    return Lists(
        {row.code: row for row in sources},
        {row.code: row for row in categories.select_related("handler")},
        {row.code: row for row in reasons},
        data["meta"]["reference_date"],
    )


def _sample(row: Row, place: int, lists: Lists, cast: Cast) -> Told:
    day = lists.today - dt.timedelta(days=row["days_ago"])
    at = moment(day, *(int(part) for part in row["time"].split(":")))
    melding = _melding(row, at, lists, cast)
    lead = cast.lead_of(melding.handler) if melding.handler else None
    if melding.status not in {MeldingStatus.RECEIVED, MeldingStatus.ASSIGNED, *OVER}:
        melding.assignee = lead
    told = Told(melding, entered_by(row["source"], cast), lead or cast.users["civ"])
    melding.entered_by = told.by
    told.reporter = _reporter(row, place)
    told.answer = row.get("feedback") or row.get("closure_text", "")
    told.notes = _notes(row, answered=bool(told.reporter and melding.closed_at))
    if melding.status == MeldingStatus.REOPENED:
        told.reason = row["text"]
    return told


def _melding(row: Row, at: dt.datetime, lists: Lists, cast: Cast) -> Melding:
    latitude, longitude = point(*row["pos"]) if "pos" in row else (None, None)
    status = str(STATUSES.get(row["status"], row["status"]))
    code = row.get("plan_action")
    reason = row.get("closure_reason")
    melding = Melding(
        municipality=cast.places["ZAN"],
        number=f"ZAN-{at.year}-{int(row['ref'][-4:]):05}",
        source=lists.sources[row["source"]],
        category=lists.categories[row["category"]],
        text=row["text"],
        happened_at=at,
        entered_at=at,
        place=row["place"],
        latitude=latitude,
        longitude=longitude,
        neighbourhood=cast.neighbourhoods[row["neighbourhood"]],
        confidentiality=row.get("confidentiality", "intern"),
        handler=cast.partner(row["handler"]),
        action=Action.objects.get(plan__code=PLAN, code=code) if code else None,
        status=status,
        closure_reason=lists.reasons[reason] if reason else None,
        closure_text=row.get("closure_text", ""),
        waits_for=row.get("wait_reason", ""),
    )
    with_norms(melding, at.date())
    _time(melding, at, row, lists)
    return melding


def _time(melding: Melding, at: dt.datetime, row: Row, lists: Lists) -> None:
    """The dates that the data leave to us: the end, the day planned, since when it waits."""
    if melding.status in OVER:
        melding.closed_at = end_of(melding, at, share=0.5, now=lists.now)
    elif melding.status == MeldingStatus.PLANNED:
        melding.planned_on = after_working_days(lists.today, 1)
    elif melding.status == MeldingStatus.WAITING:
        melding.waiting_since = (at + dt.timedelta(days=2)).date()
    if row.get("norm_status") == LATE:
        melding.due = lists.today - dt.timedelta(days=2)


def end_of(melding: Melding, at: dt.datetime, *, share: float, now: dt.datetime) -> dt.datetime:
    """After that share of its norm, in working hours, and never in the time to come."""
    days = max(int(melding.category.resolve_days * share), 1)
    last = after_working_days(at.date(), days)
    return max(min(moment(last, 15, at.minute), now), moment_after(at))


def entered_by(source: str, cast: Cast) -> User | None:
    return None if source in FROM_OUTSIDE else cast.users[NOTED_BY.get(source, "civ")]


def _reporter(row: Row, place: int) -> Reporter | None:
    """Contact data of nobody. The poster at the box answers who left none."""
    kind, source = row["reporter"], row["source"]
    if kind == "intern":
        return None
    if kind == "anoniem":
        return Reporter(channel=Channel.POSTER) if row.get("feedback") else None
    return someone(place, source, named=kind == "naam_en_contact", consents="consent" in row)


def someone(number: int, source: str, *, named: bool, consents: bool = False) -> Reporter:
    name = NAMES[number % len(NAMES)]
    channel = {"telefoon": Channel.PHONE, "loket": Channel.COUNTER, "brief": Channel.LETTER}.get(
        source, Channel.MAIL
    )
    first = name.partition(" ")[0].lower()
    return Reporter(
        name=name if named else "",
        channel=channel,
        email=f"{first}{number}@voorbeeld.example" if channel == Channel.MAIL else "",
        phone=f"0470 00 {number // 100 % 100:02} {number % 100:02}"
        if channel in {Channel.PHONE, Channel.COUNTER}
        else "",
        address=f"Voorbeeldstraat {number % 90 + 1}, Zandrode" if channel == Channel.LETTER else "",
        consents=consents,
    )


def _notes(row: Row, *, answered: bool) -> list[str]:
    """What colleagues wrote: the partner's own number, and words to the reporter on the way."""
    notes = [f"Dossier bij de partner: {row['external_ref']}."] if "external_ref" in row else []
    if row.get("feedback") and not answered:
        notes.append(row["feedback"])
    return notes
