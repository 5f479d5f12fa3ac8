"""Forms on a report: start one, and write in its draft."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.roles import Right
from core import history
from core.forms import CreateForm, VersionedModelForm
from core.widgets import choose_from
from partners.models import Partner
from plans.models import Domain, Plan
from plans.workflow import PLAN_IN_THE_MAKING
from reports import permissions
from reports.models import Chapter, DomainRemark, Report, Variant, shown_in
from reports.periods import Period, Preset, half_year, quarter, since
from reports.snapshot import kept_remarks

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

REMARK = "remark_"


class DayField(forms.DateField):
    """A day that is asked only with one's own choice of period."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, label: _StrPromise) -> None:
        super().__init__(label=label, help_text=_("Alleen bij zelf gekozen data."), required=False)


def reportable_plans(user: User) -> Any:
    """Adopted plans of the places for which this person makes reports."""
    places = user.municipality_ids_with(Right.REPORT_MAKE)
    own = Plan.objects.filter(municipality__in=places)
    of_zone = Plan.objects.filter(municipality=None, zone__in=user.zone_ids_with(Right.REPORT_MAKE))
    return (own | of_zone).current().exclude(status__in=PLAN_IN_THE_MAKING)


def place_of(plan: Plan, user: User) -> Municipality:
    """To which municipality a plan is reported: one of the zone to one's own."""
    if plan.municipality:
        return plan.municipality
    places = Municipality.objects.filter(
        zone=plan.zone_id, pk__in=user.municipality_ids_with(Right.REPORT_MAKE)
    )
    return places.order_by("name")[0]


class OfVariant:
    """A form about one kind of report: it asks for a partner or a neighbourhood where that needs
    one, and for nothing of the others."""

    variant: Variant
    user: User
    instance: Any
    fields: Any
    add_error: Any

    def ask_what_it_needs(self, variant: Variant, user: User) -> None:
        self.variant, self.user = variant, user
        self.instance.audience = variant.audience
        for name, rows in (("partner", _partners(user)), ("neighbourhood", _places(user))):
            if name != variant.subject:
                del self.fields[name]
                continue
            field = self.fields[name]
            field.queryset, field.required = rows, True
            options = {str(row.pk): row.name for row in rows}
            field.widget = choose_from(options, empty=str(_("Kies …")))
        plan = self.fields["plan"]
        plan.queryset = reportable_plans(user)
        if plan.queryset.count() == 1:
            plan.initial, plan.empty_label = plan.queryset.get(), None

    def fill_in(self, cleaned: dict[str, Any]) -> bool:
        """Put the plan, its municipality and the subject in the row; False when they do not fit."""
        row, subject = self.instance, cleaned.get(self.variant.subject or "plan")
        if not cleaned.get("plan") or not subject:
            return False
        row.plan, row.municipality = cleaned["plan"], place_of(cleaned["plan"], self.user)
        if self.variant.subject:
            setattr(row, self.variant.subject, subject)
            if subject.municipality_id != row.municipality.pk:
                self.add_error(self.variant.subject, ELSEWHERE)
                return False
        if not (verdict := permissions.may_be_shown(row.plan, self.variant.audience)):
            self.add_error("plan", str(verdict.reason))
        return bool(verdict)


ELSEWHERE = _("Dit is van een andere gemeente dan het plan.")


def _partners(user: User) -> Any:
    places = user.municipality_ids_with(Right.REPORT_MAKE)
    return Partner.objects.visible_to(user).current().of(places).order_by("name")


def _places(user: User) -> Any:
    places = user.municipality_ids_with(Right.REPORT_MAKE)
    return Neighbourhood.objects.filter(municipality__in=places).order_by("name")


