"""A mail of which nobody knows whether it arrived: the coordinator decides, and it goes out."""

from __future__ import annotations

import email
import email.policy

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open
from tests.browser.house import House
from tests.processes import wait_until

ADDRESS = "tech@zandrode.example"
# A worker died after it handed over yesterday's mail: nobody knows whether it arrived.
UNSURE = f"""
import datetime as dt
from accounts.models import Municipality, User
from core import outbox
from core.models import OutboxEntry
from django.utils import timezone
from reminders import engine
from reminders.models import Reminder
person, place = User.objects.get(email="{ADDRESS}"), Municipality.objects.get(code="ZAN")
engine.run_for(place, timezone.now())
on = timezone.localdate() - dt.timedelta(days=2)
assert Reminder.objects.visible_to(person).open().update(digest_on=on)
entry = outbox.promise("digest", key=f"digest:{{person.pk}}:{{on}}", place=place, person=person.pk,
                       on=str(on))
OutboxEntry.objects.filter(pk=entry.pk).update(status="unsure", attempts=1)
"""


def test_the_coordinator_sends_an_unsure_mail_again(visit: Open, house: House) -> None:
    """From the start page, on a phone, in two taps."""
    house.run(UNSURE)
    page = visit("coordinator", viewport=PHONE)
    before = house.mail.to[ADDRESS]

    page.get_by_role("link", name="Bekijk welke").click()
    row = page.get_by_role("listitem").filter(has_text="Onzeker").filter(has_text="Ploegbaas").first
    expect(row).to_contain_text("Herinneringen van")
    row.get_by_role("button", name="Opnieuw sturen").click()

    expect(page.get_by_text("Opnieuw sturen: 1.")).to_be_visible()
    assert wait_until(lambda: house.mail.to[ADDRESS] == before + 1, 60)
    message = next(
        found for found in (
            email.message_from_bytes(text, policy=email.policy.default)
            for text in reversed(house.mail.taken)
        ) if found["To"] == ADDRESS
    )  # fmt: skip
    assert message["Subject"] == "Zandrode: wat op je wacht"
    page.goto("/mails/?toon=verstuurd")
    expect(page.get_by_text("Ploegbaas openbaar domein (demo)").first).to_be_visible()
