"""How: the actions of a plan, who carries them, what they cost and what is filed with them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.contrib.postgres.search import TrigramWordSimilarity as WordSimilarity
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from accounts.models import Neighbourhood
from accounts.roles import INVOLVED_LEVELS, LEADING_LEVELS, Right
from core.confidentiality import Level
from core.fields import LongText
from core.models import LogEntry, Versioned
from core.search import SEARCH_CONFIG, TYPO_SIMILARITY
from partners.models import GoodPractice, Partner, own_partner_ids
from plans.models.goals import SubTheme, TacticalGoal
from plans.models.plan import (
    Plan,
    PlanRevision,
    Principle,
    RelatedPlan,
    YearTheme,
    helped_plan_ids,
    in_scope,
    seen_plans,
)
from plans.workflow import (
    ACTION_DECIDED,
    ACTION_NEEDS_LEAD,
    ACTION_OPEN,
    ACTION_REALISED,
    ACTION_UNDERWAY,
    PLAN_IN_FORCE,
    PLAN_IN_THE_MAKING,
    PLAN_OVER,
    ActionStatus,
    LeadAnswer,
    Light,
)

if TYPE_CHECKING:
    from accounts.models import User

UPDATE_DAYS = 90  # without news; then a running action asks for some
WORK = ("asked", "late", "silent")  # what a lead may have to do: accept, catch up, report


class Dimension(models.TextChoices):
    PROACTIVE = "proactief", _("Proactief")
    PREVENTIVE = "preventief", _("Preventief")
    REACTIVE = "reactief", _("Reactief")


class ReactiveKind(models.TextChoices):
    SANCTIONING = "sanctionerend", _("Sanctionerend")
    CONSTRUCTIVE = "constructief", _("Constructief")
    RESTORATIVE = "herstellend", _("Herstellend")


class Theme(models.TextChoices):
    SAFETY = "veiligheid", _("Veiligheid")
    NUISANCE = "overlast", _("Overlast")
    LIVEABILITY = "leefbaarheid", _("Leefbaarheid")
    SELF_RELIANCE = "zelfredzaamheid", _("Zelfredzaamheid en burgerparticipatie")


class PartnerRole(models.TextChoices):
    """What a partner other than the lead does in an action. The lead itself is on the action."""

    EXECUTOR = "uitvoerder", _("Uitvoerder")
    SUPPORTER = "ondersteuner", _("Ondersteuner")
    GUIDE = "procesbegeleider", _("Procesbegeleider")
    INFORMED = "geinformeerd", _("Geïnformeerd")


# What people count and list, each defined once: used by lists, figures, reports and exports.


def is_overdue(*, on: dt.date) -> Q:
    """Still open while its end date has passed."""
    return Q(status__in=ACTION_OPEN, due__lt=on)


def is_without_news(*, on: dt.date, days: int) -> Q:
    """Running for at least `days` days without an update in the last `days` days."""
    since = on - dt.timedelta(days=days)
    silent = Q(last_update_on__lt=since) | Q(last_update_on=None, start__lt=since)
    return Q(status__in=ACTION_UNDERWAY) & silent


def next_update_on(*, days: int = UPDATE_DAYS, at: str = "") -> Cast:
    """The last day before an action is without news: so many days after the last, or the start.

    `at` is the path to the action of another row.
    """
    last = Coalesce(f"{at}last_update_on", f"{at}start", output_field=models.DateField())
    then = ExpressionWrapper(last + dt.timedelta(days=days), output_field=models.DateTimeField())
    return Cast(then, models.DateField())


def wants_news(*, on: dt.date, days: int = 90, ahead: int = 30) -> Q:
    """Running and silent for `days` days, or ending soon without news about it."""
    soon = Q(due__range=(on, on + dt.timedelta(days=ahead)))
    unheard = Q(last_update_on=None) | Q(last_update_on__lt=on - dt.timedelta(days=ahead))
    ending = Q(status__in=ACTION_UNDERWAY) & soon & unheard
    return is_without_news(on=on, days=days) | ending


def work_of_lead(*, on: dt.date) -> Case:
    """What an action asks of its lead: one of WORK, the first that fits, or nothing."""
    accepted = Q(lead_answer=LeadAnswer.ACCEPTED)
    return Case(
        When(lead_answer=LeadAnswer.ASKED, then=Value("asked")),
        When(accepted & is_overdue(on=on), then=Value("late")),
        When(accepted & wants_news(on=on), then=Value("silent")),
    )


def lacks_active_lead() -> Q:
    """Open, but nobody has accepted to lead it."""
    return Q(status__in=ACTION_OPEN | {ActionStatus.PROPOSED}) & ~Q(lead_answer=LeadAnswer.ACCEPTED)


def is_realised_between(start: dt.date, end: dt.date) -> Q:
    """Realised, with its last news or its last change of status in these days."""
    steps = LogEntry.objects.filter(
        subject=Concat(Value("action:"), OuterRef("pk"), output_field=models.CharField()),
        verb="action.step",
        at__date__range=(start, end),
    )
    recent = Q(last_update_on__range=(start, end)) | Q(Exists(steps))
    return Q(status__in=ACTION_REALISED) & recent


def involved_in(user: User) -> Q:
    """The person's organisation takes part in the action."""
    rows = ActionPartner.objects.filter(partner__in=own_partner_ids(user))
    return Q(pk__in=rows.values("action"))


