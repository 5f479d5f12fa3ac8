"""A sum that is signed, for one purpose, for a quarter of an hour, and spent once."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
import time_machine
from django.utils import timezone

from core import effort
from tests.together import at_once


def solve(asked: str) -> str:
    """What the script of the page does."""
    _purpose, salt, most, mark, *_signature = asked.split(":")
    numbers = (str(number) for number in range(int(most)))
    return next(n for n in numbers if hashlib.sha256(f"{salt}{n}".encode()).hexdigest() == mark)


def test_the_number_that_gives_the_mark_is_right() -> None:
    asked = effort.new_sum("a")

    assert effort.is_solved(asked, solve(asked), "a")


@pytest.mark.parametrize("found", ["", "-1", "x", "\ud800", "9" * 5000])
def test_another_number_is_wrong(found: str) -> None:
    assert not effort.is_solved(effort.new_sum("a"), found, "a")


def test_it_is_for_one_purpose() -> None:
    asked = effort.new_sum("a")

    assert not effort.is_solved(asked, solve(asked), "b")


def test_it_is_for_a_quarter_of_an_hour() -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=16)):
        asked = effort.new_sum("a")

    assert not effort.is_solved(asked, solve(asked), "a")


def test_an_easier_one_of_their_own_is_refused() -> None:
    mark = hashlib.sha256(b"salt0").hexdigest()
    signature = effort.new_sum("a").split(":", 4)[4]

    assert not effort.is_solved(f"a:salt:1:{mark}:{signature}", "0", "a")
    assert not effort.is_solved("nonsense", "0", "a")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_spend_it_at_once_one_does() -> None:
    asked = effort.new_sum("a")

    spent = at_once(*[lambda: effort.spend(asked)] * 2)

    assert sorted(map(bool, spent)) == [False, True]
