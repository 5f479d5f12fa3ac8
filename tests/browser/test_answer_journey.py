"""From the mail to the answer, without signing in: a partner's opinion, and news of an action."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.house import House
from tests.browser.test_accessibility import look
from tests.processes import wait_until

PHONE_OPTIONS: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
PLAIN = {"java_script_enabled": False}
LINK = re.compile(r"http://[^\s]+(/antwoord/[\w-]{43}/)")
LEAD, PARTNER = "tech@zandrode.example", "partner.wonen@zandrode.example"
# Nine o'clock of the next working day: it comes when the test says so.
DAY = """
import datetime as dt
from core.workdays import is_working_day
from django.utils import timezone
day = timezone.localdate() + dt.timedelta(days=1)
while not is_working_day(day):
    day += dt.timedelta(days=1)
morning = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
"""
MORNING = """
from reminders import engine
engine.run(morning)
"""
NEWS_IS_DUE = """
from plans.models import Action
led = Action.objects.filter(title="Vuilnisbakken tellen")
led.update(last_update_on=day - dt.timedelta(days=91), due=None, structural=True)
"""


def in_product(house: House, program: str) -> None:
    house.run(f"{DAY}\n{program}")


def letter_with_link(house: House, email: str, about: str) -> str:
    """The morning comes, the worker sends the mail of the day, and the person finds the link."""
    in_product(house, MORNING)
    found: list[str] = []

    def arrived() -> bool:
        parts = [part for text in house.mail.letters_to(email) for part in text.split("\n- ")]
        found[:] = [link for part in parts if about in part for link in LINK.findall(part)]
        return bool(found)

    assert wait_until(arrived, 60), house.mail.letters_to(email)
    return found[-1]


@pytest.fixture(scope="module")
def asked(house: House) -> None:
    """An evaluation begins of an agreement that the partner is a party to; news is due."""
    in_product(
        house,
        """
from evaluations.models import Evaluation, Participant
from plans.models import Action
Evaluation.objects.filter(title="Evaluatie leefbaarheidsafspraken").update(status="bezig")
Participant.objects.update(asked_at=morning)
# Another than the one that the tests on a phone look for.
first = Action.objects.filter(lead_partner__memberships__user__email="tech@zandrode.example",
                              status="lopend", confidentiality="openbaar").last()
assert "Sluikstort" not in first.title
Action.objects.filter(pk=first.pk).update(title="Vuilnisbakken tellen")
"""
        + NEWS_IS_DUE,
    )


@pytest.mark.usefixtures("asked")
def test_a_partner_answers_an_evaluation_from_the_mail(visit: Open, house: House) -> None:
    link = letter_with_link(house, PARTNER, "Evaluatie leefbaarheidsafspraken")
    page = visit("", link, **PHONE_OPTIONS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Evaluatie leefbaarheidsafspraken")
    page.get_by_role("button", name="Doorgaan als").tap()
    page.get_by_label("4 – tevreden").check()
    page.get_by_label("Wat ging goed?").fill("De korte lijnen.")
    page.get_by_role("button", name="Bewaren").tap()
    expect(page.get_by_text("Bedankt, het is bewaard")).to_be_visible()
    assert page.context.cookies() == []

    page.goto(link)
    expect(page.get_by_text("Deze link werkt niet (meer)").first).to_be_visible()

    desk = visit("coordinator", "/evaluaties/?q=leefbaarheidsafspraken")
    desk.get_by_role("link", name="Evaluatie leefbaarheidsafspraken").first.click()
    expect(desk.get_by_text("De korte lijnen.").first).to_be_visible()
    expect(desk.get_by_text("(via link uit de mail)").first).to_be_visible()


@pytest.mark.usefixtures("asked")
def test_a_lead_brings_an_action_up_to_date_from_the_mail(visit: Open, house: House) -> None:
    """Without scripts too; and the coordinator sees by what way it came."""
    link = letter_with_link(house, LEAD, "Vuilnisbakken tellen")
    page = visit("", link, **PHONE_OPTIONS, **PLAIN)
    page.get_by_role("button", name="Doorgaan als").tap()
    page.get_by_label("Wat is er gebeurd?").fill("Er staan er twaalf.")
    page.get_by_label("Op schema").check()
    page.get_by_role("button", name="Bewaren").tap()
    expect(page.get_by_text("Bedankt, het is bewaard")).to_be_visible()
    expect(page.get_by_text("Er staan er twaalf.")).to_be_visible()

    desk = visit("coordinator", "/acties/?q=Vuilnisbakken tellen")
    desk.locator("table").get_by_role("link", name="Vuilnisbakken tellen").click()
    expect(desk.get_by_text("Er staan er twaalf.").first).to_be_visible()
    expect(desk.get_by_text("(via link uit de mail)").first).to_be_visible()
    desk.goto("/herinneringen/antwoorden/")
    row = desk.locator("tbody tr").filter(has_text="Vuilnisbakken tellen")
    expect(row.filter(has_text="Antwoord bewaard")).to_be_visible()


@pytest.mark.usefixtures("asked")
def test_the_pages_behind_a_link_have_no_fault(visit: Open, house: House) -> None:
    in_product(
        house,
        """
from answers.models import AnswerLink
from core.models import OutboxEntry
from reminders.models import Reminder
AnswerLink.objects.update(revoked_at=timezone.now())
Reminder.objects.all().delete()
OutboxEntry.objects.filter(kind="digest").delete()
"""
        + NEWS_IS_DUE,
    )
    house.mail.taken.clear()
    link = letter_with_link(house, LEAD, "Vuilnisbakken tellen")
    page = visit("", reduced_motion="reduce")
    page.add_init_script(AXE_SCRIPT)
    for faults in seen(page, link):
        assert faults == []


def seen(page: Page, link: str) -> Any:
    """The start, the form, the refused form, what was saved, and a link that is spent."""
    page.goto(link)
    yield look(page)
    for done, step in ((None, "Doorgaan als"), ("", "Bewaren"), ("Klaar.", "Bewaren")):
        if done is not None:
            page.goto(link)
            page.get_by_role("button", name="Doorgaan als").click()
            page.locator("form").evaluate("form => form.noValidate = true")
            page.get_by_label("Wat is er gebeurd?").fill(done)
            page.get_by_label("Op schema").check()
        page.get_by_role("button", name=step).click()
        page.wait_for_load_state()
        yield look(page)
    page.goto(link)
    yield look(page)
