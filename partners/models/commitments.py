"""What each party of an agreement promised, what it gets for it, and whether it was kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from partners.models.agreements import Agreement, AgreementParty
from partners.models.in_force import is_alive
from partners.models.register import space_partners
from partners.workflow import COMMITMENT_OPEN, CommitmentStatus, ReportOutcome

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models.register import Partner


MOST_REPORTS = 20  # of one promise on a page, the newest


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(party__agreement__in=Agreement.objects.visible_to(user))

    def in_space_of(self, user: User) -> Self:
        """What the partners promised in whose space this person works, in agreements shown there."""
        partners = [partner.pk for partner in space_partners(user)]
        shown = Agreement.objects.in_space_of(user)
        return self.current().filter(party__partner__in=partners, party__agreement__in=shown)

    def current(self) -> Self:
        return self.filter(archived_at=None)

    def of_partner(self, partner: Partner) -> Self:
        """What this partner promised, in whatever agreement."""
        return self.current().filter(party__partner=partner)

    def late(self, *, on: dt.date) -> Self:
        """Its day is past and something is still to come, in an agreement in force."""
        running = is_alive(on=on, at="party__agreement__")
        return self.current().filter(running, due__lt=on, status__in=COMMITMENT_OPEN)

    def judged(self) -> Self:
        """About which somebody said whether it was kept."""
        return self.current().exclude(judged_on=None)

    def unreported(self) -> Self:
        """About which no report of the partner waits for the municipality."""
        waiting = CommitmentReport.objects.waiting()
        return self.exclude(pk__in=waiting.values("commitment"))

    def reported(self) -> Self:
        """About which the partner said something that nobody looked at yet."""
        waiting = CommitmentReport.objects.waiting()
        return self.current().filter(pk__in=waiting.values("commitment"))

    def for_page(self) -> Self:
        """With whose promise it is and in which agreement."""
        return self.select_related("party__partner", "party__agreement")

    def with_lateness(self, *, on: dt.date) -> Self:
        """Whether it is late, as `is_late`."""
        late = Commitment.objects.late(on=on).filter(pk=OuterRef("pk"))
        return self.annotate(is_late=Exists(late))

    def with_waiting(self) -> Self:
        """Whether a report of the partner waits for the municipality, as `has_waiting`."""
        waiting = CommitmentReport.objects.waiting().filter(commitment=OuterRef("pk"))
        return self.annotate(has_waiting=Exists(waiting))

    def with_reports(self) -> Self:
        """With the newest reports of the partner, as `told`."""
        newest = CommitmentReport.objects.select_related("by")[:MOST_REPORTS]
        return self.prefetch_related(Prefetch("reports", queryset=newest, to_attr="told"))


class Commitment(Versioned):
    """One promise of one party; the agreement is that of the party."""

    party = models.ForeignKey(
        AgreementParty, models.PROTECT, related_name="commitments", verbose_name=_("partij")
    )
    gives = LongText(_("wat deze partij doet"), max_length=500)
    gets = LongText(_("wat deze partij ervoor krijgt"), max_length=500, blank=True)
    rhythm = models.CharField(_("ritme"), max_length=100, blank=True)
    due = models.DateField(_("tegen wanneer"), null=True, blank=True)
    measure = models.CharField(_("waaraan zie je het"), max_length=200, blank=True)
    status = models.CharField(
        _("stand"), max_length=20, choices=CommitmentStatus, default=CommitmentStatus.RUNNING
    )
    judged_on = models.DateField(_("beoordeeld op"), null=True, blank=True)
    remark = LongText(_("opmerking"), max_length=1000, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["party__partner__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CommitmentStatus.values),
                name="partners_commitment_known_status",
            ),
            models.CheckConstraint(
                condition=Q(status=CommitmentStatus.RUNNING) | Q(judged_on__isnull=False),
                name="partners_commitment_judged_on_a_day",
                violation_error_message=_("Zeg op welke dag dit beoordeeld is."),
            ),
        ]

    def __str__(self) -> str:
        return self.gives

    def get_absolute_url(self) -> str:
        address = reverse("agreements:detail", args=[self.party.agreement_id])
        return f"{address}#engagement-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.party.agreement


class CommitmentReportQuerySet(models.QuerySet["CommitmentReport"]):
    def visible_to(self, user: User) -> Self:
        """For who follows the agreement in the municipality; other parties read none of it."""
        places = user.municipality_ids_with(Right.AGREEMENT_EDIT)
        promises = Commitment.objects.visible_to(user).current()
        return self.filter(
            commitment__in=promises, commitment__party__agreement__municipality__in=places
        )

    def in_space_of(self, user: User) -> Self:
        """For the partner: about its own promises, as long as they stand in its space."""
        return self.filter(commitment__in=Commitment.objects.in_space_of(user))

    def waiting(self) -> Self:
        """That nobody of the municipality looked at yet; at most one per promise."""
        return self.filter(decided_at=None)


class CommitmentReport(models.Model):
    """What a partner says of its own promise. It is a statement: the promise itself stays as it is
    until the municipality takes it over or judges otherwise."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reports")
    status = models.CharField(_("stand"), max_length=20, choices=CommitmentStatus)
    done = LongText(_("wat is er gedaan?"), max_length=2000)
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)
    file = models.FileField(upload_to="afspraken/%Y/%m", blank=True, editable=False)
    name = models.CharField(max_length=150, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(
        max_length=15, choices=ReportOutcome, blank=True, default="", editable=False
    )

    objects = CommitmentReportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CommitmentStatus.values),
                name="partners_commitmentreport_known_status",
            ),
            models.CheckConstraint(
                condition=~Q(status=CommitmentStatus.KEPT) | Q(done_on__isnull=False),
                name="partners_commitmentreport_kept_on_a_day",
                violation_error_message=_("Zeg op welke dag het gedaan is."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="")
                | Q(decided_at__isnull=False, outcome__in=ReportOutcome.values),
                name="partners_commitmentreport_decided_somehow",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(decided_at=None),
                name="partners_commitmentreport_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.get_status_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None
