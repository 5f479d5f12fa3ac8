"""The rows of all apps."""

from __future__ import annotations

from tests.access import (
    Row,
    accounts,
    actions,
    agreements,
    answers,
    core,
    evaluations,
    mails,
    meetings,
    meldingen,
    partners,
    plan_pages,
    reminders,
    reports,
)

ROWS: list[Row] = [
    *core.ROWS,
    *accounts.ROWS,
    *partners.ROWS,
    *agreements.ROWS,
    *plan_pages.ROWS,
    *actions.ROWS,
    *meldingen.ROWS,
    *meetings.ROWS,
    *mails.ROWS,
    *reminders.ROWS,
    *evaluations.ROWS,
    *answers.ROWS,
    *reports.ROWS,
]