class NewReportForm(OfVariant, CreateForm[Report]):
    """About which plan, over which period, and about whom. The rest follows on the draft's page."""

    preset = forms.ChoiceField(
        label=_("Periode"), choices=Preset.choices, widget=forms.RadioSelect, initial=Preset.QUARTER
    )
    period_start = DayField(_("Van"))
    period_end = DayField(_("Tot en met"))

    field_order = ["plan", "partner", "neighbourhood", "preset", "period_start", "period_end"]

    class Meta:
        model = Report
        fields = ["plan", "partner", "neighbourhood"]

    def __init__(self, *args: Any, user: User, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_what_it_needs(variant, user)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.fill_in(cleaned) and cleaned.get("preset"):
            report = self.instance
            report.previous = Report.objects.before(report)
            if period := self._period(cleaned):
                report.period_start, report.period_end = period.start, period.end
                report.title = report.title_for(period)
        return cleaned

    def _period(self, cleaned: dict[str, Any]) -> Period | None:
        today = timezone.localdate()
        if cleaned["preset"] == Preset.QUARTER:
            return quarter(today)
        if cleaned["preset"] == Preset.HALF_YEAR:
            return half_year(today)
        if cleaned["preset"] == Preset.SINCE_PREVIOUS:
            previous = self.instance.previous
            return since(previous.period_end if previous else None, today=today)
        return self._own_period(cleaned.get("period_start"), cleaned.get("period_end"))

    def _own_period(self, start: dt.date | None, end: dt.date | None) -> Period | None:
        for name, day in (("period_start", start), ("period_end", end)):
            if day is None and name not in self.errors:
                self.add_error(name, _("Kies een datum."))
        if start is None or end is None:
            return None
        if end < start:
            self.add_error("period_end", _("De einddatum ligt voor de begindatum."))
            return None
        return Period(start, end)


WRITTEN = {
    Chapter.FOREWORD: "foreword",
    Chapter.ASKED: "decisions_asked",
    Chapter.COMING: "outlook",
}


class ReportTextForm(VersionedModelForm[Report]):
    """What the coordinator writes: foreword, decisions, outlook, and a remark per domain, as far as
    their chapters are in it.

    The remarks travel under the version of the report, so that all of it is one text.
    """

    class Meta:
        model = Report
        fields = ["title", "foreword", "decisions_asked", "outlook"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains: dict[str, Domain] = {}
        chapters = shown_in(self.instance.municipality_id, self.instance.variant)
        for chapter, name in WRITTEN.items():
            if chapter not in chapters:
                del self.fields[name]
        if Chapter.DOMAINS in chapters:
            self._add_remarks()
        if self.is_bound:
            self._take_theirs()

    def _add_remarks(self) -> None:
        kept = kept_remarks(self.instance)
        for domain in self.instance.plan.domains.current():
            self._add_remark(domain, kept.get(domain.pk, ""))

    def _add_remark(self, domain: Domain, text: str) -> None:
        name = f"{REMARK}{domain.pk}"
        field = DomainRemark._meta.get_field("text").formfield(label=str(domain))
        field.widget.attrs["rows"] = 2
        self.fields[name] = field
        self.domains[name] = domain
        self.initial[name] = text

    @property
    def remark_fields(self) -> list[Any]:
        return [self[name] for name in self.domains]

    @property
    def text_fields(self) -> list[Any]:
        return [self[name] for name in self._meta.fields or () if name in self.fields]

    @property
    def remarks(self) -> dict[int, str]:
        """The remarks as they are being written, by the key of their domain."""
        return {
            domain.pk: self.cleaned_data.get(name, self.initial[name])
            for name, domain in self.domains.items()
        }

    def note_clash(self) -> None:
        super().note_clash()
        self.clashes += [
            {
                "name": name,
                "label": self.fields[name].label,
                "theirs": self.initial[name],
                "mine": self.cleaned_data.get(name, self[name].data),
            }
            for name in self.changed_data
            if name in self.domains
        ]

    def changes(self) -> list[history.Change]:
        return super().changes() + [
            {
                "field": name,
                "label": str(self.domains[name]),
                "old": str(self.initial[name]),
                "new": self.cleaned_data[name],
            }
            for name in self.changed_data
            if name in self.domains
        ]

    def save(self, commit: bool = True) -> Report:  # noqa: FBT001, FBT002 - Django's signature
        report = super().save(commit)
        for name, domain in self.domains.items():
            if name in self.changed_data:
                DomainRemark.objects.update_or_create(
                    report=report, domain=domain, defaults={"text": self.cleaned_data[name]}
                )
        return report