def led_by(user: User) -> Q:
    """The person, or an organisation the person works for, leads the action."""
    return Q(lead_partner__in=own_partner_ids(user)) | Q(lead_person=user)


def takes_part(user: User) -> Q:
    """What the organisation leads or takes part in, up to the levels that go with it.

    Partners who do not read plans still see their own part of a plan in force. It asks a role
    there today: a place in an organisation that nobody ended opens nothing by itself.
    """
    part = involved_in(user) & Q(confidentiality__in=INVOLVED_LEVELS)
    part |= led_by(user) & Q(confidentiality__in=LEADING_LEVELS)
    part &= in_scope(user, Right.ACTION_UPDATE, "plan__")
    return part & (
        Q(plan__in=[plan.pk for plan in seen_plans(user)]) | ~Q(plan__status__in=PLAN_IN_THE_MAKING)
    )


def plans_by_levels(user: User) -> dict[frozenset[Level], list[int]]:
    """The plans this person sees, put together by the levels they read in them.

    In a plan of the zone that is what any of their roles within the zone reads.
    """
    levels = user.levels_by_municipality()
    zones = {m.municipality_id: m.municipality.zone_id for m in user.memberships_now}
    found: dict[frozenset[Level], list[int]] = {}
    for plan in seen_plans(user):
        of_zone = [pk for pk in zones if zones[pk] == plan.zone_id]
        places = [plan.municipality_id] if plan.municipality_id else of_zone
        readable = frozenset().union(*(levels.get(pk, frozenset()) for pk in places))
        found.setdefault(readable, []).append(plan.pk)
    return found


