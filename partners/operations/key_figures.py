"""Key figures: asked, read, renewed; erased when consent ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import history
from partners import permissions
from partners.models import KeyFigure
from partners.models.key_figures import PERSONAL, consent_end

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from partners.forms.key_figures import ContactForm, KeyFigureEditForm, KeyFigureForm
    from partners.models import KeyFigureContact


@transaction.atomic
def make(form: KeyFigureForm, *, by: User) -> KeyFigure:
    figure = form.instance
    figure.municipality_id = form.cleaned_data["neighbourhood"].municipality_id
    figure.consent_until = consent_end(form.cleaned_data["consent_on"])
    permissions.may_edit_key_figure(by, figure).or_403()
    form.save()
    told = history.change(figure, "consent_on", None, figure.consent_on)
    history.record("keyfigure.made", figure, by=by, changes=[told])
    return figure


@transaction.atomic
def edit(form: KeyFigureEditForm, *, by: User) -> KeyFigure:
    """The history tells what changed, of the personal data only that they did."""
    permissions.may_edit_key_figure(by, form.instance).or_403()
    if not (changes := form.changes()):
        return form.instance
    told = [_without_text(change) for change in changes]
    figure = form.save()
    history.record("keyfigure.edited", figure, by=by, changes=told)
    return figure


def _without_text(change: history.Change) -> history.Change:
    if change["field"] not in PERSONAL:
        return change
    return {"field": change["field"], "label": change["label"], "old": "", "new": "…"}


def note_reading(figure: KeyFigure, *, by: User) -> None:
    """Who looked at the personal data, and when."""
    history.record("keyfigure.read", figure, by=by)


@transaction.atomic
def renew(figure: KeyFigure, day: dt.date, *, by: User) -> None:
    """A year more, from the day of the new consent. What was erased does not come back."""
    permissions.may_edit_key_figure(by, figure).or_403()
    rows = KeyFigure.objects.current().filter(pk=figure.pk, consent_on__lt=day)
    if rows.update(consent_on=day, consent_until=consent_end(day), version=F("version") + 1):
        told = history.change(figure, "consent_on", figure.consent_on, day)
        history.record("keyfigure.renewed", figure, by=by, changes=[told])


@transaction.atomic
def withdraw(figure: KeyFigure, *, by: User) -> None:
    """Consent is withdrawn: what we know of the person goes at once."""
    permissions.may_edit_key_figure(by, figure).or_403()
    _erase(figure, "keyfigure.withdrawn", by=by)


@transaction.atomic
def erase_expired(*, on: dt.date) -> int:
    """Erase those whose consent ended too long ago. Safe to do again."""
    expired = KeyFigure.objects.select_for_update().to_erase(on=on)
    return sum(_erase(figure, "keyfigure.expired", by=None) for figure in expired)


def _erase(figure: KeyFigure, verb: str, *, by: User | None) -> bool:
    """Empty the personal data and what was said, and keep that there was somebody."""
    empty = dict.fromkeys(PERSONAL, "")
    rows = KeyFigure.objects.current().filter(pk=figure.pk)
    if not rows.update(**empty, erased_at=timezone.now(), version=F("version") + 1):
        return False
    figure.contacts.all().delete()
    history.record(verb, figure, by=by)
    return True


@transaction.atomic
def add_contact(form: ContactForm, figure: KeyFigure, *, by: User) -> KeyFigureContact:
    locked = KeyFigure.objects.select_for_update().get(pk=figure.pk)
    permissions.may_log_contact(by, locked).or_403()
    form.instance.key_figure, form.instance.made_by_name = locked, by.name
    return form.save()
