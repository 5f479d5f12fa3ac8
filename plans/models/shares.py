"""What of an action is shown to a partner: which fields, the text written for it, and until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from partners.models import LegalGround, Partner, space_partners
from plans.models.actions import Action, next_update_on
from plans.workflow import ACTION_UNDERWAY, PLAN_IN_FORCE, Light

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User

DEFAULT_DAYS, MOST_DAYS, WARNED_DAYS = 90, 365, 14


def last_day(ends_at: dt.datetime) -> dt.date:
    """The last day on which the partner still sees what ends at this moment."""
    return timezone.localdate(ends_at - dt.timedelta(seconds=1))


class SharedField(models.TextChoices):
    """What may be shown besides the title and the text. Nothing else of an action ever is."""

    LEAD = "trekker", _("Trekkende organisatie")
    PERIOD = "periode", _("Begin- en einddatum")
    STATUS = "status", _("Status")
    RESULT = "resultaat", _("Verwacht resultaat")
    PLACES = "wijken", _("Wijken")


class ShareAnswer(models.TextChoices):
    """What the partner says to what it is asked."""

    ASKED = "gevraagd", _("Wacht op antwoord")
    ACCEPTED = "aanvaard", _("Aanvaard")
    DECLINED = "geweigerd", _("Geweigerd")


class ShareQuerySet(models.QuerySet["Share"]):
    def visible_to(self, user: User) -> Self:
        """For the municipality: those of the actions that this person sees there."""
        places = user.municipality_ids_with(Right.SHARING_READ)
        return self.filter(
            partner__municipality__in=places, action__in=Action.objects.visible_to(user)
        )

    def in_space_of(self, user: User, *, at: dt.datetime) -> Self:
        """For the partner: what is shared with an organisation of this person at this moment."""
        return self.shown_to([partner.pk for partner in space_partners(user)], at=at)

    def shown_to(self, partners: Collection[int], *, at: dt.datetime) -> Self:
        """What these partners see at a moment.

        The grant of django-guardian opens the door and the clock closes it, so that a share is
        gone at the second it ends, whether or not somebody already withdrew the grant.
        """
        granted = ActionGroupPermission.objects.filter(
            group=OuterRef("partner__group"),
            content_object=OuterRef("action"),
            permission__codename="view_action",
        )
        return self.running(at=at).filter(Exists(granted), partner__in=partners)

    def in_order_of_work(self) -> Self:
        """What waits for an answer first, then what ends first; with what a row shows."""
        last = Contribution.objects.filter(share=OuterRef("pk")).order_by("-at").values("at")[:1]
        waits = Case(When(answer=ShareAnswer.ASKED, then=Value(0)), default=Value(1))
        rows = self.annotate(
            title=F("action__title"), last_contribution=Subquery(last), waits=waits
        )
        return rows.order_by("waits", "ends_at", "pk")

    def running(self, *, at: dt.datetime) -> Self:
        return self.filter(
            closed_at=None, starts_at__lte=at, ends_at__gt=at, action__archived_at=None
        )

    def partner_names(self) -> list[str]:
        """Who sees it, by name."""
        names = self.order_by("partner__name").values_list("partner__name", flat=True)
        return list(names.distinct())

    def over(self, *, at: dt.datetime) -> Self:
        """Ended by the clock; their grants still have to be withdrawn."""
        return self.filter(closed_at=None, ends_at__lte=at)

    def ending(self, *, at: dt.datetime, days: int = WARNED_DAYS) -> Self:
        """Running, and ending within so many days."""
        return self.running(at=at).filter(ends_at__lte=at + dt.timedelta(days=days))

    def of_lead_that_owes_news(self) -> Self:
        """Of actions that the partner itself leads, with the day of the next news as `due_on`."""
        led = self.filter(answer=ShareAnswer.ACCEPTED, action__lead_partner=F("partner"))
        running = led.filter(
            action__status__in=ACTION_UNDERWAY, action__plan__status__in=PLAN_IN_FORCE
        )
        return running.annotate(due_on=next_update_on(at="action__")).exclude(due_on=None)

    def with_last_day(self) -> Self:
        """With the last day on which the partner sees it, as `due_on`."""
        last = ExpressionWrapper(
            F("ends_at") - dt.timedelta(seconds=1), output_field=models.DateTimeField()
        )
        return self.annotate(due_on=TruncDate(last))


class Share(Versioned):
    """One action shown to one partner, for a purpose, on a ground, until a moment."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="shares")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="shares", verbose_name=_("partner")
    )
    text = LongText(
        _("tekst voor de partner"),
        max_length=2000,
        help_text=_("Wat vraag je, en wat moet de partner weten? Geen namen van personen."),
    )
    fields = ArrayField(
        models.CharField(max_length=20, choices=SharedField),
        verbose_name=_("wat de partner nog ziet"),
        default=list,
        blank=True,
    )
    purpose = models.CharField(
        _("doel"), max_length=300, help_text=_("Waarvoor heeft de partner dit nodig?")
    )
    ground = models.CharField(_("rechtsgrond"), max_length=30, choices=LegalGround)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("vanaf"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("tot"))
    closed_at = models.DateTimeField(_("ingetrokken op"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    close_reason = LongText(_("reden"), max_length=500, blank=True, editable=False)
    answer = models.CharField(
        _("antwoord"),
        max_length=15,
        choices=ShareAnswer,
        default=ShareAnswer.ASKED,
        editable=False,
    )
    answer_reason = LongText(_("reden"), max_length=1000, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name", "-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "partner"],
                condition=Q(closed_at=None),
                name="plans_share_one_running",
                violation_error_message=_("Deze actie is al met deze partner gedeeld."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(ends_at__lte=F("starts_at") + Value(dt.timedelta(days=MOST_DAYS + 1))),
                name="plans_share_at_most_a_year",
                violation_error_message=_("Deel hoogstens een jaar. Verlengen kan later."),
            ),
            models.CheckConstraint(
                condition=Q(ground__in=LegalGround.values), name="plans_share_known_ground"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=ShareAnswer.values), name="plans_share_known_answer"
            ),
            models.CheckConstraint(
                condition=~Q(answer=ShareAnswer.DECLINED) | ~Q(answer_reason=""),
                name="plans_share_declined_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner", "ends_at"],
                condition=Q(closed_at=None),
                name="plans_share_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.partner}"

    def get_absolute_url(self) -> str:
        return reverse("space:share", args=[self.pk])

    @property
    def last_day(self) -> dt.date:
        return last_day(self.ends_at)


class ActionGroupPermission(GroupObjectPermissionBase):
    """Guardian's grant on one action to the group of one partner, with a real foreign key."""

    content_object = models.ForeignKey(Action, models.CASCADE)

    @classmethod
    def grant(cls, group: Group, action: Action) -> None:
        cls.objects.get_or_create(group=group, content_object=action, permission=view_action())

    @classmethod
    def withdraw(cls, group: Group | None, action: Action) -> None:
        cls.objects.filter(group=group, content_object=action).delete()


def view_action() -> Permission:
    """What a share grants: to see one action."""
    return Permission.objects.get(
        codename="view_action", content_type__app_label="plans", content_type__model="action"
    )


class Contribution(models.Model):
    """What a partner reports about its own part. It stays the partner's: nobody rewrites it."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="contributions")
    done = LongText(_("wat is er gedaan?"), max_length=2000)
    next_step = LongText(_("wat volgt er?"), max_length=1000, blank=True)
    light = models.CharField(_("stand"), max_length=15, choices=Light)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(light__in=Light.values), name="plans_contribution_known_light"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} · {self.at:%d/%m/%Y}"