class ActionQuerySet(models.QuerySet["Action"]):
    """Each method names something people say about actions, and chains."""

    def visible_to(self, user: User) -> Self:
        """By level within one's municipality; more where one's organisation takes part or leads.

        Actions of a plan in the making are seen by those who see that plan.
        """
        seen = Q(plan__in=helped_plan_ids(user), confidentiality__in=INVOLVED_LEVELS)
        for levels, plans in plans_by_levels(user).items():
            seen |= Q(plan__in=plans, confidentiality__in=levels)
        if user.has_right(Right.ACTION_UPDATE):
            seen |= takes_part(user)
        granted = ActionUserPermission.objects.filter(user=user, permission__codename="view_action")
        if user.memberships_inside:
            seen |= Q(pk__in=granted.values("content_object"))
        return self.filter(seen)

    def current(self) -> Self:
        return self.filter(
            archived_at=None, sub_theme__archived_at=None, sub_theme__domain__archived_at=None
        )

    def open(self) -> Self:
        return self.filter(status__in=ACTION_OPEN)

    def decided(self) -> Self:
        """Approved once: these count in progress and figures."""
        return self.filter(status__in=ACTION_DECIDED)

    def realised(self) -> Self:
        return self.filter(status__in=ACTION_REALISED)

    def overdue(self, *, on: dt.date) -> Self:
        return self.filter(is_overdue(on=on))

    def without_news(self, *, on: dt.date, days: int = 90) -> Self:
        return self.filter(is_without_news(on=on, days=days))

    def awaiting_news(self) -> Self:
        """Running, with the day by which the next news is expected as `due_on`."""
        running = self.filter(status__in=ACTION_UNDERWAY)
        return running.annotate(due_on=next_update_on()).exclude(due_on=None)

    def asked(self) -> Self:
        """Whose lead did not answer yet, with the day on which it was asked as `due_on`."""
        name = Concat(Value("action:"), OuterRef("pk"), output_field=models.CharField())
        lines = LogEntry.objects.filter(subject=name, verb="action.lead_asked").order_by("-at")
        asked_at = Coalesce(Subquery(lines.values("at")[:1]), "created_at")
        rows = self.filter(lead_answer=LeadAnswer.ASKED).exclude(plan__status__in=PLAN_OVER)
        return rows.annotate(due_on=TruncDate(asked_at))

    def without_active_lead(self) -> Self:
        return self.filter(lacks_active_lead())

    def asking(self, user: User) -> Self:
        """Waiting for this person, or a colleague, to accept or decline the lead."""
        return self.filter(led_by(user), lead_answer=LeadAnswer.ASKED)

    def led_by(self, user: User) -> Self:
        return self.filter(led_by(user))

    def of_partner(self, partner: Partner) -> Self:
        """What this partner leads or takes part in, whoever is looking."""
        rows = ActionPartner.objects.filter(partner=partner)
        return self.filter(Q(lead_partner=partner) | Q(pk__in=rows.values("action")))

    def of_plans_in_force(self) -> Self:
        return self.filter(plan__status__in=PLAN_IN_FORCE)

    def with_work(self, *, on: dt.date) -> Self:
        """What a lead has to do, as `work`; actions that ask nothing are left out."""
        return self.annotate(work=work_of_lead(on=on)).exclude(work=None)

    def search(self, text: str) -> Self:
        """Dutch stems, accents, typos; who types a code gets that action first.

        Words match the text in the Dutch way ("fietsen" finds "fiets"), a code matches from its
        start, and a misspelt word still finds a title.
        """
        words = text.strip()
        query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
        return (
            self.annotate(
                likeness=WordSimilarity(words, "title"), rank=SearchRank(F("search"), query)
            )
            .filter(Q(search=query) | Q(code__istartswith=words) | Q(likeness__gte=TYPO_SIMILARITY))
            .annotate(
                exactness=Case(
                    When(code__iexact=words, then=Value(2)),
                    When(code__istartswith=words, then=Value(1)),
                    default=Value(0),
                )
            )
            .order_by("-exactness", "-rank", "-likeness", "position", "pk")
        )

    def in_plan_order(self) -> Self:
        return self.order_by("sub_theme__domain__position", "sub_theme__position", "position", "pk")

    def for_list(self) -> Self:
        """Load what a list row shows, and nothing else."""
        return self.select_related("sub_theme__domain", "lead_partner", "lead_person")


