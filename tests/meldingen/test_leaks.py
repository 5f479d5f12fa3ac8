"""Who reported stands on no page, list, map, export or mail; a melding above one's level is nowhere.

One crawl of every address for every role before and one after secrets are put in the world: for who may
read none of them each page is the very same, so that no count or choice can tell of them either.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Neighbourhood
from accounts.roles import Role
from core import outbox
from core.confidentiality import Level
from meldingen.models import Category, Channel, ClosureReason, Melding, Reporter, ReporterReading
from meldingen.operations import steps
from tests.access import ELSEWHERE, NOBODY
from tests.access.stage import Stage, Visitor, signed_in
from tests.access.table import ROWS
from tests.conftest import build_world
from tests.factories import (
    AnswerFactory,
    CategoryFactory,
    ClosureReasonFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    ReporterFactory,
)
from tests.test_leaks import first_difference, sheet
from tests.test_leaks import read as looked_at

RESTRICTED, CLOSED, TOLD_BY = "qzbeperkt", "qzvertrouwelijk", "qzmelder"
AT = {"latitude": 50.951, "longitude": 4.201}
# Who answers the reporters of what he reads; the coordinator alone reads above the level intern.
ANSWERING = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
ACTORS = (*Role, ELSEWHERE, NOBODY)
BLIND = [actor for actor in ACTORS if actor != Role.COORDINATOR]
QUESTIONS = (
    "lijst=alle", f"q={CLOSED}", "lijst=zwevend", "lijst=norm&sort=norm", "status=dicht",
    "niveau=vertrouwelijk", "niveau=beperkt", f"q={TOLD_BY}", "toon=foto&lijst=alle",
)  # fmt: skip
# When and by whom the public form was opened, signed: other at each drawing.
OPENED = re.compile(r'name="opened" value="[^"]*"')
# Where contact data are the work itself; looking there is noted.
OPENS = ("meldingen:answers", "meldingen:answer", "meldingen:reporter-questions")


@dataclass(frozen=True, repr=False)
class Crawl:
    stage: Stage
    visitors: dict[str, Visitor]
    before: dict[tuple[str, str], str]
    after: dict[tuple[str, str], str]
    hidden: list[Melding]
    names: list[tuple[str, str]]  # of the addresses

    def of(self, actor: str) -> dict[str, str]:
        return {address: text for (name, address), text in self.after.items() if name == actor}


@pytest.fixture(scope="module")
def crawl(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crawl]:
    # The clock stands still: pages differ by nothing but what is on them.
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(timezone.now(), tick=False),
    ):
        stage = Stage.build(build_world())
        here = stage.world.here
        kind = CategoryFactory.create(municipality=here, name="Samenleven")
        hood = NeighbourhoodFactory.create(municipality=here, name="De Linde")
        ClosureReasonFactory.create(municipality=here, name="Opgelost")
        Melding.objects.update(category=kind, neighbourhood=hood, **AT)
        Reporter.objects.update(name="", phone="", channel=Channel.NONE)
        people = stage.people()
        visitors = {str(actor): Visitor.signed_in(people[str(actor)]) for actor in ACTORS}
        shown = list(addresses(stage))
        # Who reads what is hidden sees other pages afterwards: only words are looked for.
        before = pages({name: visitors[name] for name in map(str, BLIND)}, shown)
        hidden = tell(stage, kind, hood)
        names = [(name, url) for name, url, _seen in shown]
        yield Crawl(stage, visitors, before, pages(visitors, shown), hidden, names)
        transaction.set_rollback(True)


def tell(stage: Stage, kind: Category, hood: Neighbourhood) -> list[Melding]:
    """Two that most may not read, at the same place as one that many read; and who told all three."""
    made = []
    for level, word in ((Level.RESTRICTED, RESTRICTED), (Level.CONFIDENTIAL, CLOSED)):
        melding = MeldingFactory.create(
            municipality=stage.world.here, source=stage.melding.source, category=kind,
            neighbourhood=hood, **AT,
            confidentiality=level, text=f"{word}tekst", place=f"{word}plaats", kind="vraag",
            happened_at=timezone.now(), action=stage.action, urgency="dringend",
        )  # fmt: skip
        steps.note(melding, f"{word}notitie", by=stage.world.coordinator)
        made.append(melding)
    for melding, word in zip([stage.melding, *made], ("", RESTRICTED, CLOSED), strict=True):
        reporter = ReporterFactory.create(
            melding=melding, name=f"{word}{TOLD_BY}naam", phone=f"{TOLD_BY}bel", channel=Channel.MAIL,
            email=f"{TOLD_BY}@burger.example", address=f"{TOLD_BY}straat",
        )  # fmt: skip
        if word:
            AnswerFactory.create(melding=melding, reporter=reporter, text=f"{word}antwoord")
    return made


def addresses(stage: Stage) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Name, address, and who is shown it: that all others are turned away, the access table says."""
    for row in ROWS:
        if "GET" in row.methods and row.name.startswith(("meldingen:", "home")):
            seen = frozenset(str(one) for one in ACTORS if 200 in row.expected("GET", one))
            yield row.name, reverse(row.name, kwargs=row.arguments(stage)) + row.query, seen
            if row.name in {"meldingen:list", "meldingen:map-points"}:
                for query in QUESTIONS:
                    yield row.name, f"{reverse(row.name)}?{query}", seen


