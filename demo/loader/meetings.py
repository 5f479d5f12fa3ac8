"""The meetings of the core group, what it decided and what came of it."""

from __future__ import annotations

from typing import Any

from demo.loader.cast import Cast
from meetings.models import Attendance, Body, Followed, Kind, Meeting, Resolution
from plans.models import Action, Plan


def load_meetings(rows: list[dict[str, Any]], plan: Plan, cast: Cast) -> None:
    for row in rows:
        meeting = Meeting.objects.create(
            municipality=cast.places["ZAN"], body=Body.CORE_GROUP, number=row["number"],
            on=row["date"], present=row["present"], agenda="\n".join(row["agenda"]),
        )  # fmt: skip
        noted = row.get("planned", row["date"])  # one that is still to come was planned before
        cast.note("meeting.held", meeting, by=cast.coordinator, on=noted)
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, partner=cast.partner(code), presence=presence)
            for presence, codes in row["attended"].items()
            for code in codes
        )
        for decided in row["decisions"]:
            _resolve(meeting, decided, plan, cast)


def _resolve(meeting: Meeting, row: dict[str, Any], plan: Plan, cast: Cast) -> None:
    is_done = row["status"] == Followed.DONE
    resolution = Resolution.objects.create(
        municipality=meeting.municipality, meeting=meeting, body=meeting.body, on=meeting.on,
        kind=Kind.DECISION, text=row["text"], owner=cast.partner(row["owner"]), due=row["due"],
        status=row["status"], closed_on=row["due"] if is_done else None,
    )  # fmt: skip
    resolution.actions.set(Action.objects.filter(plan=plan, code__in=row.get("actions", ())))
    cast.note("resolution.made", resolution, by=cast.coordinator, on=meeting.on, context=meeting)
