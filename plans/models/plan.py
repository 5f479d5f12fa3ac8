"""The plan itself: what it is, who owns it, its free text, its decisions and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from accounts.models import Municipality, Zone
from accounts.roles import Right
from core.confidentiality import Level
from core.fields import LongText
from core.models import Versioned
from plans.workflow import PLAN_IN_THE_MAKING, PlanStatus

if TYPE_CHECKING:
    from accounts.models import User

PLACE_OF_PLAN = ("pk", "municipality", "zone")


class PlanKind(models.TextChoices):
    LOCAL = "IVP", _("Integraal veiligheidsplan")
    ZONAL = "ZVP", _("Zonaal veiligheidsplan")
    OTHER = "ANDER", _("Ander plan")


def in_scope(user: User, right: Right, path: str = "") -> Q:
    """The plans of the municipalities, and of their zones, in which this person has a right.

    `path` leads to the plan from the rows of another model, such as "plan__".
    """
    own, zone = f"{path}municipality", f"{path}zone__in"
    return Q(**{f"{own}__in": user.municipality_ids_with(right)}) | Q(
        **{own: None, zone: user.zone_ids_with(right)}
    )


def of_readable_level(user: User) -> Q:
    """The plans whose own level this person reads where the plan belongs."""
    zones = {m.municipality_id: m.municipality.zone_id for m in user.memberships_now}
    readable = Q(pk__in=[])
    for place, levels in user.levels_by_municipality().items():
        here = Q(municipality=place) | Q(municipality=None, zone=zones[place])
        readable |= here & Q(confidentiality__in=levels)
    return readable


def seen_plans(user: User) -> list[Plan]:
    """The plans this person sees; asked once per request.

    There are few plans and many rows that belong to one: naming the plans costs less than asking
    about them again in every query.
    """
    if "seen_plans" not in user.memory:
        user.memory["seen_plans"] = list(Plan.objects.visible_to(user).for_list())
    seen: list[Plan] = user.memory["seen_plans"]
    return seen


def helped_plan_ids(user: User) -> list[int]:
    """The plans this person was asked to help edit, one by one; asked once per request.

    A grant counts as long as the person has a role inside where the plan belongs.
    """
    if "helped_plan_ids" not in user.memory:
        grants = PlanUserPermission.objects.filter(user=user, permission__codename="change_plan")
        places = {m.municipality_id for m in user.memberships_inside}
        zones = {m.municipality.zone_id for m in user.memberships_inside}
        rows = grants.values_list(*(f"content_object__{name}" for name in PLACE_OF_PLAN))
        user.memory["helped_plan_ids"] = [
            pk for pk, place, zone in rows if (place in places if place else zone in zones)
        ]
    helped: list[int] = user.memory["helped_plan_ids"]
    return helped


class PlanQuerySet(models.QuerySet["Plan"]):
    """Each method names something people say about plans, and chains."""

    def visible_to(self, user: User) -> Self:
        """Plans in force for those who read plans, drafts for those who make them, by level.

        A public plan in force is there for everyone with a role in the municipality; a person
        who helps edit one plan sees that plan.
        """
        places = user.levels_by_municipality()
        zones = {m.municipality.zone_id for m in user.memberships_inside}
        in_force = ~Q(status__in=PLAN_IN_THE_MAKING)
        public = Q(municipality__in=places) | Q(municipality=None, zone__in=zones)
        by_right = in_scope(user, Right.PLAN_READ) & in_force
        by_right |= in_scope(user, Right.PLAN_READ_DRAFT)
        return self.filter(
            (by_right & of_readable_level(user))
            | (public & in_force & Q(confidentiality=Level.PUBLIC))
            | Q(pk__in=helped_plan_ids(user))
        )

    def current(self) -> Self:
        return self.filter(archived_at=None).exclude(status=PlanStatus.ARCHIVED)

    def for_list(self) -> Self:
        """Load what a list row shows, and nothing else."""
        return self.select_related("municipality", "zone")


class Plan(Versioned):
    """A safety plan of a municipality, or of the zone."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    kind = models.CharField(_("soort"), max_length=10, choices=PlanKind, default=PlanKind.LOCAL)
    title = models.CharField(_("titel"), max_length=200)
    short_title = models.CharField(_("korte titel"), max_length=80, blank=True)
    edition = models.PositiveSmallIntegerField(_("editie"), default=1)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("voorganger in dit systeem"),
    )
    predecessor_title = models.CharField(_("vorige editie"), max_length=200, blank=True)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="plans", verbose_name=_("zone"))
    # Empty for a plan of the whole zone.
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("gemeente"),
    )
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    starts = models.DateField(_("begint"))
    ends = models.DateField(_("eindigt"))
    steering_body = models.CharField(_("sturend orgaan"), max_length=200, blank=True)
    mandate = models.CharField(_("mandaat"), max_length=300, blank=True)
    mandate_date = models.DateField(_("datum van het mandaat"), null=True, blank=True)
    legal_status = models.CharField(_("juridisch statuut"), max_length=200, blank=True)
    confidentiality = models.CharField(
        _("vertrouwelijkheid"), max_length=15, choices=Level, default=Level.INTERNAL
    )
    status = models.CharField(
        _("status"), max_length=20, choices=PlanStatus, default=PlanStatus.CONCEPT
    )
    adopted_on = models.DateField(_("goedgekeurd op"), null=True, blank=True, editable=False)
    # What people call a version: 0.9 before adoption, 1.0 at it, 1.1 after the first bijsturing.
    version_label = models.CharField(_("versie"), max_length=10, default="0.1", editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="plans_plan_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=PlanStatus.values), name="plans_plan_known_status"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Level.values), name="plans_plan_known_level"
            ),
            models.CheckConstraint(
                condition=Q(adopted_on__isnull=False) | Q(status__in=PLAN_IN_THE_MAKING),
                name="plans_plan_adopted_has_date",
                violation_error_message=_("Een goedgekeurd plan heeft een goedkeuringsdatum."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("id")),
                name="plans_plan_not_own_predecessor",
                violation_error_message=_("Een plan volgt niet op zichzelf."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_title or self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:detail", args=[self.code])

    @property
    def is_adopted(self) -> bool:
        """Whether the text is fixed: it then changes through a bijsturing only."""
        return self.status not in PLAN_IN_THE_MAKING

    @property
    def owner(self) -> Municipality | Zone:
        return self.municipality or self.zone


class PlanUserPermission(UserObjectPermissionBase):
    """Guardian's grant on one plan, with a real foreign key: a person who helps edit it."""

    content_object = models.ForeignKey(Plan, models.CASCADE)

    @classmethod
    def grant(cls, user: User, plan: Plan, codename: str = "change_plan") -> None:
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="plans", content_type__model="plan"
        )
        cls.objects.get_or_create(user=user, content_object=plan, permission=permission)

    @classmethod
    def withdraw(cls, user: User, plan: Plan, codename: str = "change_plan") -> None:
        cls.objects.filter(user=user, content_object=plan, permission__codename=codename).delete()


class PlanPart(models.Model):
    """A piece of a plan that has a place among its siblings and may be archived."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="%(class)ss")
    position = models.PositiveIntegerField(_("volgorde"), default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class PlanSection(PlanPart, Versioned):
    """A free chapter of the plan: preface, history, vision, follow-up …"""

    title = models.CharField(_("titel"), max_length=200)
    body = LongText(_("tekst"), max_length=20_000, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Principle(PlanPart, Versioned):
    """A beacon of the plan that actions refer to."""

    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("titel"), max_length=120)
    text = LongText(_("uitleg"), max_length=1000, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="plans_principle_code_once",
                violation_error_message=_("Deze code bestaat al in dit plan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class YearTheme(Versioned):
    """The accent of one year of the plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="year_themes")
    year = models.PositiveSmallIntegerField(_("jaar"))
    title = models.CharField(_("jaarthema"), max_length=120)
    focus = models.CharField(_("accent"), max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="plans_yeartheme_once",
                violation_error_message=_("Dit jaar heeft al een thema."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"


class RelatedPlan(Versioned):
    """Another plan that this one relates to: of the zone, the prosecutor, the municipality …"""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="related_plans")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("naam"), max_length=150)
    subject = models.CharField(_("onderwerp"), max_length=300, blank=True)
    steering = models.CharField(_("sturing"), max_length=200, blank=True)
    territory = models.CharField(_("grondgebied"), max_length=200, blank=True)
    cycle = models.CharField(_("cyclus"), max_length=60, blank=True)
    from_year = models.PositiveSmallIntegerField(_("van"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("tot"), null=True, blank=True)
    obligation = models.CharField(_("verplichting"), max_length=60, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="plans_relatedplan_code_once",
                violation_error_message=_("Deze code bestaat al in dit plan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """What a body decided about the plan: when, under which number."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="decisions")
    body = models.CharField(_("orgaan"), max_length=150)
    on = models.DateField(_("datum"))
    number = models.CharField(_("nummer"), max_length=60)
    outcome = models.CharField(_("uitkomst"), max_length=150)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="plans_decision_number_once",
                violation_error_message=_("Dit besluit is al vastgelegd."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class RevisionReason(models.TextChoices):
    """Why a plan is adjusted: the threats to its feasibility."""

    PHENOMENA = "veranderende fenomenen", _("Veranderende fenomenen")
    OTHER_PLANS = "andere plannen", _("Andere plannen met een eigen cyclus")
    POLITICS = "politieke heroriëntatie", _("Politieke heroriëntatie")
    MOTIVATION = "bereidheid en motivatie", _("Bereidheid en motivatie van partners")
    STAFF = "personeel", _("Personeel en middelen")
    FEASIBILITY = "haalbaarheid", _("Haalbaarheid en timing")
    CORRECTION = "rechtzetting", _("Rechtzetting van een fout")


class PlanRevision(models.Model):
    """A bijsturing: the only way in which the text of an adopted plan changes."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    version_label = models.CharField(_("versie"), max_length=10)
    reason = models.CharField(_("reden"), max_length=40, choices=RevisionReason)
    decision = models.CharField(_("besluit"), max_length=60)
    decided_on = models.DateField(_("datum van het besluit"))
    text = LongText(_("toelichting"), max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=RevisionReason.values),
                name="plans_planrevision_known_reason",
            ),
        ]

    def __str__(self) -> str:
        said = _("Versie %(version)s: %(reason)s (%(decision)s)")
        return said % {"version": self.version_label, "reason": self.get_reason_display(),
                       "decision": self.decision}  # fmt: skip


class PlanVersion(models.Model):
    """The whole text of a plan at one moment, as plain JSON; it never changes."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    label = models.CharField(_("versie"), max_length=10)
    note = models.CharField(_("toelichting"), max_length=200, blank=True)
    snapshot = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "label"],
                name="plans_planversion_label_once",
                violation_error_message=_("Deze versie bestaat al."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
