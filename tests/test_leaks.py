"""What a person may not read is not there: no word, no link, no count, on any page of the product.

One crawl before and one after secrets are put in the world. A page of somebody who may read none
of them has to be the very same page, so that no number, list or choice can tell of them either.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Membership, User
from accounts.roles import Role
from core import history, outbox
from core.confidentiality import Level
from core.models import OutboxEntry, OutboxStatus
from partners.models import (
    Competence,
    ConfidentialNote,
    NoteReader,
    Partner,
    PartnerMember,
    Referral,
)
from partners.operations import notes, referrals
from plans import partner_paper
from plans.models import (
    Action,
    ActionPartner,
    Attachment,
    BudgetLine,
    Decision,
    IndicatorValue,
    Plan,
    PlanSection,
    PlanUserPermission,
    Principle,
)
from plans.operations import bulk
from plans.operations import notes as action_notes
from plans.operations.plan import keep_version
from plans.operations.referrals import refer
from plans.operations.structure import reorder
from plans.tree import kind_of
from plans.workflow import LeadAnswer, PlanStatus
from reports.models import Audience, DomainRemark, Report
from reports.operations import freeze
from tests.access import ELSEWHERE, Row
from tests.access.stage import Stage, Visitor
from tests.access.table import ROWS
from tests.conftest import World, build_world
from tests.factories import (
    ActionFactory,
    CompetenceFactory,
    DomainFactory,
    IndicatorFactory,
    PartnerFactory,
    PlanFactory,
    ReportFactory,
    ResolutionFactory,
    StrategicGoalFactory,
    SubThemeFactory,
    UpdateFactory,
    member,
)

CLOSED, CORE, DRAFT, UNFROZEN, KERNGROEP = "qzclosed", "qzcore", "qzdraft", "qzopen", "qzkern"
SENT_ON = "qzrefer"  # in a referral of the coordinator
NOTE = "qznote"  # in confidential notes: nobody reads it but who is named
ALL = frozenset({CLOSED, CORE, DRAFT, UNFROZEN, KERNGROEP, SENT_ON})
WORDS = re.compile("|".join(f"{secret}[a-z]*" for secret in sorted({*ALL, NOTE})))
AMOUNT = re.compile(r"7[.  ]?654[.  ]?321")
# What differs between two drawings of the same page: the tokens of its forms, the free disk.
PASSING = re.compile(
    r"\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[\d.,]+.GB vrij.\(\d+.%\)"
)
HELPER, FORMER = "helper", "former coordinator with the break-glass account"
LEFT, MOVED = "left the organisation", "moved to the other municipality"
# What each may read of the secrets; who is not named here may read none.
READS: dict[str, frozenset[str]] = {
    Role.CORE_GROUP: frozenset({CORE, DRAFT, KERNGROEP}),
    Role.CIV_STAFF: frozenset({DRAFT, SENT_ON}),
}
WEEK = dt.timedelta(days=7)
# The access table says what roles are shown; these get past other doors, or should not any more.
ACTORS = (
    Role.ADMINISTRATOR, Role.CIV_STAFF, Role.CORE_GROUP, Role.COLLEGE, Role.SERVICE, Role.READER,
    ELSEWHERE, HELPER, FORMER, LEFT, MOVED,
)  # fmt: skip
# Whose row of the access table says which pages open for them.
LIKE: dict[str, str] = {actor: actor for actor in ACTORS} | {
    HELPER: Role.COORDINATOR, FORMER: Role.ADMINISTRATOR, LEFT: Role.PARTNER, MOVED: Role.READER,
}  # fmt: skip


@dataclass(frozen=True)
class Secrets:
    """The rows that most people may not know about."""

    actions: list[Action]  # above the level of most
    lead: Partner  # leads those and nothing else
    plan: Plan  # in the making
    draft: Report
    kerngroep: Report
    attachment: Attachment  # above the level of its own action
    referral: Referral  # from an action that most people read, to a partner that all know
    notes: list[ConfidentialNote]  # about a partner and about an action that most people read
    keeper: User  # who wrote those, and is the only one named on them


# --- The people -------------------------------------------------------------------------------


def people(stage: Stage, lead: Partner) -> dict[str, Any]:
    world = stage.world
    return {
        **{str(role): user for role, user in world.cast.items()},
        ELSEWHERE: world.coordinator_elsewhere,
        HELPER: helper(world),
        FORMER: former(world, lead, is_superuser=True),
        LEFT: left(world, lead),
        MOVED: moved(world, lead),
    }


def helper(world: World) -> User:
    """Somebody from outside who helps edit one plan."""
    user = member(world.here, Role.READER)
    PlanUserPermission.grant(user, world.plan)
    return user


def former(world: World, lead: Partner, *, is_superuser: bool = False) -> User:
    """Was coordinator here, and works for the organisation that leads the secrets."""
    user = member(world.here, Role.COORDINATOR, lead)
    User.objects.filter(pk=user.pk).update(is_superuser=is_superuser)
    Membership.objects.filter(user=user).update(ends=dt.date(2026, 1, 2))
    return user


def left(world: World, lead: Partner) -> User:
    """Still an outside partner here, but no longer for the organisation that leads the secrets."""
    user = member(world.here, Role.PARTNER, lead)
    PartnerMember.objects.filter(user=user).update(ends=dt.date(2026, 1, 2))
    return user


def moved(world: World, lead: Partner) -> User:
    """The role here ended and one elsewhere began; nobody ended the place in the organisation."""
    user = former(world, lead)
    Membership.objects.create(
        user=user, municipality=world.elsewhere, role=Role.SERVICE, starts=dt.date(2026, 1, 3)
    )
    return user


# --- The secrets ------------------------------------------------------------------------------


def tell(stage: Stage, lead: Partner, keeper: User) -> Secrets:
    world = stage.world
    actions = [
        secret_action(world, lead, Level.CONFIDENTIAL, CLOSED),
        secret_action(world, lead, Level.RESTRICTED, CORE),
    ]
    attachment = secret_file(stage.action, Level.CONFIDENTIAL, f"{CLOSED}bijlage.pdf", world)
    under_the_plan(world, actions, lead)
    secret_resolutions(stage)
    return Secrets(
        actions=actions,
        lead=lead,
        plan=secret_plan(world),
        draft=secret_draft(world),
        kerngroep=secret_kerngroep(world),
        attachment=attachment,
        referral=secret_referral(stage, lead),
        notes=secret_notes(stage, keeper),
        keeper=keeper,
    )


def secret_resolutions(stage: Stage) -> None:
    """Decided at a meeting that the core group knows, about an action that most people read."""
    for level, word in ((Level.CONFIDENTIAL, CLOSED), (Level.RESTRICTED, CORE)):
        row = ResolutionFactory.create(
            municipality=stage.world.here, meeting=stage.meeting, confidentiality=level,
            owner=stage.world.service, text=f"{word}besluit", number=f"{word}nummer",
        )  # fmt: skip
        row.actions.add(stage.action)


def secret_referral(stage: Stage, lead: Partner) -> Referral:
    world, word = stage.world, SENT_ON
    competence = Competence.objects.get(code="qz")
    row = Referral(
        municipality=world.here, partner=lead, competence=competence, reason=f"{word}reden",
        text_to_share=f"{word}tekst", consent="niet nodig",
    )  # fmt: skip
    made = refer(stage.action, row, by=world.coordinator)
    referrals.answer_referral(made, "aanvaard", f"{word}antwoord", by=world.coordinator)
    return made


def secret_notes(stage: Stage, keeper: User) -> list[ConfidentialNote]:
    """Written, changed, read and shared with the mayor for a day that is over."""
    world, gone = stage.world, timezone.localdate() - dt.timedelta(days=2)
    written = [
        notes.make_note(
            f"{NOTE}partner", by=keeper, municipality=world.here, partner=world.service
        ),
        action_notes.make_note(stage.action, f"{NOTE}actie", municipality=world.here, by=keeper),
    ]
    for note in written:
        notes.rewrite(note, f"{note.text()}anders", version=1, by=keeper)
        notes.read(note, by=keeper)
        reader = notes.name_reader(note, world.college, "Zag dit mee.", gone + WEEK, by=keeper)
        NoteReader.objects.filter(pk=reader.pk).update(starts=gone, until=gone)
    return written


def secret_action(world: World, lead: Partner, level: Level, word: str) -> Action:
    action: Action = ActionFactory.create(
        sub_theme=world.sub_theme, code=f"1.1.{90 + len(level)}", lead_partner=lead, running=True,
        confidentiality=level, title=f"{word}titel", why=f"{word}waarom", how=f"{word}hoe",
        expected_result=f"{word}resultaat", bbc_code=f"{word}bbc", chain=[f"{word}keten"],
        lead_answer=LeadAnswer.DECLINED, lead_answer_reason=f"{word}geweigerd", quick_win=True,
        due=dt.date(2026, 2, 1), light="rood", dimension="proactief", themes=["overlast"],
        last_update_on=dt.date(2026, 10, 5),
    )  # fmt: skip
    UpdateFactory.create(
        action=action, red=True, done=f"{word}gedaan", next=f"{word}straks",
        cause=f"{word}oorzaak", consequence=f"{word}gevolg", proposal=f"{word}voorstel",
    )  # fmt: skip
    indicator = IndicatorFactory.create(
        action=action, title=f"{word}indicator", unit=f"{word}eenheid", source=f"{word}bron"
    )
    IndicatorValue.objects.create(
        indicator=indicator, on=dt.date(2026, 9, 1), value=5, source=f"{word}meting"
    )
    BudgetLine.objects.create(action=action, year=2026, source="gemeente", planned=7654321)
    ActionPartner.objects.create(action=action, partner=world.civ, role="uitvoerder")
    secret_file(action, Level.INTERNAL, f"{word}verslag.pdf", world)
    secret_history(action, world, word)
    return action


def secret_file(action: Action, level: Level, name: str, world: World) -> Attachment:
    row = Attachment.objects.create(
        action=action, file="none", name=name, content_type="application/pdf", size=4,
        sha256="0" * 64, confidentiality=level, uploaded_by=world.coordinator,
    )  # fmt: skip
    history.record("attachment.added", row, by=world.coordinator, context=action)
    return row


def secret_history(action: Action, world: World, word: str) -> None:
    change = history.change(action, "title", f"{word}vroeger", action.title)
    for verb in ("action.made", "action.edited", "action.moved", "action.lead_declined",
                 "action.step"):  # fmt: skip
        history.record(verb, action, by=world.coordinator, context=world.plan, changes=[change],
                       reason=f"{word}reden")  # fmt: skip


def under_the_plan(world: World, actions: list[Action], lead: Partner) -> None:
    """What happens to several actions at once is written on the plan or on their sub-theme."""
    by = world.coordinator
    token = uuid.uuid4()
    bulk.assign_lead(actions, world.plan, world.civ, None, token=token, by=by)
    keys = [row.pk for row in actions]
    Action.objects.filter(pk__in=keys).update(lead_partner=lead)
    reorder(kind_of(Action), world.sub_theme, keys, plan=world.plan, by=by)


def secret_plan(world: World) -> Plan:
    plan: Plan = PlanFactory.create(
        code="GEHEIM-2", municipality=world.here, title=f"{DRAFT}plan", short_title=f"{DRAFT}kort",
        motto=f"{DRAFT}motto", predecessor=world.plan, status=PlanStatus.DRAFT,
        steering_body=f"{DRAFT}orgaan", confidentiality=Level.PUBLIC,
    )  # fmt: skip
    PlanSection.objects.create(plan=plan, title=f"{DRAFT}hoofdstuk", body=f"{DRAFT}tekst")
    Principle.objects.create(plan=plan, code="B01", title=f"{DRAFT}baken")
    Decision.objects.create(
        plan=plan, body=f"{DRAFT}cbs", on="2026-01-05", number="1", outcome=f"{DRAFT}uitkomst"
    )
    domain = DomainFactory.create(plan=plan, title=f"{DRAFT}domein", problem=f"{DRAFT}probleem")
    StrategicGoalFactory.create(domain=domain, text=f"{DRAFT}doel")
    theme = SubThemeFactory.create(domain=domain, title=f"{DRAFT}thema", why=f"{DRAFT}want")
    ActionFactory.create(
        sub_theme=theme, title=f"{DRAFT}actie", confidentiality=Level.PUBLIC,
        lead_partner=world.service,
    )  # fmt: skip
    keep_version(plan, by=world.coordinator, note=f"{DRAFT}versie")
    return plan


def secret_draft(world: World) -> Report:
    draft = ReportFactory.create(
        plan=world.plan, created_by=world.coordinator, title=f"{UNFROZEN}rapport",
        foreword=f"{UNFROZEN}woord", decisions_asked=f"{UNFROZEN}vraag", outlook=f"{UNFROZEN}uit",
    )  # fmt: skip
    DomainRemark.objects.create(report=draft, domain=world.domain, text=f"{UNFROZEN}opmerking")
    return draft


def secret_kerngroep(world: World) -> Report:
    draft = ReportFactory.create(
        plan=world.plan, created_by=world.coordinator, title=f"{KERNGROEP}rapport",
        foreword=f"{KERNGROEP}woord", audience=Audience.CORE_GROUP,
    )  # fmt: skip
    return freeze(draft, version=draft.version, by=world.coordinator)


# --- The crawl --------------------------------------------------------------------------------


def addresses(stage: Stage, lead: Partner) -> dict[str, list[str]]:
    """The addresses that each person is shown, and the questions that some of them take."""
    rows = [row for row in ROWS if "GET" in row.methods and tells_of_plans(row)]
    found = [(row, reverse(row.name, kwargs=row.arguments(stage)) + row.query) for row in rows]
    questions = list(asked(stage, lead))
    return {
        actor: [url for row, url in found if 200 in row.expected("GET", LIKE[actor])]
        + [url for name, url in questions if actor != Role.ADMINISTRATOR or "accounts" in name]
        for actor in ACTORS
    }


def asked(stage: Stage, lead: Partner) -> Iterator[tuple[str, str]]:
    listed, plan = reverse("plans:actions"), stage.plan
    for query in (
        f"q={CLOSED}titel", f"q={CORE}titel&archief=on", "groep=trekker&sort=-trekker",
        f"trekker={lead.pk}&plan={plan.code}", "stand=rood&thema=overlast",
        "toon=te-laat&toon=quick-win", "toon=zonder-trekker&groep=domein",
    ):  # fmt: skip
        yield "plans:actions", f"{listed}?{query}"
    yield "plans:bulk", f"{reverse('plans:bulk')}?alle=1"
    yield "plans:structure", f"{reverse('plans:structure', args=[plan.code])}?domein=1"
    yield "accounts:people", f"{reverse('accounts:people')}?q=coordinator"


def tells_of_plans(row: Row) -> bool:
    """Not the entrance, one's own account and the style book: they know of no plan."""
    return row.name == "home" or row.name.startswith(
        ("plans:", "reports:", "partners:", "accounts:people", "accounts:person")
    )


