"""Rows for tests: no randomness, traits with the field's words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory, Password

from accounts.models import Membership, Municipality, Neighbourhood, User, Zone
from accounts.roles import Role
from evaluations.models import Evaluation, Participant
from meetings.models import Body, Followed, Meeting, Resolution
from meetings.models import Kind as ResolutionKind
from meldingen.models import (
    Answer,
    Category,
    CategoryGroup,
    Channel,
    ClosureReason,
    InboundMail,
    InboundMailbox,
    Mailbox,
    Melding,
    Photo,
    Reporter,
    ReporterQuestion,
    Route,
    RouteStop,
    SavedView,
    Security,
    Source,
)
from meldingen.workflow import MeldingStatus
from partners.models import (
    Agreement,
    AgreementParty,
    AgreementType,
    Commitment,
    Competence,
    ContactOfficer,
    GoodPractice,
    KeyFigure,
    Kind,
    LegalGround,
    Partner,
    PartnerMember,
)
from partners.workflow import AgreementStatus
from plans.models import (
    Action,
    ActionGroupPermission,
    Dimension,
    Domain,
    Indicator,
    Plan,
    PlanRevision,
    RevisionReason,
    Share,
    ShareAnswer,
    SharedField,
    StrategicGoal,
    SubTheme,
    TacticalGoal,
    Update,
)
from plans.operations.shares import group_of
from plans.workflow import ActionStatus, LeadAnswer, Light, PlanStatus
from reports.models import Audience, Report

PASSWORD = "Een-lang-geheim-1"


class ZoneFactory(DjangoModelFactory[Zone]):
    class Meta:
        model = Zone

    code = factory.Sequence("pz-{}".format)
    name = factory.Sequence("Politiezone {}".format)


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    zone = factory.SubFactory(ZoneFactory)
    code = factory.Sequence("G{}".format)
    name = factory.Sequence("Gemeente {}".format)


class NeighbourhoodFactory(DjangoModelFactory[Neighbourhood]):
    class Meta:
        model = Neighbourhood

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("W{:02}".format)
    name = factory.Sequence("Wijk {}".format)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence("persoon{}@zandrode.example".format)
    name = factory.Sequence("Persoon {}".format)
    password = Password(PASSWORD)


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("partner-{}".format)
    name = factory.Sequence("Partner {}".format)
    kind = Kind.SERVICE


class CompetenceFactory(DjangoModelFactory[Competence]):
    class Meta:
        model = Competence

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("C{}".format)
    title = factory.Sequence("Bevoegdheid {}".format)
    question = factory.Sequence("Wie doet zaak {}?".format)


class AgreementTypeFactory(DjangoModelFactory[AgreementType]):
    class Meta:
        model = AgreementType

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("A{}".format)
    name = factory.Sequence("Soort afspraak {}".format)
    form = "protocol"
    default_term_months = 36
    evaluation_months = 12


class AgreementFactory(DjangoModelFactory[Agreement]):
    """An agreement in force that asks nothing on 21 November 2026."""

    class Meta:
        model = Agreement

    municipality = factory.SubFactory(MunicipalityFactory)
    type = factory.SubFactory(
        AgreementTypeFactory, municipality=factory.SelfAttribute("..municipality")
    )
    code = factory.Sequence("AF-{:02}".format)
    title = factory.Sequence("Afspraak {}".format)
    object = "Waarover het gaat."
    starts = dt.date(2026, 1, 1)
    ends = dt.date(2029, 12, 31)
    notice_months = 3
    evaluation_months = 12
    next_evaluation = dt.date(2027, 6, 1)
    status = AgreementStatus.ACTIVE


class AgreementPartyFactory(DjangoModelFactory[AgreementParty]):
    class Meta:
        model = AgreementParty

    agreement = factory.SubFactory(AgreementFactory)
    partner = factory.SubFactory(
        PartnerFactory,
        municipality=factory.SelfAttribute("..agreement.municipality"),
        contact_name="Directeur",
        contact_email="directie@zandrode.example",
    )
    signatory = "Directeur"
    signed_on = dt.date(2025, 12, 20)


class CommitmentFactory(DjangoModelFactory[Commitment]):
    class Meta:
        model = Commitment

    party = factory.SubFactory(AgreementPartyFactory)
    gives = factory.Sequence("Belofte {}".format)
    gets = "Iets in ruil."


class ContactOfficerFactory(DjangoModelFactory[ContactOfficer]):
    class Meta:
        model = ContactOfficer

    partner = factory.SubFactory(PartnerFactory)
    function = factory.Sequence("Functie {}".format)
    starts = dt.date(2026, 1, 1)


class KeyFigureFactory(DjangoModelFactory[KeyFigure]):
    class Meta:
        model = KeyFigure

    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    municipality = factory.SelfAttribute("neighbourhood.municipality")
    function = factory.Sequence("Sleutelfiguur {}".format)
    name = factory.Sequence("Sleutel Naam {}".format)
    email = factory.Sequence("sleutel{}@zandrode.example".format)
    consent_on = dt.date(2026, 6, 1)
    consent_until = dt.date(2027, 5, 31)


class GoodPracticeFactory(DjangoModelFactory[GoodPractice]):
    class Meta:
        model = GoodPractice

    municipality = factory.SubFactory(MunicipalityFactory)
    title = factory.Sequence("Praktijk {}".format)
    source = "Naburige gemeente"
    context = "Veel diensten, weinig overzicht."
    why = "Iedereen kent de datum."


class PlanFactory(DjangoModelFactory[Plan]):
    class Meta:
        model = Plan

    class Params:
        running = factory.Trait(
            status=PlanStatus.RUNNING, adopted_on=dt.date(2026, 3, 26), version_label="1.0"
        )

    code = factory.Sequence("IVP-{}".format)
    title = factory.Sequence("Integraal veiligheidsplan {}".format)
    municipality = factory.SubFactory(MunicipalityFactory)
    zone = factory.SelfAttribute("municipality.zone")
    starts = dt.date(2026, 1, 1)
    ends = dt.date(2031, 12, 31)


class DomainFactory(DjangoModelFactory[Domain]):
    class Meta:
        model = Domain

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    position = factory.SelfAttribute("number")
    title = factory.Sequence("Domein {}".format)


class StrategicGoalFactory(DjangoModelFactory[StrategicGoal]):
    class Meta:
        model = StrategicGoal

    domain = factory.SubFactory(DomainFactory)
    text = factory.Sequence("Strategische doelstelling {}".format)


class SubThemeFactory(DjangoModelFactory[SubTheme]):
    class Meta:
        model = SubTheme

    domain = factory.SubFactory(DomainFactory)
    code = factory.Sequence(lambda n: f"1.{n + 1}")
    title = factory.Sequence("Deelthema {}".format)


class TacticalGoalFactory(DjangoModelFactory[TacticalGoal]):
    class Meta:
        model = TacticalGoal

    sub_theme = factory.SubFactory(SubThemeFactory)
    text = factory.Sequence("Tactische doelstelling {}".format)


class ActionFactory(DjangoModelFactory[Action]):
    class Meta:
        model = Action

    class Params:
        running = factory.Trait(
            status=ActionStatus.RUNNING, light=Light.GREEN, lead_answer=LeadAnswer.ACCEPTED
        )
        asked = factory.Trait(status=ActionStatus.PROPOSED, lead_answer=LeadAnswer.ASKED)

    sub_theme = factory.SubFactory(SubThemeFactory)
    plan = factory.SelfAttribute("sub_theme.domain.plan")
    code = factory.Sequence(lambda n: f"1.1.{n + 1}")
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence("Actie {}".format)
    dimension = Dimension.PREVENTIVE
    lead_partner = factory.SubFactory(
        PartnerFactory, municipality=factory.SelfAttribute("..plan.municipality")
    )
    start = dt.date(2026, 1, 12)
    due = dt.date(2027, 6, 30)


class IndicatorFactory(DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    action = factory.SubFactory(ActionFactory)
    title = factory.Sequence("Indicator {}".format)
    unit = "bussen"
    baseline = 0
    target = 13


class UpdateFactory(DjangoModelFactory[Update]):
    class Meta:
        model = Update

    class Params:
        red = factory.Trait(
            light=Light.RED, cause="Oorzaak.", consequence="Gevolg.", proposal="Voorstel."
        )

    action = factory.SubFactory(ActionFactory)
    on = dt.date(2026, 10, 5)
    done = "Alle bussen hangen."
    light = Light.GREEN
    progress = 50
    made_by_name = "Persoon"


class RevisionFactory(DjangoModelFactory[PlanRevision]):
    class Meta:
        model = PlanRevision

    plan = factory.SubFactory(PlanFactory, running=True)
    version_label = "1.1"
    reason = RevisionReason.PHENOMENA
    decision = "CBS-2026-0921-07"
    decided_on = dt.date(2026, 9, 21)


class EvaluationFactory(DjangoModelFactory[Evaluation]):
    """A planned evaluation of an action, unless another subject is given with its municipality."""

    class Meta:
        model = Evaluation

    action = factory.SubFactory(ActionFactory)
    municipality = factory.LazyAttribute(lambda row: row.action.plan.municipality)
    title = factory.Sequence("Evaluatie {}".format)
    planned_on = dt.date(2026, 12, 15)


class ParticipantFactory(DjangoModelFactory[Participant]):
    class Meta:
        model = Participant

    evaluation = factory.SubFactory(EvaluationFactory, status="bezig")
    partner = factory.SubFactory(
        PartnerFactory, municipality=factory.SelfAttribute("..evaluation.municipality")
    )


class ReportFactory(DjangoModelFactory[Report]):
    class Meta:
        model = Report

    plan = factory.SubFactory(PlanFactory, running=True)
    municipality = factory.SelfAttribute("plan.municipality")
    audience = Audience.COLLEGE
    title = factory.Sequence("Voortgangsrapport {}".format)
    period_start = dt.date(2026, 7, 1)
    period_end = dt.date(2026, 11, 21)
    created_by = factory.SubFactory(UserFactory)


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    municipality = factory.SubFactory(MunicipalityFactory)
    body = Body.CORE_GROUP
    number = factory.Sequence("KG-{}".format)
    on = dt.date(2026, 10, 14)
    agenda = "Rode acties\nRondvraag"


class ResolutionFactory(DjangoModelFactory[Resolution]):
    """A decision of the core group that is still to be carried out."""

    class Meta:
        model = Resolution

    municipality = factory.SubFactory(MunicipalityFactory)
    body = Body.CORE_GROUP
    kind = ResolutionKind.DECISION
    on = dt.date(2026, 10, 14)
    text = factory.Sequence("Beslissing {}".format)
    status = Followed.OPEN


class ShareFactory(DjangoModelFactory[Share]):
    """What a partner sees of an action, with the grant that goes with it."""

    class Meta:
        model = Share

    class Params:
        accepted = factory.Trait(answer=ShareAnswer.ACCEPTED)

    action = factory.SubFactory(ActionFactory)
    partner = factory.SubFactory(PartnerFactory)
    text = "Wat de partner moet weten."
    fields = SharedField.values
    purpose = "Samen uitvoeren"
    ground = LegalGround.NO_PERSONAL_DATA
    given_by = factory.SubFactory(UserFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=10))
    ends_at = factory.LazyAttribute(lambda share: share.starts_at + dt.timedelta(days=90))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Share:
        share: Share = super()._create(model_class, *args, **kwargs)
        with transaction.atomic():
            ActionGroupPermission.grant(group_of(share.partner), share.action)
        return share


def member(municipality: Municipality, role: Role, partner: Partner | None = None) -> User:
    """A person with a role in a municipality, and if given in an organisation."""
    user = UserFactory.create(name=f"{role.label} {municipality.code}")
    Membership.objects.create(
        user=user, municipality=municipality, role=role, starts=dt.date(2026, 1, 1)
    )
    if partner:
        PartnerMember.objects.create(partner=partner, user=user, starts=dt.date(2026, 1, 1))
    return user


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("bron-{}".format)
    name = factory.Sequence("Bron {}".format)


class CategoryGroupFactory(DjangoModelFactory[CategoryGroup]):
    class Meta:
        model = CategoryGroup

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("groep-{}".format)
    name = factory.Sequence("Groep {}".format)


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    municipality = factory.SubFactory(MunicipalityFactory)
    group = factory.SubFactory(
        CategoryGroupFactory, municipality=factory.SelfAttribute("..municipality")
    )
    code = factory.Sequence("C{}".format)
    name = factory.Sequence("Categorie {}".format)


class ClosureReasonFactory(DjangoModelFactory[ClosureReason]):
    class Meta:
        model = ClosureReason

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("reden-{}".format)
    name = factory.Sequence("Reden {}".format)


class MeldingFactory(DjangoModelFactory[Melding]):
    """A melding as it was taken in today."""

    class Meta:
        model = Melding

    class Params:
        over = factory.Trait(
            status=MeldingStatus.CLOSED, closed_at=factory.LazyFunction(timezone.now)
        )

    municipality = factory.SubFactory(MunicipalityFactory)
    number = factory.Sequence(lambda n: f"ZAN-2026-{50_000 + n}")  # apart from those that are given
    source = factory.SubFactory(SourceFactory, municipality=factory.SelfAttribute("..municipality"))
    category = factory.SubFactory(
        CategoryFactory, municipality=factory.SelfAttribute("..municipality")
    )
    text = "Er ligt een matras naast de glasbol."
    place = "Glasbol De Linde"
    ack_due = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=2))
    due = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=10))


class ReporterFactory(DjangoModelFactory[Reporter]):
    """Somebody who wants to be called."""

    class Meta:
        model = Reporter

    melding = factory.SubFactory(MeldingFactory)
    name = "Mia Peeters"
    phone = "0470 11 22 33"
    channel = Channel.PHONE


class AnswerFactory(DjangoModelFactory[Answer]):
    """Still to be given."""

    class Meta:
        model = Answer

    melding = factory.SubFactory(MeldingFactory)
    reporter = factory.SubFactory(ReporterFactory, melding=factory.SelfAttribute("..melding"))
    channel = Channel.PHONE
    text = "Uw melding is afgehandeld."


class ReporterQuestionFactory(DjangoModelFactory[ReporterQuestion]):
    """Asked today, not answered yet."""

    class Meta:
        model = ReporterQuestion

    reporter = factory.SubFactory(ReporterFactory, email="mia@burger.example")
    melding = factory.SelfAttribute("reporter.melding")
    text = "Aan welke kant van de straat is het?"
    asked_by = factory.SubFactory("tests.factories.UserFactory")
    asked_by_name = "An Claes"
    due = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=7))


class PhotoFactory(DjangoModelFactory[Photo]):
    """A photo with a small version."""

    class Meta:
        model = Photo

    melding = factory.SubFactory(MeldingFactory)
    name = "glasbol.jpg"
    content_type = "image/jpeg"
    size = 3
    sha256 = "0" * 64
    file = factory.django.FileField(filename="glasbol.jpg", data=b"jpg")
    thumbnail = factory.django.FileField(filename="klein.jpg", data=b"jpg")


class SavedViewFactory(DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    municipality = factory.SubFactory(MunicipalityFactory)
    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence("Lijst {}".format)
    query = "status=open"


class MailboxFactory(DjangoModelFactory[Mailbox]):
    """A letterbox that hangs there since the beginning of the year."""

    class Meta:
        model = Mailbox

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence("PB{:02}".format)
    name = factory.Sequence("Bus {}".format)
    place = "Naast de hoofdingang"
    since = dt.date(2026, 1, 5)


class RouteFactory(DjangoModelFactory[Route]):
    class Meta:
        model = Route

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence("Route {}".format)
    days = factory.LazyFunction(lambda: [1, 2, 3, 4, 5, 6, 7])
    since = dt.date(2026, 1, 5)
    note_category = factory.SubFactory(
        CategoryFactory, municipality=factory.SelfAttribute("..municipality")
    )


def route_along(municipality: Municipality, count: int) -> Route:
    """A route along so many new boxes."""
    route = RouteFactory.create(municipality=municipality)
    for place in range(1, count + 1):
        box = MailboxFactory.create(municipality=municipality)
        RouteStop.objects.create(route=route, mailbox=box, position=place)
    return route


class InboundMailboxFactory(DjangoModelFactory[InboundMailbox]):
    """A mailbox that is switched on and was never read."""

    class Meta:
        model = InboundMailbox

    municipality = factory.SubFactory(MunicipalityFactory)
    address = "meldpunt@zandrode.example"
    host = "127.0.0.1"
    port = 143
    security = Security.NONE
    username = factory.Sequence("meldpunt{}".format)
    password = ""
    source = factory.SubFactory(SourceFactory, municipality=factory.SelfAttribute("..municipality"))
    category = factory.SubFactory(
        CategoryFactory, municipality=factory.SelfAttribute("..municipality")
    )
    is_active = True


class InboundMailFactory(DjangoModelFactory[InboundMail]):
    """A mail that was just found."""

    class Meta:
        model = InboundMail

    mailbox = factory.SubFactory(InboundMailboxFactory)
    uid_validity = 1
    uid = factory.Sequence(lambda number: number + 1)
