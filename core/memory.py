"""What a process loads at its start stays for good: Python need not search it for garbage again."""

import gc

SEARCH_AFTER = 20_000  # new objects; Python's own 700 starts a search several times per page


def settle() -> None:
    """Set apart all that is loaded by now. Call it once, when a process is ready for its work.

    Before the web process splits it also keeps that memory shared among the workers.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(SEARCH_AFTER, 20, 100)
