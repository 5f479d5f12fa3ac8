"""From the mail to what it became: each purpose through its own operation, once, with its line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from answers.models import SUBJECTS, AnswerLink, AnswerUse
from answers.operations import links_for
from answers.workflow import Outcome
from core import outbox
from core.confidentiality import Level
from core.models import Channel, LogEntry
from evaluations.models import Participant
from plans.models import Action, Contribution, Share, Update
from reminders import engine
from reminders.models import LinkRules
from reminders.purposes import all_purposes
from tests.answers.conftest import (
    ON,
    OPEN,
    address,
    asked,
    for_action,
    for_opinion,
    for_share,
    level,
    news,
    only_link,
    opinion,
    part,
)
from tests.conftest import World
from tests.factories import ActionFactory
from tests.reminders.clock import at

LINK = re.compile(r"/antwoord/[\w-]{43}/")


def mail_to(email: str) -> str:
    while outbox.drain("mail"):
        pass
    [message] = [one for one in mail.outbox if one.to == [email]]
    both: Any = message
    assert set(LINK.findall(str(message.body))) == set(LINK.findall(both.alternatives[0][0]))
    return str(message.body)


@pytest.mark.usefixtures("allowed")
def test_a_lead_answers_from_the_mail(client: Client, world: World) -> None:
    engine.run(at("2026-04-13"))
    [link] = LINK.findall(mail_to(world.lead.email))

    start = client.get(link)
    assert world.action.title in start.content.decode()
    assert "Doorgaan als" in start.content.decode()
    assert "Hoe loopt het?" in client.post(link, OPEN).content.decode()
    saved = client.post(link, news())

    assert "Bedankt" in saved.content.decode()
    update = Update.objects.get()
    assert (update.made_by, update.progress, update.channel) == (world.lead, 60, Channel.LINK)
    world.action.refresh_from_db()
    assert world.action.last_update_on == timezone.localdate()
    assert LogEntry.objects.get(verb="action.updated").channel == Channel.LINK


@pytest.mark.usefixtures("allowed")
def test_its_history_says_that_it_came_by_link(client: Client, world: World) -> None:
    client.post(for_action(world), news())
    client.force_login(world.coordinator)

    page = client.get(world.action.get_absolute_url()).content.decode()

    assert f"{world.lead.name} (via link uit de mail)" in page


@pytest.mark.usefixtures("allowed")
def test_a_partner_gives_its_opinion(client: Client, world: World, question: Participant) -> None:
    link = for_opinion(world, question)
    assert "Hoe ging het?" in client.get(link).content.decode()

    assert client.post(link, opinion(satisfaction="9")).status_code == 422
    assert client.post(link, opinion()).status_code == 200

    question.refresh_from_db()
    assert (question.satisfaction, question.answered_by) == (4, world.partner)
    assert LogEntry.objects.get(verb="evaluation.answered").channel == Channel.LINK
    client.force_login(world.coordinator)
    page = client.get(question.evaluation.get_absolute_url()).content.decode()
    assert "(via link uit de mail)" in page


@pytest.mark.usefixtures("allowed")
def test_a_person_who_is_asked_answers_too(
    client: Client, world: World, question: Participant
) -> None:
    mine = Participant.objects.create(evaluation=question.evaluation, person=world.core_group)
    link = address(world.core_group, "evaluatie-mening", mine.pk)

    assert client.post(link, opinion()).status_code == 200

    mine.refresh_from_db()
    assert mine.went_well == "De mensen"


@pytest.mark.usefixtures("allowed")
def test_a_partner_reports_on_its_own_part(client: Client, world: World, share: Share) -> None:
    assert client.post(for_share(world, share), part()).status_code == 200

    assert Contribution.objects.get().by == world.partner
    assert LogEntry.objects.get(verb="share.contributed").channel == Channel.LINK


@pytest.mark.usefixtures("allowed")
def test_what_was_typed_wrong_is_kept_and_the_link_with_it(client: Client, world: World) -> None:
    link = for_action(world)

    refused = client.post(link, news(light="rood"))
    assert refused.status_code == 422
    assert "Tien bussen hangen." in refused.content.decode()

    assert client.post(link, news()).status_code == 200


@pytest.mark.usefixtures("allowed")
def test_a_double_tap_is_one_update_and_says_the_same(client: Client, world: World) -> None:
    link, sent = for_action(world), news()

    first, second = client.post(link, sent), client.post(link, sent)

    assert first.content == second.content
    assert Update.objects.count() == 1
    # Another text under the same form is not what was saved.
    third = client.post(link, {**sent, "done": "Iets anders"}).content.decode()
    assert "Tien bussen hangen." in third
    assert "Iets anders" not in third


@pytest.mark.usefixtures("allowed")
def test_the_page_says_what_was_saved_and_where_to_change_it(client: Client, world: World) -> None:
    page = client.post(for_action(world), news()).content.decode()

    assert "Tien bussen hangen." in page
    assert "60 %" in page
    assert f'href="{world.action.get_absolute_url()}"' in page


@pytest.mark.usefixtures("allowed")
def test_a_mail_that_is_drawn_again_holds_the_same_link(world: World) -> None:
    assert for_action(world) == for_action(world)
    assert AnswerLink.objects.count() == 1


@pytest.mark.usefixtures("allowed")
def test_a_link_that_was_used_spends_those_of_earlier_mails(client: Client, world: World) -> None:
    earlier = for_action(world)
    later = address(world.lead, "actie-bijwerken", world.action.pk, on=timezone.localdate())
    assert earlier != later

    client.post(later, news())

    assert client.get(earlier).status_code == 404
    assert client.post(earlier, news()).status_code == 404
    assert Update.objects.count() == 1


def test_without_a_word_of_the_municipality_no_mail_holds_a_link(world: World) -> None:
    engine.run(at("2026-04-13"))

    assert "/antwoord/" not in mail_to(world.lead.email)
    assert not AnswerLink.objects.exists()


def test_a_link_works_as_long_as_the_municipality_says(world: World, allowed: LinkRules) -> None:
    LinkRules.objects.update(days=3)
    for_action(world)

    assert (only_link().expires_at - only_link().made_at).days == 3


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("name", [Level.PARTNERS, Level.RESTRICTED, Level.CONFIDENTIAL])
def test_of_what_is_for_few_the_mail_holds_no_link(world: World, name: str) -> None:
    level(world.action, name)

    assert for_action(world) == ""


@pytest.mark.usefixtures("allowed")
def test_who_follows_it_up_signs_in(client: Client, world: World) -> None:
    """The coordinator hears of what stayed undone, and gets no link."""
    engine.run(at("2026-04-27"))

    assert "/antwoord/" not in mail_to(world.coordinator.email)


@pytest.mark.usefixtures("allowed")
def test_a_second_step_stands_in_the_way_until_the_municipality_lets_go(
    client: Client, world: World, settings: Any
) -> None:
    before = for_action(world)
    settings.MFA_REQUIRED_ROLES = [str(role) for role in world.lead.roles]

    assert before
    assert client.post(before, news()).status_code == 404
    AnswerLink.objects.update(revoked_at=timezone.now())
    assert for_action(world) == ""

    LinkRules.objects.update(with_second_step=True)
    assert client.post(for_action(world), news()).status_code == 200


@pytest.mark.usefixtures("allowed")
def test_an_invitation_alone_gets_no_link(world: World) -> None:
    world.lead.set_unusable_password()
    world.lead.save()

    assert for_action(world) == ""


@pytest.mark.usefixtures("allowed")
def test_every_use_is_written_down_and_reading_is_no_use(client: Client, world: World) -> None:
    link = for_action(world)
    for _scanner in range(3):
        client.get(link)
        client.head(link)
    assert not AnswerUse.objects.exists()

    client.post(link, OPEN)
    client.post(link, news())
    client.post(link, news())

    outcomes = AnswerUse.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.OPENED, Outcome.SAVED, Outcome.REFUSED]


@pytest.mark.usefixtures("allowed")
def test_the_page_asks_little(client: Client, world: World) -> None:
    link = for_action(world)
    client.get(link)
    with CaptureQueriesContext(connection) as queries:
        client.get(link)
    assert len(queries) <= 20  # the count of wrong addresses is kept in the database too


@pytest.mark.usefixtures("allowed")
def test_links_of_many_things_cost_as_much_as_of_three(world: World) -> None:
    counts = []
    for number in (3, 30):
        made = [
            ActionFactory.create(
                sub_theme=world.sub_theme, lead_partner=world.service, running=True
            )
            for _ in range(number)
        ]
        shown = [asked("actie-bijwerken", action.pk) for action in made]
        person = User.objects.get(pk=world.lead.pk)
        with CaptureQueriesContext(connection) as queries:
            assert len(links_for(person, shown, on=ON)) == number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_the_database_knows_the_purposes_of_the_apps() -> None:
    assert {code: kind.subject for code, kind in all_purposes().items()} == SUBJECTS
    for kind in all_purposes().values():
        assert "form_token" in kind.form(None, _any(kind.subject)).fields


def _any(subject: str) -> Any:
    return {"action": Action(), "share": Share(), "participant": Participant()}[subject]
