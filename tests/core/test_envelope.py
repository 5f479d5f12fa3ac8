"""Text that the database alone cannot read."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import run_checks

from core import envelope
from core.sealing import LostKeyError

OLD, NEW = (base64.b64encode(mark * 32).decode() for mark in (b"o", b"n"))


@pytest.fixture(autouse=True)
def _old_key(settings: Any) -> None:
    settings.NOTE_KEYS = [OLD]


def test_what_was_sealed_opens_again_and_never_looks_the_same() -> None:
    one, two = (envelope.seal("geheim é", about="note 1") for _ in range(2))

    assert envelope.unseal(one, about="note 1") == "geheim é"
    assert one.sealed != two.sealed
    assert b"geheim" not in one.sealed + one.wrapped_key


def test_it_does_not_open_elsewhere_or_after_a_touch() -> None:
    one, two = (envelope.seal(text, about=text) for text in ("een", "twee"))
    flipped = one.sealed[:-1] + bytes([one.sealed[-1] ^ 1])
    for wrong in (two, replace(one, sealed=two.sealed), replace(one, sealed=flipped),
                  replace(one, wrapped_key=two.wrapped_key), replace(one, sealed=b"")):  # fmt: skip
        with pytest.raises(LostKeyError):
            envelope.unseal(wrong, about="een")


def test_another_master_key_does_not_open_it(settings: Any) -> None:
    closed = envelope.seal("geheim", about="x")
    for keys in ([NEW], []):
        settings.NOTE_KEYS = keys
        with pytest.raises(LostKeyError):
            envelope.unseal(closed, about="x")
    with pytest.raises(LostKeyError):
        envelope.seal("geheim", about="x")


def test_after_rewrapping_the_old_key_may_go(settings: Any) -> None:
    closed = envelope.seal("geheim", about="x")
    settings.NOTE_KEYS = [NEW, OLD]
    again = envelope.rewrapped(closed, about="x")
    settings.NOTE_KEYS = [NEW]

    assert envelope.unseal(again, about="x") == "geheim"
    assert again.sealed == closed.sealed


@pytest.mark.parametrize(
    ("keys", "said"),
    [(["kort"], "core.E001"), (["é" * 44], "core.E001"), ([OLD, OLD], "core.W002"), ([OLD], "")],
)
def test_a_wrong_key_is_told_at_start_up(settings: Any, keys: list[str], said: str) -> None:
    settings.NOTE_KEYS = keys
    assert [found.id for found in run_checks() if str(found.id).startswith("core.")] == (
        [said] if said else []
    )


def test_an_installation_without_a_key_is_told_before_it_goes_live(settings: Any) -> None:
    settings.NOTE_KEYS = []
    found = [check.id for check in run_checks(include_deployment_checks=True)]
    assert "core.W001" in found
