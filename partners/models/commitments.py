"""What each party of an agreement promised, what it gets for it, and whether it was kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import LongText
from core.models import Versioned
from partners.models.agreements import Agreement, AgreementParty
from partners.models.in_force import is_alive
from partners.models.register import space_partners
from partners.workflow import COMMITMENT_OPEN, CommitmentStatus

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models.register import Partner


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

    def for_page(self) -> Self:
        """With whose promise it is and in which agreement."""
        return self.select_related("party__partner", "party__agreement")


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