class Action(Versioned):
    """A concrete deed of the plan, with one lead, a measure and a timing."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    sub_theme = models.ForeignKey(
        SubTheme, models.PROTECT, related_name="actions", verbose_name=_("deelthema")
    )
    goal = models.ForeignKey(
        TacticalGoal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("tactische doelstelling"),
    )
    code = models.CharField(_("code"), max_length=20)
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    why = LongText(_("waarom"), max_length=2000, blank=True)
    how = LongText(_("wat we doen"), max_length=4000, blank=True)
    expected_result = LongText(_("verwacht resultaat"), max_length=1000, blank=True)
    dimension = models.CharField(_("dimensie"), max_length=12, choices=Dimension)
    reactive_kind = models.CharField(
        _("soort reactie"), max_length=15, choices=ReactiveKind, blank=True
    )
    quick_win = models.BooleanField(_("quick win"), default=False)
    themes = ArrayField(
        models.CharField(max_length=20, choices=Theme),
        verbose_name=_("thema's"),
        default=list,
        blank=True,
    )
    year_theme = models.ForeignKey(
        YearTheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("jaarthema"),
    )
    principles = models.ManyToManyField(
        Principle, blank=True, related_name="actions", verbose_name=_("bakens")
    )
    related_plans = models.ManyToManyField(
        RelatedPlan, blank=True, related_name="actions", verbose_name=_("draagt bij tot")
    )
    practices = models.ManyToManyField(
        GoodPractice, blank=True, related_name="actions", verbose_name=_("gebaseerd op")
    )
    bbc_code = models.CharField(_("BBC-code"), max_length=30, blank=True)
    chain = ArrayField(
        models.CharField(max_length=150), verbose_name=_("keten"), default=list, blank=True
    )

    start = models.DateField(_("begint"), null=True, blank=True)
    due = models.DateField(_("eindigt"), null=True, blank=True)
    structural = models.BooleanField(_("doorlopend (structureel)"), default=False)
    whole_territory = models.BooleanField(_("hele grondgebied"), default=True)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, blank=True, related_name="actions", verbose_name=_("wijken")
    )

    lead_partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_actions",
        verbose_name=_("trekker"),
    )
    lead_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_actions",
        verbose_name=_("verantwoordelijke"),
    )
    lead_answer = models.CharField(
        _("antwoord van de trekker"), max_length=10, choices=LeadAnswer, blank=True, editable=False
    )
    lead_answer_reason = LongText(_("reden"), max_length=1000, blank=True, editable=False)
    lead_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    partners = models.ManyToManyField(Partner, through="ActionPartner", related_name="actions")

    status = models.CharField(
        _("status"), max_length=30, choices=ActionStatus, default=ActionStatus.IDEA
    )
    light = models.CharField(_("verkeerslicht"), max_length=10, choices=Light, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("voortgang"), default=0, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    last_update_on = models.DateField(_("laatst bijgewerkt"), null=True, blank=True)
    confidentiality = models.CharField(
        _("vertrouwelijkheid"), max_length=15, choices=Level, default=Level.INTERNAL
    )
    # Set when the action came after adoption: it is then marked as new.
    revision = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, blank=True, editable=False, related_name="actions"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    search = models.GeneratedField(
        expression=SearchVector("code", weight="A", config=SEARCH_CONFIG)
        + SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("how", weight="B", config=SEARCH_CONFIG)
        + SearchVector("why", weight="C", config=SEARCH_CONFIG)
        + SearchVector("expected_result", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("actie")
        verbose_name_plural = _("acties")
        ordering = ["position", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="plans_action_search"),
            models.Index(fields=["plan", "status"], name="plans_action_plan_status"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="plans_action_code_once",
                violation_error_message=_("Deze code bestaat al in dit plan."),
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(start=None) | Q(due__gte=F("start")),
                name="plans_action_due_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(dimension=Dimension.REACTIVE) & ~Q(reactive_kind="")
                | ~Q(dimension=Dimension.REACTIVE) & Q(reactive_kind=""),
                name="plans_action_reactive_kind",
                violation_error_message=_(
                    "Kies bij een reactieve actie de soort reactie, en alleen daar."
                ),
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="plans_action_progress_percent",
                violation_error_message=_("De voortgang ligt tussen 0 en 100 procent."),
            ),
            models.CheckConstraint(
                condition=Q(lead_partner__isnull=False) | ~Q(status__in=ACTION_NEEDS_LEAD),
                name="plans_action_has_lead",
                violation_error_message=_("Een goedgekeurde actie heeft een trekker."),
            ),
            models.CheckConstraint(
                condition=~Q(lead_answer=LeadAnswer.DECLINED) | ~Q(lead_answer_reason=""),
                name="plans_action_decline_has_reason",
                violation_error_message=_("Wie weigert, geeft een reden."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=ActionStatus.values), name="plans_action_known_status"
            ),
            models.CheckConstraint(
                condition=Q(light__in=["", *Light.values]), name="plans_action_known_light"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=Dimension.values), name="plans_action_known_dimension"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Level.values), name="plans_action_known_level"
            ),
            models.CheckConstraint(
                condition=Q(lead_answer__in=["", *LeadAnswer.values]),
                name="plans_action_known_lead_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plans:action", args=[self.pk])

    @property
    def is_new_since_adoption(self) -> bool:
        return self.revision_id is not None


class ActionUserPermission(UserObjectPermissionBase):
    """Guardian's grant on one action, with a real foreign key: a named person may read it."""

    content_object = models.ForeignKey(Action, models.CASCADE)

    @classmethod
    def grant(cls, user: User, action: Action, codename: str = "view_action") -> None:
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="plans", content_type__model="action"
        )
        cls.objects.get_or_create(user=user, content_object=action, permission=permission)


