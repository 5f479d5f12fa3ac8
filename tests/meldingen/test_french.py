"""French: on each public page and in each mail, where the municipality offers it and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import trans_real

from core import outbox, texts
from core.models import LogEntry
from meldingen.links import QUESTIONS, response_token
from meldingen.models import Category, Channel, Melding, Reporter
from meldingen.operations import questions, steps
from tests.conftest import World
from tests.factories import (
    CategoryFactory,
    ClosureReasonFactory,
    MeldingFactory,
    ReporterFactory,
    ReporterQuestionFactory,
    SourceFactory,
)
from tests.french import mailed_texts, public_texts
from tests.meldingen.citizen import address, filled, picture

FRENCH = {"taal": "fr"}


@pytest.fixture
def category(world: World) -> Category:
    world.here.has_facilities = True
    world.here.save()
    SourceFactory.create(municipality=world.here, code="web", is_public=True)
    return CategoryFactory.create(
        municipality=world.here, handler=world.service, name="Sluikstort", french="Dépôt sauvage"
    )


class Missing:
    """Stands where Django looks for what has no French."""

    def __init__(self, behind: Any) -> None:
        self.behind, self.found = behind, set[str]()

    def gettext(self, text: str) -> str:
        self.found.add(text)
        return str(self.behind.gettext(text))

    def ngettext(self, one: str, more: str, number: int) -> str:
        self.found.add(one)
        return str(self.behind.ngettext(one, more, number))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Missing:
    catalogue: Any = trans_real.translation("fr")
    found = Missing(catalogue._fallback)
    monkeypatch.setattr(catalogue, "_fallback", found)
    return found


def french(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    """A page as it is read and, with data, as it is sent."""
    answer = client.get(url, FRENCH) if data is None else client.post(f"{url}?taal=fr", data)
    told = answer.content.decode()
    assert answer.status_code in {302, 422, 429} or '<html lang="fr"' in told
    return answer["Location"] if answer.status_code == 302 else told


def test_the_form_is_french_in_every_step_and_every_error(
    category: Category, client: Client, missing: Missing
) -> None:
    url = address(category.municipality)
    french(client, url)
    for step in ("wat", "waar", "wie"):
        french(client, url, filled(category, stap=step, photos=[picture(f"{step}.jpg", "red")]))
        french(client, url, {"stap": step})
    wrong = {"channel": Channel.MAIL, "website": "x", "opened": "y", "text": "a\u202eb"}
    french(client, url, filled(category, **wrong))
    french(client, url, filled(category, stap="wat", photos=[picture("a.exe"), picture("a.png")]))
    french(client, reverse("meldingen:public"))

    assert missing.found == set()


def test_what_comes_after_is_french(category: Category, client: Client, missing: Missing) -> None:
    mia = {"channel": Channel.MAIL, "email": "mia@burger.example"}
    thanks = french(client, address(category.municipality), filled(category, **mia))
    assert thanks.endswith("?taal=fr")
    told = client.get(thanks).content.decode()
    reporter = Reporter.objects.get()
    question = ReporterQuestionFactory.create(reporter=reporter)
    asked = reverse("meldingen:question", args=[QUESTIONS.sign(str(question.pk))])
    Melding.objects.update(status="afgehandeld", closed_at=timezone.now())
    solved = reverse("meldingen:solved", args=[response_token(reporter)])
    follow = reverse("meldingen:follow", args=[reporter.melding.follow_code])
    for page in (asked, solved, follow, reverse("meldingen:follow-form")):
        told += french(client, page)
        told += french(client, page, {"code": "ZZZZ"}) if page != follow else ""
    told += french(client, asked, {"answer": "À gauche."}) + french(
        client, solved, {"solved": "nee"}
    )

    assert missing.found == set()
    assert LogEntry.objects.get(verb="melding.reopened_by_reporter").changes[0]["new"] == "Heropend"
    assert "Dépôt sauvage" in told
    assert "Sluikstort" not in told


def test_every_status_says_something_in_french(
    category: Category, client: Client, missing: Missing
) -> None:
    for status, _label in Melding._meta.get_field("status").flatchoices:
        row = MeldingFactory.create(
            municipality=category.municipality, follow_code=f"CODE{len(status)}{status[0]}".upper(),
            status=status, closed_at=timezone.now() if status in
            {"afgehandeld", "doorverwezen", "geen actie"} else None,
        )  # fmt: skip
        french(client, reverse("meldingen:follow", args=[row.follow_code]))
        row.delete()

    assert missing.found == set()


def test_mails_are_french_and_lead_to_french_pages(
    world: World, category: Category, client: Client
) -> None:
    mia = {"channel": Channel.MAIL, "email": "mia@burger.example", "name": "Mia"}
    french(client, address(category.municipality), filled(category, **mia))
    melding = Melding.objects.get()
    questions.ask(melding, "À quel numéro ?", by=world.coordinator)
    reason = ClosureReasonFactory.create(municipality=world.here, name="Opgelost", french="Résolu")
    steps.close(melding, reason, by=world.coordinator)
    outbox.drain("mail")

    assert [message.subject for message in mail.outbox] == [
        f"Zandrode: votre signalement {melding.number}",
        f"Zandrode: une question sur votre signalement {melding.number}",
        f"Zandrode: votre signalement {melding.number}",
    ]
    assert all("taal=fr" in str(message.body) for message in mail.outbox)
    assert "Mia" not in "".join(str(message.subject) for message in mail.outbox)
    assert "Résolu" in str(mail.outbox[2].body)


def test_without_facilities_there_is_no_french(world: World, client: Client) -> None:
    SourceFactory.create(municipality=world.here, code="web", is_public=True)

    told = client.get(address(world.here), FRENCH).content.decode()

    assert 'lang="fr"' not in told
    assert "Français" not in told


def test_the_other_language_is_one_click_away(category: Category, client: Client) -> None:
    url = address(category.municipality)

    assert f'href="{url}?taal=fr" lang="fr"' in client.get(url).content.decode()
    assert f'href="{url}" lang="nl"' in client.get(url, FRENCH).content.decode()
    assert translation.get_language() == "nl-be"  # nothing is left behind for who comes next


def test_the_catalogue_holds_every_text_of_the_public_pages() -> None:
    catalogue = texts.read(texts.catalogues()[0])
    held = {
        one
        for message in catalogue
        for one in ([message.id] if isinstance(message.id, str) else message.id)
    }
    empty = [message.id for message in catalogue if message.id and not all(_strings(message))]

    assert sorted((public_texts() | mailed_texts()) - held) == []
    assert empty == []


def _strings(message: Any) -> Any:
    return [message.string] if isinstance(message.string, str) else message.string


def test_a_reporter_of_a_french_form_is_written_in_french(
    category: Category, client: Client
) -> None:
    french(client, address(category.municipality), filled(category, name="Mia"))

    assert Reporter.objects.get().language == "fr"
    assert ReporterFactory.build().language == "nl"


def test_a_form_that_is_held_up_says_so_in_french(
    category: Category, client: Client, missing: Missing, settings: LazySettings
) -> None:
    settings.PUBLIC_REPORTS_PER_HOUR = 0
    told = french(client, address(category.municipality), filled(category))
    assert "Nous recevons actuellement un très grand nombre de signalements" in told

    settings.PUBLIC_REPORTS_PER_HOUR = 200
    settings.ACCOUNT_RATE_LIMITS = {"melden_versturen": "0/h/ip"}
    told = french(client, address(category.municipality), filled(category))
    assert "déjà venus de votre connexion" in told
    assert not missing.found