def pages(visitors: dict[str, Visitor], shown: list[Any]) -> dict[tuple[str, str], str]:
    found = {
        (actor, url): read(visitor, url)
        for _name, url, seen in shown
        for actor, visitor in visitors.items()
        if actor in seen
    }
    for actor, visitor in visitors.items():
        found[actor, "the sheet"] = exported(visitor)
    return found


def read(visitor: Visitor, address: str) -> str:
    """What it says; what reading changed is undone, as is what a page remembers."""
    with transaction.atomic():
        code, text = looked_at(visitor, address)
        transaction.set_rollback(True)
    return f"{code} {OPENED.sub('', text)}"


def exported(visitor: Visitor) -> str:
    address = f"{reverse('meldingen:export')}?lijst=alle"
    with transaction.atomic():
        response: Any = visitor.post(address, {"kind": "xlsx"})
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    return sheet(body) if body.startswith(b"PK") else f"{response.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS, ids=str)
def test_who_reported_stands_on_no_page_that_was_not_asked_for_it(crawl: Crawl, actor: str) -> None:
    told = [
        address
        for address, text in crawl.of(actor).items()
        if TOLD_BY in text.replace(f"q={TOLD_BY}", "").replace(f'value="{TOLD_BY}"', "")
        and f"“{TOLD_BY}”" not in text
    ]
    opened = {url for name, url in crawl.names if name in OPENS}
    assert [url for url in told if url not in opened or actor not in ANSWERING] == []


@pytest.mark.django_db
@pytest.mark.parametrize("actor", BLIND, ids=str)
def test_every_page_is_the_same_as_if_the_hidden_ones_did_not_exist(
    crawl: Crawl, actor: str
) -> None:
    """But for who answers: the reporter of the melding that he may read is his work."""
    answers = {url for name, url in crawl.names if name in {*OPENS, "meldingen:ask", "home"}}
    differs = [
        f"{address}: {first_difference(crawl.before[actor, address], text)}"
        for address, text in crawl.of(actor).items()
        if text != crawl.before[actor, address] and not (actor in ANSWERING and address in answers)
    ]
    assert differs == []
    told = [url for url, text in crawl.of(actor).items() if "q=" not in url and CLOSED in text]
    assert told == []


@pytest.mark.django_db
@pytest.mark.parametrize("actor", BLIND, ids=str)
def test_a_hidden_one_is_not_found_by_its_address(crawl: Crawl, actor: str) -> None:
    names = ("melding", "close", "edit", "doubles-of", "around", "photo-create", "phone-melding")
    known = {row.name.removeprefix("meldingen:") for row in ROWS}
    found = []
    for melding in crawl.hidden:
        for name in known & set(names):
            address = reverse(f"meldingen:{name}", args=[melding.pk])
            text = read(crawl.visitors[actor], address)
            if text[:3] not in {"302", "403", "404"} or RESTRICTED in text or CLOSED in text:
                found.append(f"{address}: {text[:3]}")
    assert found == []


@pytest.mark.django_db
def test_asking_who_reported_is_noted_and_opens_for_who_answers(crawl: Crawl) -> None:
    address = reverse("meldingen:reporter", args=[crawl.stage.melding.pk])
    opened = {}
    for actor, person in crawl.stage.people().items():
        with transaction.atomic():
            text = signed_in(person).post(address).content.decode()
            opened[actor] = (TOLD_BY in text, ReporterReading.objects.exists())
            transaction.set_rollback(True)
    assert {actor for actor, (seen, _noted) in opened.items() if seen} == set(map(str, ANSWERING))
    assert all(seen == noted for seen, noted in opened.values())


@pytest.mark.django_db
def test_mail_goes_to_the_reporter_alone_and_names_nobody(crawl: Crawl) -> None:
    mail.outbox.clear()
    later = timezone.now() + dt.timedelta(hours=1)
    with transaction.atomic(), time_machine.travel(later):
        reason = ClosureReason.objects.get(municipality=crawl.stage.world.here, name="Opgelost")
        steps.close(
            crawl.stage.melding, reason, by=crawl.stage.world.coordinator, text="Opgeruimd."
        )
        while outbox.drain("mail"):
            pass
        transaction.set_rollback(True)
    answers = [message for message in mail.outbox if "Opgeruimd" in str(message.body)]
    assert answers
    for message in mail.outbox:
        said = f"{message.subject}{message.body}"
        assert CLOSED not in said
        assert RESTRICTED not in said
        assert TOLD_BY not in str(message.subject)
        assert TOLD_BY not in said or message.to == [f"{TOLD_BY}@burger.example"]


@pytest.mark.django_db
def test_the_crawl_would_notice(crawl: Crawl) -> None:
    texts = "".join(crawl.of(Role.COORDINATOR).values())
    assert f"{RESTRICTED}tekst" in texts
    assert f"{CLOSED}tekst" in texts
