"""The page "Wie mag wat" tells what the table of roles says."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.roles import RIGHTS, Right, Role
from accounts.views.roles import _card, _level_row, _reads, _right_row
from core.confidentiality import Level
from tests.conftest import World


@pytest.mark.parametrize("right", list(Right))
def test_each_row_is_the_table(right: Right) -> None:
    answers = [bool(answer) for _role, answer in _right_row(right).cells]

    assert answers == [right in RIGHTS[role] for role in Role]


def test_a_service_reads_more_of_what_it_takes_part_in_and_a_partner_nothing() -> None:
    answers = {level: _reads(Role.SERVICE, level) for level in Level}

    assert answers[Level.PUBLIC] == "yes"
    assert answers[Level.PARTNERS] == "some"
    assert answers[Level.CONFIDENTIAL] == ""
    assert {_reads(Role.PARTNER, level) for level in Level} == {""}
    assert len(_level_row(Level.PUBLIC).cells) == len(Role)


def test_the_card_of_a_role_says_the_same(world: World) -> None:
    assert len(_card(Role.COORDINATOR).rights) == len(RIGHTS[Role.COORDINATOR])


def test_everybody_inside_may_read_it(client: Client, world: World) -> None:
    client.force_login(world.reader)

    page = client.get("/wie-mag-wat/").content.decode()

    assert all(str(right.label) in page for right in Right)
    assert all(str(role.label) in page for role in Role)


def test_ones_own_account_shows_ones_roles(client: Client, world: World) -> None:
    client.force_login(world.partner)

    page = client.get("/account/").content.decode()

    assert "Partner (extern)" in page
    assert "01/01/2026" in page
