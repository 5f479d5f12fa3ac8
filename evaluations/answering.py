"""An opinion that is asked may be given by a link in the mail."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.confidentiality import ANSWERED_BY_LINK, SHARED_BY_LINK
from evaluations import permissions
from evaluations.forms.participants import AnswerForm
from evaluations.models import Participant
from evaluations.models.subjects import FIELDS, LOADED
from evaluations.operations import participants
from reminders.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from accounts.models import User


class AnswerByLinkForm(AnswerForm):
    """The same questions, on a page that must know whether it was sent twice."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def _with_subject(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    paths = [f"evaluation__{name}" for name in FIELDS.values()]
    paths += [
        f"evaluation__{name}__{path}" for what, name in FIELDS.items() for path in LOADED[what]
    ]
    return rows.select_related("evaluation", "partner", *paths)


def _of_person(user: User) -> QuerySet[Participant]:
    return _with_subject(Participant.objects.visible_to(user).waiting())


def _of_partner(user: User) -> QuerySet[Participant]:
    return _with_subject(Participant.objects.in_space_of(user).waiting())


def _form(data: Mapping[str, Any] | None, row: Participant) -> AnswerByLinkForm:
    return AnswerByLinkForm(data, instance=row)


def _answer(form: AnswerByLinkForm, row: Participant, user: User) -> Participant:  # noqa: ARG001
    return participants.answer(form, by=user)


def _said(row: Participant) -> list[tuple[Any, Any]]:
    return [
        (_("Hoe tevreden ben je?"), row.get_satisfaction_display()),
        (_("Wat ging goed?"), row.went_well or "–"),
        (_("Wat moet anders?"), row.should_change or "–"),
    ]


def _purpose(code: str, name: object, *, page: str, levels: Collection[str], rows: Any) -> Purpose:
    return Purpose(
        code=code,
        name=name,  # type: ignore[arg-type]
        rules=(code,),
        subject="participant",
        rows=rows,
        may=permissions.may_answer,
        level=lambda row: row.evaluation.level,
        levels=levels,
        place=lambda row: row.evaluation.municipality_id,
        named=lambda row: ("", row.evaluation.title),
        form=_form,
        save=_answer,
        said=_said,
        made=Participant,
        page=lambda row: reverse(page, args=[row.pk]),
        seen_at=lambda row: row.evaluation.get_absolute_url(),
        lead=_("De gemeente vraagt je mening: drie korte vragen."),
    )


PURPOSES = (
    _purpose(
        "evaluatie-mening",
        _("Een mening bij een evaluatie"),
        page="evaluations:answer",
        levels=ANSWERED_BY_LINK,
        rows=_of_person,
    ),
    _purpose(
        "evaluatie-partner",
        _("De mening van een partner"),
        page="evaluation-space:answer",
        levels=SHARED_BY_LINK,
        rows=_of_partner,
    ),
)
