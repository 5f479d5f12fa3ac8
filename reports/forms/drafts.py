"""Forms on a report: start one, and write in its draft."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core import history
from core.forms import CreateForm, VersionedModelForm
from plans.models import Domain, Plan
from plans.workflow import PLAN_IN_THE_MAKING
from reports import permissions
from reports.models import Audience, DomainRemark, Report
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


class NewReportForm(CreateForm[Report]):
    """About which plan, for whom, over which period. The rest follows on the draft's page."""

    preset = forms.ChoiceField(
        label=_("Periode"), choices=Preset.choices, widget=forms.RadioSelect, initial=Preset.QUARTER
    )
    period_start = DayField(_("Van"))
    period_end = DayField(_("Tot en met"))

    audience = forms.ChoiceField(
        label=_("Voor wie"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        initial=Audience.COLLEGE,
    )
    field_order = ["plan", "audience", "preset", "period_start", "period_end"]

    class Meta:
        model = Report
        fields = ["plan", "audience"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        plan = self.fields["plan"]
        assert isinstance(plan, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        plan.queryset = reportable_plans(user)
        if plan.queryset.count() == 1:
            plan.initial, plan.empty_label = plan.queryset.get(), None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("plan") and cleaned.get("audience") and cleaned.get("preset"):
            self._fill(cleaned)
            self._check_readers(cleaned["plan"], Audience(cleaned["audience"]))
        return cleaned

    def _check_readers(self, plan: Plan, audience: Audience) -> None:
        if not (verdict := permissions.may_be_shown(plan, audience)):
            self.add_error("audience", str(verdict.reason))

    def _fill(self, cleaned: dict[str, Any]) -> None:
        report = self.instance
        report.plan, report.audience = cleaned["plan"], cleaned["audience"]
        report.municipality = place_of(report.plan, self.user)
        frozen = Report.objects.of_same_kind(report).frozen()
        report.previous = frozen.order_by("-period_end", "-pk").first()
        period = self._period(cleaned)
        if period:
            report.period_start, report.period_end = period.start, period.end
            report.title = str(_("Voortgangsrapport %s")) % period.label

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


class ReportTextForm(VersionedModelForm[Report]):
    """What the coordinator writes: foreword, decisions, outlook, and a remark per domain.

    The remarks travel under the version of the report, so that all of it is one text.
    """

    class Meta:
        model = Report
        fields = ["title", "foreword", "decisions_asked", "outlook"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains: dict[str, Domain] = {}
        kept = kept_remarks(self.instance)
        for domain in self.instance.plan.domains.current():
            self._add_remark(domain, kept.get(domain.pk, ""))
        if self.is_bound:
            self._take_theirs()

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
        return [self[name] for name in self._meta.fields or ()]

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
