"""Progress reports: what is told to whom over which period, and the PDF that stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned, WithPdf
from partners.models import Partner
from plans.models import Action, Domain, Plan
from reports.models.kinds import (
    AUDIENCE_LEVELS,
    AUDIENCE_RIGHTS,
    Audience,
    Variant,
    known_variant,
    of_shape,
    variant_of,
)
from reports.periods import Period

if TYPE_CHECKING:
    from accounts.models import User
    from core.confidentiality import Level
    from plans.models.actions import ActionQuerySet


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Frozen reports for one's audience; drafts only for those who make reports."""
        makers = user.municipality_ids_with(Right.REPORT_MAKE)
        seen = Q(municipality__in=makers)
        for audience, right in AUDIENCE_RIGHTS.items():
            readers = user.municipality_ids_with(right)
            seen |= Q(municipality__in=readers, audience=audience, frozen_at__isnull=False)
        return self.filter(seen)

    def frozen(self) -> Self:
        return self.filter(frozen_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(frozen_at=None)

    def of_variant(self, variant: Variant) -> Self:
        return self.filter(of_shape(variant))

    def of_same_kind(self, report: Report) -> Self:
        """Reports of the same plan, about the same partner or neighbourhood, for the same readers."""
        return self.filter(
            plan=report.plan_id,
            municipality=report.municipality_id,
            audience=report.audience,
            partner=report.partner_id,
            neighbourhood=report.neighbourhood_id,
        )

    def before(self, report: Report) -> Report | None:
        """The frozen report that a new one of this kind follows."""
        return self.of_same_kind(report).frozen().order_by("-period_end", "-pk").first()

    def for_list(self) -> Self:
        """Load what a list row shows, and nothing else."""
        rows = self.defer("snapshot")
        return rows.select_related("plan", "pdf_work", "partner", "neighbourhood")


class Report(WithPdf, Versioned):
    """A progress report of a plan over a period, for one audience.

    While it is a draft its figures follow the plan. Freezing stores them in `snapshot`; the PDF
    is made from the snapshot alone, and the database refuses changes to a frozen report.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports", verbose_name=_("plan"))
    # The municipality whose people make and read it (a zone plan is reported per municipality).
    municipality = models.ForeignKey(
        "accounts.Municipality", models.PROTECT, related_name="reports", verbose_name=_("gemeente")
    )
    audience = models.CharField(_("voor wie"), max_length=12, choices=Audience)
    # About one partner or one neighbourhood; about neither, it is about the whole plan.
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("partner"),
    )
    neighbourhood = models.ForeignKey(
        "accounts.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("wijk"),
    )
    title = models.CharField(_("titel"), max_length=200)
    period_start = models.DateField(_("van"))
    period_end = models.DateField(_("tot en met"))
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name=_("vorig rapport"),
    )
    foreword = LongText(_("woord vooraf"), max_length=4000, blank=True)
    decisions_asked = LongText(
        _("gevraagde beslissingen"), max_length=4000, blank=True,
        help_text=_("Eén beslissing per regel."),
    )  # fmt: skip
    outlook = LongText(_("vooruitblik"), max_length=4000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    snapshot = models.JSONField(null=True, blank=True, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False)  # sha256 of the snapshot
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    pdf = models.FileField(upload_to="rapporten/%Y", blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporten")
        ordering = ["-period_end", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="reports_report_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="reports_report_known_audience"
            ),
            models.CheckConstraint(condition=known_variant(), name="reports_report_known_variant"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, snapshot=None, checksum="")
                | Q(frozen_at__isnull=False, snapshot__isnull=False) & ~Q(checksum=""),
                name="reports_report_frozen_has_snapshot",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def content(self) -> dict[str, Any]:
        """What was frozen; a draft has nothing yet."""
        found: dict[str, Any] = self.snapshot or {}
        return found

    @property
    def file_name(self) -> str:
        """What the file is called on somebody's desk, without its ending."""
        period = Period(self.period_start, self.period_end).short
        about = f"-{subject}" if (subject := self.subject) else ""
        name = f"Voortgangsrapport-{self.municipality.name}{about}-{period}-{self.audience}"
        return "".join(char if char.isalnum() or char in "-_" else "-" for char in name)

    @property
    def variant(self) -> Variant:
        return variant_of(
            self.audience, partner=self.partner_id, neighbourhood=self.neighbourhood_id
        )

    @property
    def subject(self) -> str:
        """What the partner or the neighbourhood is called that it is about; empty for the plan."""
        return str(self.partner or (self.neighbourhood.name if self.neighbourhood else ""))

    def title_for(self, period: Period) -> str:
        """What a new report of this kind is called, until somebody gives it another title."""
        if not self.subject:
            return str(_("Voortgangsrapport %s")) % period.label
        words = {"subject": self.subject, "period": period.label}
        return (str(_("%(subject)s: stand van zaken %(period)s")) % words)[:200]

    @property
    def actions(self) -> ActionQuerySet:
        """The actions that it is about and its readers may read of."""
        rows = Action.objects.filter(plan=self.plan_id, confidentiality__in=self.levels).current()
        if self.partner:
            rows = rows.of_partner(self.partner)
        if self.neighbourhood_id:
            rows = rows.filter(neighbourhoods=self.neighbourhood_id)
        return rows

    @property
    def levels(self) -> frozenset[Level]:
        return AUDIENCE_LEVELS[Audience(self.audience)]


class DomainRemark(Versioned):
    """What the coordinator adds to one domain in one report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    text = LongText(_("opmerking"), max_length=2000, blank=True)

    class Meta:
        ordering = ["domain__position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "domain"], name="reports_domainremark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.domain}"
