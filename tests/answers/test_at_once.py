"""Two hands on one link, and two workers that draw the same mail."""

from __future__ import annotations

import pytest
from django.test import Client

from answers.models import AnswerLink
from plans.models import Update
from reminders.models import LinkRules
from tests.answers.conftest import for_action, news, only_link
from tests.conftest import World, build_world
from tests.together import at_once


@pytest.fixture
def world(transactional_db: None) -> World:
    found = build_world()
    LinkRules.objects.create(municipality=found.here, is_on=True)
    return found


@pytest.mark.parametrize("same_form", [True, False])
def test_used_twice_at_once_it_saves_once(world: World, *, same_form: bool) -> None:
    link, sent = for_action(world), news()
    forms = [sent, sent if same_form else news(done="De tweede")]

    pages = at_once(*(lambda form=form: Client().post(link, form) for form in forms))

    codes = sorted(page.status_code for page in pages)  # type: ignore[union-attr]
    assert codes == ([200, 200] if same_form else [200, 404])
    assert Update.objects.count() == 1
    assert only_link().used_at


def test_two_workers_that_draw_the_same_mail_make_one_link(world: World) -> None:
    links = at_once(*[lambda: for_action(world)] * 4)

    assert len(set(map(str, links))) == 1
    assert AnswerLink.objects.count() == 1