class ActionPartner(models.Model):
    """What a partner does in an action that somebody else leads."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="partner_roles")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="action_roles", verbose_name=_("partner")
    )
    role = models.CharField(_("rol"), max_length=20, choices=PartnerRole)

    class Meta:
        verbose_name = _("actie waaraan hij meewerkt")
        verbose_name_plural = _("acties waaraan hij meewerkt")
        ordering = ["role", "partner__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "partner"],
                name="plans_actionpartner_once",
                violation_error_message=_("Deze partner doet al mee."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=PartnerRole.values), name="plans_actionpartner_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_role_display()})"


class BudgetSource(models.TextChoices):
    MUNICIPALITY = "gemeente", _("Gemeente")
    SVPP = "svpp", _("Strategisch veiligheids- en preventieplan")
    SUBSIDY = "subsidie", _("Subsidie")
    PARTNER = "partner", _("Partner")


class BudgetLine(models.Model):
    """Money for an action in one year from one source, in euro."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(
        _("jaar"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    source = models.CharField(_("bron"), max_length=10, choices=BudgetSource)
    planned = models.DecimalField(_("gepland"), max_digits=12, decimal_places=2, default=0)
    committed = models.DecimalField(_("vastgelegd"), max_digits=12, decimal_places=2, default=0)
    spent = models.DecimalField(_("besteed"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        ordering = ["year", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "year", "source"],
                name="plans_budgetline_once",
                violation_error_message=_("Er is al een lijn voor dit jaar en deze bron."),
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=0, committed__gte=0, spent__gte=0),
                name="plans_budgetline_not_negative",
                violation_error_message=_("Een bedrag is nul of meer."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=BudgetSource.values), name="plans_budgetline_known_source"
            ),
        ]

    def __str__(self) -> str:
        amounts = (f"{amount:.2f}" for amount in (self.planned, self.committed, self.spent))
        return f"{self.year} {self.get_source_display()}: {' / '.join(amounts)}"


class Attachment(models.Model):
    """A file that belongs to an action; its level may be stricter than the action's."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="bijlagen/%Y/%m")
    name = models.CharField(_("naam"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    confidentiality = models.CharField(
        _("vertrouwelijkheid"), max_length=15, choices=Level, default=Level.INTERNAL
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Handed in by a partner, in its space; empty for what the municipality filed itself.
    share = models.ForeignKey(
        "plans.Share", models.PROTECT, null=True, editable=False, related_name="files"
    )

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidentiality__in=Level.values), name="plans_attachment_known_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name