# Says how much work waits, of whatever kind: the PDF of a secret report is one more.
HEALTH = re.compile(r'<p class="stat-note">[^<]*opdracht[^<]*</p>')


def read(visitor: Visitor, address: str) -> tuple[int, str]:
    response: Any = visitor.get(address)
    if getattr(response, "streaming", False):
        body = b"".join(response.streaming_content)
    else:
        body = response.content
    told = response.headers.get("Content-Disposition", "")
    text = sheet(body) if body.startswith(b"PK") else body.decode("utf-8", "replace")
    return response.status_code, HEALTH.sub("", PASSING.sub("", f"{told}\n{text}"))


def sheet(book: bytes) -> str:
    """The words of a workbook, without the moment it was made."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/")]
        return "".join(parts.read(name).decode() for name in names)


@dataclass(frozen=True, repr=False)
class Crawl:
    """What everybody read before and after, and what was to be kept from them."""

    stage: Stage
    secrets: Secrets
    visitors: dict[str, Visitor]
    before: dict[tuple[str, str], str]
    after: dict[tuple[str, str], str]

    def of(self, actor: str) -> dict[str, str]:
        return {address: text for (name, address), text in self.after.items() if name == actor}


@pytest.fixture(scope="module")
def crawl(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crawl]:
    with django_db_blocker.unblock(), transaction.atomic():
        stage = Stage.build(build_world())
        lead = PartnerFactory.create(municipality=stage.world.here, code="veilig", name="Vzw Stil")
        # That something is kept from people is nothing new: one such action stands there already.
        ActionFactory.create(sub_theme=stage.world.sub_theme, confidentiality=Level.CONFIDENTIAL)
        CompetenceFactory.create(municipality=stage.world.here, code="qz")
        keeper = member(stage.world.here, Role.CIV_STAFF)
        known = people(stage, lead)
        visitors = {actor: Visitor.signed_in(known[actor]) for actor in ACTORS}
        shown = addresses(stage, lead)
        # Who reads a part of the secrets sees other pages afterwards: only words are looked for.
        blind = {actor: urls for actor, urls in shown.items() if actor not in READS}
        before = pages(visitors, blind)
        secrets = tell(stage, lead, keeper)
        after = pages(visitors, shown)
        yield Crawl(
            stage, secrets, visitors,
            before,
            after,
        )  # fmt: skip
        transaction.set_rollback(True)


def pages(visitors: dict[str, Visitor], asked: dict[str, list[str]]) -> dict[tuple[str, str], str]:
    return {
        (actor, url): read(visitors[actor], url)[1] for actor, urls in asked.items() for url in urls
    }


# --- What must hold ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS, ids=str)
def test_no_page_holds_a_word_of_what_a_person_may_not_read(crawl: Crawl, actor: str) -> None:
    kept = (ALL | {NOTE}) - READS.get(actor, frozenset())
    told = {
        f"{address}: {word}"
        for address, text in crawl.of(actor).items()
        if "q=" not in address  # a search repeats the word that was asked
        for word in WORDS.findall(text)
        if word.startswith(tuple(kept))
    }
    assert sorted(told) == []


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [name for name in ACTORS if name not in READS], ids=str)
def test_every_page_is_the_same_as_if_the_secrets_did_not_exist(crawl: Crawl, actor: str) -> None:
    assert crawl.of(actor)
    differs = [
        f"{address}: {first_difference(crawl.before[actor, address], text)}"
        for address, text in crawl.of(actor).items()
        if text != crawl.before[actor, address]
    ]
    assert differs == []


def first_difference(old: str, new: str) -> str:
    lines = zip(old.splitlines(), new.splitlines(), strict=False)
    return next((f"{one.strip()} → {two.strip()}" for one, two in lines if one != two), "length")


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS, ids=str)
def test_whoever_asks_for_a_secret_by_its_address_finds_nothing(crawl: Crawl, actor: str) -> None:
    kept = ALL - READS.get(actor, frozenset())
    kept |= {NOTE}
    wrong = []
    for word, address in hidden_addresses(crawl):
        code, text = read(crawl.visitors[actor], address)
        if word in kept and (code not in {302, 403, 404} or WORDS.search(text)):
            wrong.append(f"{address}: {code} {WORDS.findall(text)[:2]}")
    assert wrong == []


def hidden_addresses(crawl: Crawl) -> Iterator[tuple[str, str]]:
    secrets = crawl.secrets
    for word, action in zip((CLOSED, CORE), secrets.actions, strict=True):
        yield word, f"{reverse('plans:action', args=[action.pk])}?verloop=1"
        for name in ("action-edit", "update"):
            yield word, reverse(f"plans:{name}", args=[action.pk])
        yield word, reverse("plans:indicator-value", args=[action.indicators.get().pk])
        file = action.attachments.get()
        yield word, reverse("plans:attachment", args=[file.pk])
    yield CLOSED, reverse("plans:attachment", args=[secrets.attachment.pk])
    for name in ("detail", "history", "versions", "structure"):
        yield DRAFT, reverse(f"plans:{name}", args=[secrets.plan.code])
    yield UNFROZEN, reverse("reports:detail", args=[secrets.draft.pk])
    yield SENT_ON, secrets.referral.get_absolute_url()
    yield SENT_ON, reverse("partners:referral-step", args=[secrets.referral.pk, "afronden"])
    yield SENT_ON, reverse("plans:of-referral", args=[secrets.referral.pk])
    for note in secrets.notes:
        for name in ("note", "note-edit", "note-name", "note-readings", "note-destroy"):
            yield NOTE, reverse(f"partners:{name}", args=[note.pk])
        yield NOTE, reverse("plans:of-note", args=[note.pk])
    for name in ("detail", "xlsx", "compare"):
        yield KERNGROEP, reverse(f"reports:{name}", args=[secrets.kerngroep.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [Role.CIV_STAFF, Role.COLLEGE, Role.CORE_GROUP, HELPER])
def test_a_kept_version_shows_each_reader_only_his_own_part(crawl: Crawl, actor: str) -> None:
    kept = ALL - READS.get(actor, frozenset())
    plan = crawl.stage.plan
    with transaction.atomic():
        old = plan.versions.order_by("pk")[0]
        new = keep_version(plan, by=None)
        told = ""
        for query in (f"van={old.pk}&tot=nu", f"van={old.pk}&tot={new.pk}",
                      f"van={new.pk}&tot={old.pk}"):  # fmt: skip
            address = f"{reverse('plans:compare', args=[plan.code])}?{query}"
            code, text = read(crawl.visitors[actor], address)
            assert code == 200
            told += text
        told += read(crawl.visitors[actor], reverse("plans:version", args=[plan.code, new.pk]))[1]
        transaction.set_rollback(True)
    assert [word for word in WORDS.findall(told) if word.startswith(tuple(kept))] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("audience", "kept"), [(Audience.COLLEGE, (CLOSED, CORE)), (Audience.CORE_GROUP, (CLOSED,))]
)
def test_a_report_holds_nothing_above_its_audience(
    crawl: Crawl, audience: Audience, kept: tuple[str, ...]
) -> None:
    stage = crawl.stage
    visitor = Visitor.signed_in(stage.world.coordinator)
    with transaction.atomic():
        report = ReportFactory.create(
            plan=stage.plan, created_by=stage.world.coordinator, audience=audience
        )
        told = read(visitor, report.get_absolute_url())[1]
        told += visitor.post(reverse("reports:preview", args=[report.pk])).content.decode()
        frozen = freeze(report, version=report.version, by=stage.world.coordinator)
        told += json.dumps(frozen.snapshot)
        for name in ("detail", "xlsx", "compare"):
            told += read(visitor, reverse(f"reports:{name}", args=[frozen.pk]))[1]
        figures = frozen.content["figures"]["actions"]
        transaction.set_rollback(True)
    assert [word for word in WORDS.findall(told) if word.startswith(kept)] == []
    assert figures == 1 + (audience == Audience.CORE_GROUP)
    if audience == Audience.COLLEGE:
        assert not AMOUNT.search(told)


@pytest.mark.django_db
def test_the_crawl_would_notice(crawl: Crawl) -> None:
    """The coordinator reads every secret: the words above do stand somewhere."""
    visitor = Visitor.signed_in(crawl.stage.world.coordinator)
    asked = [address for word, address in hidden_addresses(crawl) if word != NOTE]
    texts = [read(visitor, url)[1] for url in [*asked, reverse("plans:actions"), reverse("home")]]
    assert {word for text in texts for word in ALL if word in text} == ALL


# --- Confidential notes: not even who reads everything else -----------------------------------


@pytest.mark.django_db
def test_who_reads_every_secret_reads_no_note(crawl: Crawl) -> None:
    """The coordinator, made superuser too, on every page that opens for one."""
    coordinator = crawl.stage.world.coordinator
    User.objects.filter(pk=coordinator.pk).update(is_superuser=True)
    visitor = Visitor.signed_in(User.objects.get(pk=coordinator.pk))
    rows = [row for row in ROWS if 200 in row.expected("GET", Role.COORDINATOR)]
    shown = {reverse(row.name, kwargs=row.arguments(crawl.stage)) + row.query for row in rows}
    names = [str(note.pk) for note in crawl.secrets.notes]
    texts = {url: told_apart(visitor, url) for url in {*shown, *notes_hidden(crawl)}}
    words = (NOTE, *names)
    told = {url: word for url, text in texts.items() for word in words if word in text}
    User.objects.filter(pk=coordinator.pk).update(is_superuser=False)
    assert told == {}


def notes_hidden(crawl: Crawl) -> list[str]:
    return [address for word, address in hidden_addresses(crawl) if word == NOTE]


def told_apart(visitor: Visitor, url: str) -> str:
    """What a page says, without the address that was asked."""
    with transaction.atomic():
        text = read(visitor, url)[1].replace(url, "")
        transaction.set_rollback(True)
    return text


@pytest.mark.django_db
def test_the_named_person_does_read_them(crawl: Crawl) -> None:
    visitor = Visitor.signed_in(crawl.secrets.keeper)
    texts = [
        read(visitor, reverse("partners:note", args=[note.pk]))[1] for note in crawl.secrets.notes
    ]
    assert [NOTE in text for text in texts] == [True, True]


@pytest.mark.django_db
def test_no_table_mail_or_promise_holds_a_word_of_a_note(crawl: Crawl) -> None:
    """Every column of every table, the history, the outbox and the sessions among them."""
    freeze(
        crawl.secrets.draft, version=crawl.secrets.draft.version, by=crawl.stage.world.coordinator
    )
    assert [table for table in tables() if holds(table, NOTE)] == []
    assert holds("plans_action", CLOSED), "the search itself would notice"
    assert [str(message.message()) for message in mail.outbox if NOTE in message.body] == []


@pytest.mark.django_db
def test_no_pdf_holds_a_word_above_its_reader(
    crawl: Crawl, settings: LazySettings, tmp_path: Path
) -> None:
    """The files themselves, as the worker makes them: two reports, and a PDF asked from a page."""
    settings.MEDIA_ROOT = tmp_path
    coordinator = crawl.stage.world.coordinator
    with transaction.atomic():
        OutboxEntry.objects.waiting().update(status=OutboxStatus.CANCELLED)
        audiences = (Audience.CORE_GROUP, Audience.COLLEGE)
        made: list[Any] = [frozen_for(crawl, audience) for audience in audiences]
        made.append(partner_paper.ask(crawl.stage.plan, by=coordinator))
        while outbox.drain("pdf"):  # one turn of a worker is bounded in time
            pass
        texts = [text_of(row) for row in made]
        transaction.set_rollback(True)
    core_group, college, matrix = texts
    assert [text for text in texts if NOTE in text] == []
    assert CLOSED not in core_group
    assert CLOSED not in college
    assert CORE not in college
    # The search itself would notice: what a reader may read does stand there.
    assert CORE in core_group
    assert squashed(crawl.secrets.lead.name) in matrix


def frozen_for(crawl: Crawl, audience: Audience) -> Report:
    plan, by = crawl.stage.plan, crawl.stage.world.coordinator
    report = ReportFactory.create(plan=plan, created_by=by, audience=audience)
    return freeze(report, version=report.version, by=by)


def text_of(row: Any) -> str:
    """What stands in the file, whatever the lines on which it stands."""
    row.refresh_from_db()
    pages = PdfReader(io.BytesIO(Path(row.pdf.path).read_bytes())).pages
    return squashed("".join(sheet.extract_text() for sheet in pages))


def squashed(text: str) -> str:
    """Words broken at the end of a line are whole again."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def holds(table: str, word: str) -> bool:
    """Whether a row of the table, bytes and all, has this word in it."""
    columns = {str(field.column) for model in apps.get_models() if model._meta.db_table == table
               for field in model._meta.concrete_fields
               if field.get_internal_type() == "BinaryField"}  # fmt: skip
    name = connection.ops.quote_name(table)
    told = " || ".join(
        [
            f"{name}::text",
            *(f"coalesce(encode({column}, 'escape'), '')" for column in sorted(columns)),
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name} WHERE {told} LIKE %s)", [f"%{word}%"])  # noqa: S608
        return bool(cursor.fetchone()[0])
