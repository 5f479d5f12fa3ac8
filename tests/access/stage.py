"""What the addresses of the access table lead to: the shared world and one of each thing."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from accounts.middleware import BEGAN, SEEN
from accounts.models import Invitation, Municipality, User
from accounts.roles import Role
from core.models import OutboxEntry, OutboxStatus
from meetings.models import AgendaItem, Meeting, Resolution
from meldingen.models import MailboxNote, MailboxVisit, Melding, Photo, Reporter
from meldingen.operations import rounds
from plans.models import Action, Indicator, Plan, Share, StrategicGoal, TacticalGoal
from reminders.models import CoreGroupItem
from reports.models import Audience, ReaderRemark, Report, ReportRhythm
from reports.operations import freeze
from tests.conftest import World, sign_in
from tests.factories import (
    IndicatorFactory,
    MeetingFactory,
    MeldingFactory,
    PartnerFactory,
    ReportFactory,
    ResolutionFactory,
    ShareFactory,
    SourceFactory,
    StrategicGoalFactory,
    TacticalGoalFactory,
    UserFactory,
    member,
    route_along,
)


@dataclass(frozen=True)
class Stage:
    """One of each thing, all of the municipality where the cast works."""

    world: World
    invited: User
    invitation: Invitation
    draft: Report  # for the college
    frozen: Report  # for the college
    frozen_for_core: Report
    frozen_given: Report  # to the partner of the role of partner
    remark: ReaderRemark  # of the college, on the frozen report
    rhythm: ReportRhythm  # of reports for the core group
    indicator: Indicator
    strategic_goal: StrategicGoal
    tactical_goal: TacticalGoal
    failed_work: OutboxEntry
    share: Share  # with the partner of the role of partner, who accepted
    other_partner: User
    far_partner: User
    meeting: Meeting  # of the core group
    point: AgendaItem  # on the agenda of that meeting
    resolution: Resolution  # of that meeting, about the action, for the service to carry out
    melding: Melding  # level intern, handled by the service, sent by a citizen
    reporter: Reporter  # of that melding
    visit: MailboxVisit  # of a round of today, still to do
    note: MailboxNote  # found by the wardens
    photo: Photo  # of the melding, without a file

    @property
    def plan(self) -> Plan:
        return self.world.plan

    @property
    def action(self) -> Action:
        return self.world.action

    @classmethod
    def build(cls, world: World) -> Stage:
        invited = UserFactory.create()
        melding = MeldingFactory.create(
            municipality=world.here, handler=world.service, follow_code="ABCDEFGHJK"
        )
        SourceFactory.create(municipality=world.here, code="web", is_public=True)
        frozen = frozen_report(world, Audience.COLLEGE)
        return cls(
            world=world,
            invited=invited,
            invitation=Invitation.objects.create(
                user=invited,
                token_hash="0" * 64,
                invited_by=world.administrator,
                expires_at=timezone.now() + dt.timedelta(days=7),
            ),
            draft=ReportFactory.create(plan=world.plan, created_by=world.coordinator),
            frozen=frozen,
            rhythm=ReportRhythm.objects.create(
                plan=world.plan,
                municipality=world.here,
                audience=Audience.CORE_GROUP,
                weeks=8,
                next_on=dt.date(2027, 1, 11),
                kept_by=world.coordinator,
            ),
            remark=ReaderRemark.objects.create(
                report=frozen,
                section="budget",
                section_label="Budget",
                text="Waarom?",
                by=world.college,
            ),
            frozen_for_core=frozen_report(world, Audience.CORE_GROUP),
            frozen_given=frozen_report(world, Audience.PARTNER, partner=world.care),
            indicator=IndicatorFactory.create(action=world.action),
            strategic_goal=StrategicGoalFactory.create(domain=world.domain),
            tactical_goal=TacticalGoalFactory.create(sub_theme=world.sub_theme),
            failed_work=OutboxEntry.objects.create(
                kind="report_pdf", queue="pdf", key="failed", status=OutboxStatus.FAILED
            ),
            share=ShareFactory.create(action=world.action, partner=world.care, accepted=True),
            other_partner=outsider(world.here),
            far_partner=outsider(world.elsewhere),
            **decided(world),
            melding=melding,
            reporter=Reporter.objects.create(melding=melding, name="Mia"),
            **street(world, melding),
        )

    def people(self) -> dict[str, User | AnonymousUser]:
        """Every actor of the table by its name there."""
        return {
            **{str(role): user for role, user in self.world.cast.items()},
            "coordinator of the other municipality": self.world.coordinator_elsewhere,
            "somebody of another partner": self.other_partner,
            "somebody of a partner of the other municipality": self.far_partner,
            "nobody": AnonymousUser(),
        }


def decided(world: World) -> dict[str, Any]:
    """A meeting of the core group, and what it asked of the service."""
    meeting = MeetingFactory.create(municipality=world.here)
    resolution = ResolutionFactory.create(
        municipality=world.here, meeting=meeting, owner=world.service
    )
    resolution.actions.add(world.action)
    item = CoreGroupItem.objects.create(
        municipality=world.here, rule="actie-bijwerken", subject_pk=world.action.pk,
        due=dt.date(2026, 3, 12), text="1.1.1 Actie", made_on=dt.date(2026, 5, 12),
    )  # fmt: skip
    point = AgendaItem.objects.create(meeting=meeting, item=item, by=world.coordinator)
    return {"meeting": meeting, "resolution": resolution, "point": point}


def street(world: World, melding: Melding) -> dict[str, Any]:
    """A round of today with one box done and one to do, and a photo."""
    warden = world.cast[Role.WARDEN]
    walked = rounds.begin(route_along(world.here, 2), by=warden, on=timezone.localdate())
    done, visit = walked.visits.all()
    rounds.empty(done, notes=1, by=warden)
    key = {"name": "foto.jpg", "content_type": "image/jpeg", "size": 1, "sha256": "0" * 64}
    photo = Photo.objects.create(melding=melding, **key)
    return {"visit": visit, "note": done.found.get(), "photo": photo}


def outsider(place: Municipality) -> User:
    """Somebody of a partner with which nothing is shared."""
    return member(place, Role.PARTNER, PartnerFactory.create(municipality=place))


def frozen_report(world: World, audience: Audience, **values: Any) -> Report:
    draft = ReportFactory.create(
        plan=world.plan, created_by=world.coordinator, audience=audience, **values
    )
    return freeze(draft, version=draft.version, by=world.coordinator)


def signed_in(user: User | AnonymousUser) -> Client:
    """A client whose session knows when it began and was last seen, as after a first page.

    Seen in the future: thousands of requests need not each write that they were there.
    """
    client = Client(raise_request_exception=True)
    if isinstance(user, User):
        sign_in(client, user)
        session, now = client.session, int(time.time())
        session[BEGAN], session[SEEN] = now, now + settings.SESSION_IDLE_SECONDS
        session.save()
    return client


FELL_OVER = 500
REFUSALS = ("403.html", "404.html")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Visitor:
    """Somebody with an open session, who asks without what a browser needs.

    Who this is was looked up once, and the session lies in memory: thousands of requests need not
    each find that out. What a request itself looks up about the person is forgotten after it.
    """

    person: User | AnonymousUser
    session: dict[str, Any]
    may_fall: bool = False  # whether a page of its that breaks is fine

    @classmethod
    def signed_in(cls, person: User | AnonymousUser, *, may_fall: bool = False) -> Visitor:
        if isinstance(person, User):
            person.memberships_now  # noqa: B018 - looked up once for all
        return cls(person, dict(signed_in(person).session.items()), may_fall)

    def ask(self, method: str, address: str) -> int:
        """The code of the answer; the page is drawn once for all methods, when it is read.

        That somebody may not is said on one and the same page, which others look at.
        """
        with undrawn(*REFUSALS) if method == "GET" else undrawn():
            code: int = self.answer(method, address).status_code
        return code

    def get(self, address: str) -> Any:
        """The page, as of a client; one that fell over tells nothing, so that is a failure."""
        return self._whole(self.answer("GET", address))

    def post(self, address: str, form: dict[str, str] | None = None) -> Any:
        return self._whole(self.answer("POST", address, urlencode(form or {})))

    def _whole(self, response: Any) -> Any:
        fell = response.status_code == FELL_OVER and not self.may_fall
        assert not fell, response.content.decode()[:1000]
        return response

    def answer(self, method: str, address: str, form: str = "") -> Any:
        return self.send(self.request(method, address, form))

    def request(self, method: str, address: str, form: str = "") -> Any:
        kind = FORM if form else "application/octet-stream"
        request: Any = RequestFactory().generic(method, address, form, kind)
        request.session = self._session()
        request._cached_user = self._anew()
        request._dont_enforce_csrf_checks = True
        return request

    @staticmethod
    def send(request: Any) -> Any:
        """What a request is answered, undone afterwards where its method may change something.

        Asked of the handler itself: the test client would keep a copy of what each template saw.
        """
        with undone() if request.method == "POST" else contextlib.nullcontext():
            response: Any = _handler().get_response(request)
        if response.streaming:
            body = b"".join(response.streaming_content)
            closers = response._resource_closers
            response = HttpResponse(body, status=response.status_code, headers=response.headers)
            response._resource_closers = closers
        for close in response._resource_closers:  # not response.close(): it ends the connection too
            close()
        return response

    def _session(self) -> Any:
        session: Any = SessionStore("of-a-visitor")
        session._session_cache = copy.deepcopy(self.session)
        return session

    def _anew(self) -> User | AnonymousUser:
        person = copy.copy(self.person)
        person.__dict__.pop("memory", None)
        return person


@contextlib.contextmanager
def undrawn(*names: str) -> Iterator[None]:
    """Templates give nothing, or these do not: what decides who gets in was asked before."""
    draw = Template.render

    def maybe(template: Any, *told: Any, **more: Any) -> Any:
        is_drawn = names and template.template.name not in names
        return draw(template, *told, **more) if is_drawn else ""

    with mock.patch.object(Template, "render", new=maybe):  # a MagicMock each time is dear
        yield


@contextlib.contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def _handler() -> BaseHandler:
    """The product without the part that reads the session from the database and writes it there."""
    found = BaseHandler()
    kept = [name for name in settings.MIDDLEWARE if not name.endswith(".SessionMiddleware")]
    with override_settings(MIDDLEWARE=kept):
        found.load_middleware()
    return found
