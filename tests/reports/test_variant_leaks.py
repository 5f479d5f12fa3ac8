"""What nobody may read in a report for the zonal council, for a partner or for residents: a word is
put in every text that is not for them, and looked for in the snapshot, on the page and on paper."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Neighbourhood
from core import outbox
from core.confidentiality import Level
from core.pdf_work import canonical
from meetings.models import Body
from partners.models import EscalationStep, Referral, Rung
from partners.operations.notes import make_note
from partners.operations.referrals import refer
from partners.workflow import AgreementStatus, CommitmentStatus
from plans.models import ActionPartner, PartnerRole
from plans.models.actions import BudgetLine
from reports.models import Report, Variant
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CategoryFactory,
    CommitmentFactory,
    CompetenceFactory,
    EvaluationFactory,
    IndicatorFactory,
    MailboxFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    PartnerFactory,
    ReporterFactory,
    ResolutionFactory,
    ShareFactory,
    UpdateFactory,
)
from tests.reports.stage import frozen

WORDS = {level: f"Zeehond{level.value.replace(' ', '')}" for level in Level}
ENGAGED, STREET, TOLD, SENT, OTHERS, ENDED, ASIDE = (
    "Zeehondladder", "Zeehondstraat", "Zeehondmelding", "Zeehondbrief", "Zeehondander",
    "Zeehondvoorbij", "Zeehondnota",
)  # fmt: skip
EVERY = {*WORDS.values(), ENGAGED, STREET, TOLD, SENT, OTHERS, ENDED, ASIDE}
SHOWN = "Walvistekst"  # what was written for the partner
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hood(world: World) -> Neighbourhood:
    """A neighbourhood and a partner about which everything was written somewhere."""
    place = NeighbourhoodFactory.create(municipality=world.here)
    world.plan.confidentiality = Level.PUBLIC
    world.plan.save(update_fields=["confidentiality"])
    for level, word in WORDS.items():
        _action(world, place, level, word)
        _agreement(world, level, word)
    _between(world)
    _street(world, place)
    return place


def _action(world: World, place: Neighbourhood, level: Level, word: str) -> None:
    action = ActionFactory.create(
        sub_theme=world.sub_theme, running=True, confidentiality=level, title=word, why=word,
        how=word, expected_result=word, light="rood", lead_partner=world.care,
        due=TODAY + dt.timedelta(days=5), start=dt.date(2026, 1, 1),
    )  # fmt: skip
    action.neighbourhoods.add(place)
    UpdateFactory.create(action=action, red=True, on=TODAY, done=word, cause=word, proposal=word)
    IndicatorFactory.create(action=action, title=word)
    BudgetLine.objects.create(action=action, year=2026, source="gemeente", planned=7)
    other = PartnerFactory.create(municipality=world.here, name=f"{word} vzw")
    ActionPartner.objects.create(action=action, partner=other, role=PartnerRole.EXECUTOR)
    EvaluationFactory.create(
        action=action, title=word, lessons=word, judgement="stoppen", judgement_reason=word,
        status="vastgesteld", established_on=TODAY,
    )  # fmt: skip
    bodies = (Body.CORE_GROUP, Body.COUNCIL, Body.ZONE)
    for body in bodies if level != Level.PUBLIC else ():
        row = ResolutionFactory.create(
            municipality=world.here, body=body, on=TODAY, text=word, outcome=word,
            confidentiality=level, owner=world.care,
        )  # fmt: skip
        row.actions.add(action)


def _agreement(world: World, level: Level, word: str) -> None:
    for status in (AgreementStatus.ACTIVE, AgreementStatus.DRAFT):
        hidden = status == AgreementStatus.DRAFT or level in {Level.RESTRICTED, Level.CONFIDENTIAL}
        agreement = AgreementFactory.create(
            municipality=world.here, confidentiality=level, status=status, object=word,
            title=word if hidden else "Samen op straat",
        )  # fmt: skip
        party = AgreementPartyFactory.create(agreement=agreement, partner=world.care)
        CommitmentFactory.create(
            party=party, gives=word if hidden else "Wij komen langs", remark=ENGAGED,
            measure=ENGAGED, status=CommitmentStatus.NOT_KEPT, judged_on=TODAY,
        )  # fmt: skip
        other = PartnerFactory.create(municipality=world.here, name=f"{OTHERS} {agreement.code}")
        theirs = AgreementPartyFactory.create(agreement=agreement, partner=other)
        CommitmentFactory.create(party=theirs, gives=OTHERS, gets=OTHERS)


def _between(world: World) -> None:
    """What passes between the municipality and the partner."""
    by, care = world.coordinator, world.care
    ShareFactory.create(
        action=ActionFactory.create(sub_theme=world.sub_theme, title="Walvisactie", why=OTHERS),
        partner=care, text=SHOWN, purpose=ASIDE,
    )  # fmt: skip
    over = timezone.now() - dt.timedelta(days=1)
    ShareFactory.create(
        action=ActionFactory.create(sub_theme=world.sub_theme, title=ENDED), partner=care,
        text=ENDED, starts_at=over - dt.timedelta(days=9), ends_at=over,
    )  # fmt: skip
    ShareFactory.create(
        action=ActionFactory.create(sub_theme=world.sub_theme, title=OTHERS),
        partner=PartnerFactory.create(municipality=world.here), text=OTHERS,
    )  # fmt: skip
    for rung in Rung:
        EscalationStep.objects.create(partner=care, rung=rung, about=ENGAGED, agreed=ENGAGED, by=by)
    make_note(ASIDE, by=by, municipality=world.here, partner=care)
    competence = CompetenceFactory.create(municipality=world.here)
    refer(
        Referral(municipality=world.here, partner=care, competence=competence, reason=SENT,
                 text_to_share=SENT, consent="niet nodig"), by=by,
    )  # fmt: skip
    asked = EvaluationFactory.create(action=world.action, status="bezig", title="Hoe loopt het?")
    asked.happened, asked.effect = OTHERS, OTHERS
    asked.save()
    ParticipantFactory.create(evaluation=asked, partner=care)
    ParticipantFactory.create(
        evaluation=asked, partner=world.service, satisfaction=1, went_well=OTHERS,
        answered_by=world.lead, answered_at=timezone.now(),
    )  # fmt: skip


def _street(world: World, place: Neighbourhood) -> None:
    """Meldingen of every level; nine about a thing, and some about people."""
    spot: dict[str, Any] = {"latitude": 50.95, "longitude": 4.2, "place": STREET}
    litter = CategoryFactory.create(municipality=world.here, name="Sluikstort")
    people = CategoryFactory.create(municipality=world.here, name=TOLD, is_sensitive=True)
    told: dict[str, Any] = {"municipality": world.here, "neighbourhood": place, **spot}
    for _one in range(9):
        row = MeldingFactory.create(category=litter, text=TOLD, **told)
        ReporterFactory.create(melding=row, name=TOLD)
    for _one in range(7):
        MeldingFactory.create(category=people, text=TOLD, **told)
    for level in (Level.RESTRICTED, Level.CONFIDENTIAL):
        MeldingFactory.create(category=litter, confidentiality=level, text=TOLD, **told)
    rare = CategoryFactory.create(municipality=world.here, name="Zeehondzeldzaam")
    MeldingFactory.create(category=rare, text=TOLD, **told)
    MailboxFactory.create(municipality=world.here, neighbourhood=place, name=STREET, place=STREET)


def made(world: World, variant: Variant, place: Neighbourhood) -> Report:
    subject: dict[str, Any] = {
        "": {},
        "partner": {"partner": world.care},
        "neighbourhood": {"neighbourhood": place},
    }
    days = {"period_start": dt.date(2026, 1, 1), "period_end": TODAY}
    return frozen(world, audience=variant.audience, **subject[variant.subject], **days)


def everything(client: Client, world: World, report: Report) -> str:
    """The snapshot, the pages and the paper, in one text."""
    client.force_login(world.coordinator)
    addresses = (report.get_absolute_url(), f"{report.get_absolute_url()}vergelijken/")
    pages = [client.get(address).content.decode() for address in addresses]
    outbox.drain("pdf")
    report.refresh_from_db()
    paper = PdfReader(io.BytesIO(Path(report.pdf.path).read_bytes()))
    text = " ".join(sheet.extract_text() for sheet in paper.pages)
    return "\n".join([canonical(report.content).decode(), *pages, text])


PUBLIC = {WORDS[Level.PUBLIC]}
ALLOWED: dict[Variant, set[str]] = {
    Variant.PARTNER_GIVEN: set(),
    Variant.NEIGHBOURHOOD_PUBLIC: PUBLIC,
    # Categories of meldingen are the municipality's own words, and counted for the council.
    Variant.ZONE: {*PUBLIC, WORDS[Level.INTERNAL], TOLD, ENDED, OTHERS, "Zeehondzeldzaam"},
    Variant.PARTNER: {*WORDS.values(), ENGAGED, OTHERS} - {WORDS[Level.CONFIDENTIAL]},
    Variant.NEIGHBOURHOOD: {*WORDS.values(), OTHERS, STREET, TOLD, "Zeehondzeldzaam"}
    - {WORDS[Level.CONFIDENTIAL]},
}
MUST: dict[Variant, set[str]] = {
    Variant.PARTNER_GIVEN: set(),
    Variant.NEIGHBOURHOOD_PUBLIC: PUBLIC,
    Variant.ZONE: {WORDS[Level.INTERNAL]},
    Variant.PARTNER: {WORDS[Level.RESTRICTED], ENGAGED},
    Variant.NEIGHBOURHOOD: {WORDS[Level.RESTRICTED], STREET},
}


@pytest.mark.parametrize("variant", list(ALLOWED))
def test_nothing_gets_in_that_its_readers_may_not_read(
    client: Client, world: World, hood: Neighbourhood, variant: Variant
) -> None:
    told = everything(client, world, made(world, variant, hood))

    found = {word for word in {*EVERY, "Zeehondzeldzaam"} if word in told}
    assert found <= ALLOWED[variant]
    assert found >= MUST[variant]  # the words are looked for where they can be found


def test_what_is_given_holds_what_was_shared(
    client: Client, world: World, hood: Neighbourhood
) -> None:
    report = made(world, Variant.PARTNER_GIVEN, hood)
    told = everything(client, world, report)
    for words in (SHOWN, "Walvisactie", "Samen op straat", "Wij komen langs", "Hoe loopt het?"):
        assert words in told
    assert not {"engagement", "actions", "lights", "budget", "meldingen"} & set(report.content)
    assert report.content["doorverwijzingen"]["sent"] == 1


def test_of_a_plan_that_is_not_public_the_partner_hears_no_name(
    client: Client, world: World, hood: Neighbourhood
) -> None:
    world.plan.confidentiality = Level.INTERNAL
    world.plan.title = "Zeehondplan"
    world.plan.save(update_fields=["confidentiality", "title"])
    report = made(world, Variant.PARTNER_GIVEN, hood)
    assert "Zeehondplan" not in canonical(report.content).decode()
    assert "Zeehondplan" not in everything(client, world, report)


def test_residents_read_counts_of_things_that_are_many_enough(
    world: World, hood: Neighbourhood
) -> None:
    kept = made(world, Variant.NEIGHBOURHOOD_PUBLIC, hood).content["meldingen"]
    assert kept["categories"] == [{"name": "Sluikstort", "entered": 9}]
    assert [row["value"] for row in kept["tiles"]] == ["10", "0", "10"]


def test_a_small_number_is_no_number(world: World) -> None:
    place = NeighbourhoodFactory.create(municipality=world.here)
    MeldingFactory.create_batch(3, municipality=world.here, neighbourhood=place)
    world.plan.confidentiality = Level.PUBLIC
    world.plan.save(update_fields=["confidentiality"])
    content = made(world, Variant.NEIGHBOURHOOD_PUBLIC, place).content
    assert [row["value"] for row in content["meldingen"]["tiles"]] == [
        "minder dan 5", "0", "minder dan 5",
    ]  # fmt: skip
    assert "3" not in {str(row["value"]) for row in content["tiles"]}


def test_personal_data_in_the_foreword_stop_what_is_given(
    client: Client, world: World, hood: Neighbourhood
) -> None:
    report = Report.objects.create(
        plan=world.plan, municipality=world.here, audience="partner", partner=world.care,
        title="Dossier", period_start=dt.date(2026, 1, 1), period_end=TODAY,
        foreword="Bel Jan Peeters, Kerkstraat 12, op 0478 12 34 56.", created_by=world.coordinator,
    )  # fmt: skip
    client.force_login(world.coordinator)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "lijken persoonsgegevens te staan" in page
    answer = client.post(f"{report.get_absolute_url()}bevriezen/", {"version": report.version})
    assert answer.status_code == 403
    assert not Report.objects.frozen().exists()
