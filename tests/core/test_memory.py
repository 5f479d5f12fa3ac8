"""Garbage that goes round in circles is still found after a start was set apart."""

import gc
import weakref

from core import memory


class Knot:
    """Refers to itself, so that only a search finds it when it is no longer used."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_loaded_is_set_apart_and_new_garbage_is_still_found() -> None:
    before = gc.get_freeze_count()
    kept = Knot()
    memory.settle()
    assert gc.get_freeze_count() >= before

    lost = weakref.ref(Knot())
    assert lost() is not None
    _made = [Knot() for _ in range(memory.SEARCH_AFTER + 1_000)]
    assert lost() is None
    assert kept.itself is kept
