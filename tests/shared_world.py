"""The world of the tests, built once for those that follow each other in a file.

To build it costs more than most tests do. So it is built in a transaction that stays open; each
test gets a copy of its rows, and what it changes is undone as always. A test with transactions of
its own cannot work inside one that stays open, nor one that asks for an empty database: before
those it is ended.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest
from django.db import connection, transaction

T = TypeVar("T")


def has_transactions(test: Any) -> bool:
    """Whether what the test does is committed, and cleaned up instead of undone."""
    mark = test.get_closest_marker("django_db")
    is_marked = mark is not None and bool(mark.kwargs.get("transaction"))
    return is_marked or not {"transactional_db", "live_server"}.isdisjoint(test.fixturenames)


class Shared(Generic[T]):
    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._blocker: Any = None  # of the database; known once a first test had one
        self._open = contextlib.ExitStack()
        self._built: T | None = None
        self._file: Path | None = None

    def ready_for(self, test: pytest.Item) -> None:
        """Called before the test has anything: begin, go on or end, as it needs."""
        if self._blocker is None:
            return
        with self._blocker.unblock():
            if self._file != test.path or not self._suits(test):
                self.end()
            if self._built is None and self._suits(test) and not connection.in_atomic_block:
                self._begin(test.path)

    def copy(self, blocker: Any) -> T:
        self._blocker = blocker
        return self._build() if self._built is None else copy.deepcopy(self._built)

    def end(self) -> None:
        self._open.close()
        self._built = self._file = None

    def _begin(self, file: Path) -> None:
        self._open.enter_context(transaction.atomic())
        self._open.callback(transaction.set_rollback, True)
        self._built, self._file = self._build(), file

    @staticmethod
    def _suits(test: Any) -> bool:
        asked = set(test.fixturenames)
        return "world" in asked and not has_transactions(test)
