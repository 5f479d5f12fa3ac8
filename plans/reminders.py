"""What a plan asks of people, and when: news, an answer, a balance; and shares that end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.days import day_begins
from partners.models import EscalationStep
from partners.models import Rung as LadderRung
from plans.models import Action, Domain, Share, ShareAnswer
from plans.workflow import PLAN_IN_FORCE
from reminders.models import CoreGroupItem
from reminders.rules import Moments, Rule, Rung

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from accounts.models import User

# An action of a plan of the zone is looked after where its lead belongs.
WHERE = Coalesce("plan__municipality", "lead_partner__municipality")


def _awaiting_news(_on: dt.date, _ahead: int) -> QuerySet[Action]:
    return Action.objects.of_plans_in_force().current().awaiting_news()


def _asked(_on: dt.date, _ahead: int) -> QuerySet[Action]:
    return Action.objects.current().asked()


def _running_shares(on: dt.date, _ahead: int) -> QuerySet[Share]:
    return Share.objects.running(at=day_begins(on)).with_last_day()


def _unanswered(on: dt.date, _ahead: int) -> QuerySet[Share]:
    asked = Share.objects.running(at=day_begins(on)).filter(answer=ShareAnswer.ASKED)
    return asked.annotate(due_on=TruncDate("starts_at"))


def _led_by_partners(on: dt.date, _ahead: int) -> QuerySet[Share]:
    return Share.objects.running(at=day_begins(on)).of_lead_that_owes_news()


def _in_space(rows: QuerySet[Share], user: User) -> QuerySet[Share]:
    return rows.in_space_of(user, at=timezone.now())  # type: ignore[attr-defined,no-any-return]


def _space_rule(code: str, name: object, coming: object, late: object, **more: object) -> Rule:
    """For the people of an outside partner: what they see in their space, and no more."""
    return Rule(
        code=code, name=name, coming=coming, late=late, place="partner__municipality",  # type: ignore[arg-type]
        ref=Value(""), title="action__title", level="action__confidentiality",
        url_name="space:share", partner="partner", right=Right.SPACE_USE, door=_in_space,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _unbalanced(_on: dt.date, _ahead: int) -> QuerySet[Domain]:
    found = Domain.objects.filter(plan__status__in=PLAN_IN_FORCE).unbalanced().order_by()
    return Domain.objects.filter(pk__in=found.values("pk")).annotate(
        due_on=Coalesce("plan__adopted_on", "plan__starts")
    )


ON_TABLE = "partner-kerngroep"


def _for_core_group(_on: dt.date, _ahead: int) -> QuerySet[EscalationStep]:
    """The last step of the ladder, until the core group has spoken of it."""
    spoken = CoreGroupItem.objects.closed().filter(rule=ON_TABLE)
    steps = EscalationStep.objects.filter(rung=LadderRung.CORE_GROUP)
    return steps.exclude(pk__in=spoken.values("subject_pk")).annotate(due_on=F("on"))


RULES = (
    Rule(
        code="actie-bijwerken",
        name=_("Acties om bij te werken"),
        coming=_("Geef een korte stand van zaken: drie vragen, één minuut."),
        late=_("Er is nog geen nieuwe stand van zaken. Lukt het niet, laat dan weten waarom."),
        rows=_awaiting_news,
        place=WHERE,
        ref="code",
        title="title",
        level="confidentiality",
        url_name="plans:update",
        person="lead_person",
        partner="lead_partner",
        right=Right.ACTION_UPDATE,
        moments=Moments(
            before=(14, 3), after=(1, 7, 14), every=30,
            escalation=((Rung.DEPUTY, 7), (Rung.COORDINATOR, 14), (Rung.CONTACT, 21),
                        (Rung.CORE_GROUP, 30)),
        ),
    ),
    Rule(
        code="trekker-gevraagd",
        name=_("Acties die nog niemand aanvaardde"),
        when=_("gevraagd op %(day)s"),
        coming=_("Aanvaard de actie of weiger ze met een reden."),
        late=_("Aanvaard de actie of weiger ze met een reden."),
        rows=_asked,
        place=WHERE,
        ref="code",
        title="title",
        level="confidentiality",
        url_name="plans:action",
        person="lead_person",
        partner="lead_partner",
        right=Right.ACTION_UPDATE,
        moments=Moments(
            after=(3, 7, 14), every=30,
            escalation=((Rung.DEPUTY, 7), (Rung.COORDINATOR, 14), (Rung.CONTACT, 21),
                        (Rung.CORE_GROUP, 30)),
        ),
    ),
    Rule(
        code="domein-evenwicht",
        name=_("Domeinen zonder evenwicht"),
        when=_("plan goedgekeurd op %(day)s"),
        coming=_("Vul aan met een proactieve, preventieve of reactieve actie, of zeg waarom niet."),
        late=_("Vul aan met een proactieve, preventieve of reactieve actie, of zeg waarom niet."),
        rows=_unbalanced,
        place="plan__municipality",
        ref=Concat(Value("D"), Cast("number", CharField())),
        title="title",
        url_name="plans:domain",
        target=Concat(F("plan__code"), Value("/"), Cast("number", CharField())),
        right=Right.PLAN_EDIT,
        moments=Moments(after=(14,), every=90),
    ),
    Rule(
        code="deling-eindigt",
        name=_("Delingen die aflopen"),
        when=_("tot en met %(day)s"),
        coming=_("Daarna ziet de partner dit niet meer. Moet het langer, verleng dan."),
        late=_("Vandaag ziet de partner dit voor het laatst."),
        rows=_running_shares,
        place="partner__municipality",
        ref="action__code",
        title=Concat(F("action__title"), Value(" · "), F("partner__name")),
        level="action__confidentiality",
        url_name="plans:share-edit",
        person="given_by",
        right=Right.SHARE_MAKE,
        moments=Moments(before=(14, 3)),
    ),
    _space_rule(
        "deling-antwoord",
        _("Gedeeld met jullie: wacht op antwoord"),
        _("Zeg of jullie dit doen."),
        _("Zeg of jullie dit doen. Lukt het niet, zeg dan waarom."),
        when=_("gevraagd op %(day)s"),
        rows=_unanswered,
        moments=Moments(after=(3, 7, 14), every=30),
    ),
    _space_rule(
        "deling-bijdrage",
        _("Gedeeld met jullie: hoe loopt het"),
        _("Geef een korte stand van zaken: drie vragen, één minuut."),
        _("Er is nog geen nieuwe stand van zaken. Lukt het niet, laat dan weten waarom."),
        rows=_led_by_partners,
        moments=Moments(before=(14, 3), after=(1, 7, 14), every=30),
    ),
    _space_rule(
        "deling-loopt-af",
        _("Gedeeld met jullie: loopt af"),
        _("Daarna zien jullie dit niet meer. Bezorg wat er nog bij hoort."),
        _("Vandaag zien jullie dit voor het laatst."),
        when=_("tot en met %(day)s"),
        rows=_running_shares,
        moments=Moments(before=(7,)),
    ),
    Rule(
        code=ON_TABLE,
        name=_("Partners voor de kerngroep"),
        when=_("genoteerd op %(day)s"),
        coming=_("Breng dit op tafel, en noteer bij het punt wat er beslist werd."),
        late=_("Breng dit op tafel, en noteer bij het punt wat er beslist werd."),
        rows=_for_core_group,
        place="partner__municipality",
        ref="partner__name",
        title=Value(""),
        url_name="plans:engagement",
        target="partner",
        right=Right.ENGAGEMENT_EDIT,
        moments=Moments(after=(7,), every=30, escalation=((Rung.CORE_GROUP, 0),)),
    ),
)  # fmt: skip
