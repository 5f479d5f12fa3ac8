"""The small cast that every test shares."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.test import Client
from xdist.scheduler import LoadScopeScheduling

from accounts.models import Municipality, User
from accounts.roles import Role
from core import memory, texts
from partners.models import Kind, Partner
from plans.models import Action, Domain, Plan, SubTheme
from tests.emptying import instead_of_flush
from tests.factories import (
    ActionFactory,
    DomainFactory,
    MunicipalityFactory,
    PartnerFactory,
    PlanFactory,
    SubThemeFactory,
    ZoneFactory,
    member,
)
from tests.shared_world import Shared, has_transactions

DEMO_DAY = dt.date(2026, 11, 21)  # the day its data are written for


@pytest.fixture(scope="session", autouse=True)
def _texts_in_other_languages() -> None:
    """Compiled as set-up does it, where somebody runs the tests without."""
    texts.build()


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> None:
    instead_of_flush()


@dataclass(frozen=True)
class World:
    """Two municipalities of one zone; in the first a running plan with one running action.

    `cast` holds one person per role. The service leads the action; the police, the wardens, the
    core group member and the CIV work for other organisations; the partner takes part in nothing.
    """

    here: Municipality
    elsewhere: Municipality
    service: Partner  # leads the action
    care: Partner  # an outside partner
    civ: Partner
    plan: Plan  # running, level intern
    domain: Domain
    sub_theme: SubTheme
    action: Action  # running, level intern, led by the service
    coordinator_elsewhere: User
    cast: dict[Role, User] = field(default_factory=dict)

    @property
    def coordinator(self) -> User:
        return self.cast[Role.COORDINATOR]

    @property
    def lead(self) -> User:
        """The person of the service that leads the action."""
        return self.cast[Role.SERVICE]

    @property
    def partner(self) -> User:
        return self.cast[Role.PARTNER]

    @property
    def reader(self) -> User:
        return self.cast[Role.READER]

    @property
    def administrator(self) -> User:
        return self.cast[Role.ADMINISTRATOR]

    @property
    def college(self) -> User:
        return self.cast[Role.COLLEGE]

    @property
    def core_group(self) -> User:
        return self.cast[Role.CORE_GROUP]


class SideBySide(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Which tests stay together when the whole runs in several processes.

    A file does, for what its tests share. All that needs a browser does too, all that looks at the
    demo, and the tests that count processes. The rows of the access table are many and stand
    alone: they fill up.
    """

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


PROCESSES = {
    "test_scripts.py",
    "test_servers.py",
    "test_worker_kills.py",
    "test_outage.py",
    "test_faults.py",
}
# What takes minutes begins first: begun late, it would keep everybody waiting at the end.
LONGEST = (
    "browser", "processes", "tests/access/test_input.py", "tests/test_leaks.py",
    "tests/test_partner_leaks.py", "tests/meldingen/test_leaks.py",
    "tests/meldingen/test_post_server.py", "demo",
)  # fmt: skip
ACCESS = "tests/access/test_access.py"


def together(nodeid: str) -> str:
    """The name of what this test stays together with."""
    file = nodeid.partition("::")[0]
    if file.startswith("tests/browser/"):
        return "browser"
    if file.startswith("tests/demo/"):
        return "demo"
    if file.removeprefix("tests/") in PROCESSES:
        return "processes"
    return nodeid if file == ACCESS else file


def turn(item: pytest.Item) -> int:
    """The longest first, what fills up last."""
    scope = together(item.nodeid)
    if scope in LONGEST:
        return LONGEST.index(scope)
    return len(LONGEST) + scope.startswith(ACCESS)


def pytest_collection_finish() -> None:
    memory.settle()  # all tests are loaded by now


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # side by side
        items.sort(key=turn)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    config.option.loadscopereorder = False  # by number of tests says little about their time
    return SideBySide(config, log)


@pytest.fixture
def world(db: None, django_db_blocker: Any) -> World:
    return SHARED_WORLD.copy(django_db_blocker)


@pytest.fixture(autouse=True)
def _nothing_counted_yet(request: pytest.FixtureRequest) -> Iterator[None]:
    """The cache is a table that no model knows: what is committed there outlives the cleaning up,
    and how often somebody asked would count for the tests after."""
    if not has_transactions(request.node):
        yield
        return
    blocker = request.getfixturevalue("django_db_blocker")
    yield
    with blocker.unblock():
        cache.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    SHARED_WORLD.ready_for(item)


def build_world() -> World:
    zone = ZoneFactory.create(code="pz", name="Politiezone Zandvallei")
    here = MunicipalityFactory.create(zone=zone, code="ZAN", name="Zandrode")
    elsewhere = MunicipalityFactory.create(zone=zone, code="MEL", name="Meldebeke")
    civ = PartnerFactory.create(municipality=here, code="civ", name="Centrum IV")
    service = PartnerFactory.create(municipality=here, code="tech", name="Openbaar domein")
    care = PartnerFactory.create(municipality=here, code="cgg", name="CGG", kind=Kind.CARE)
    home = {Role.SERVICE: service, Role.PARTNER: care, Role.CIV_STAFF: civ, Role.COORDINATOR: civ}
    plan = PlanFactory.create(municipality=here, code="IVP-ZAN", running=True)
    domain = DomainFactory.create(plan=plan, number=1)
    sub_theme = SubThemeFactory.create(domain=domain, code="1.1")
    return World(
        here=here,
        elsewhere=elsewhere,
        service=service,
        care=care,
        civ=civ,
        plan=plan,
        domain=domain,
        sub_theme=sub_theme,
        action=ActionFactory.create(
            sub_theme=sub_theme, code="1.1.1", lead_partner=service, running=True
        ),
        coordinator_elsewhere=member(elsewhere, Role.COORDINATOR),
        cast={role: member(here, role, home.get(role)) for role in Role},
    )


SHARED_WORLD = Shared(build_world)


def sign_in(client: Client, user: User, *, seconds_ago: float = 0) -> None:
    """Sign somebody in as if the password was given so long ago.

    `force_login` alone leaves a session in which nobody ever gave one, and then some pages ask it.
    """
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    given = {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [given]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session.save()
