"""A sum that takes a machine a second: nothing for one person, dear for who sends thousands.

The page gets a salt and a mark; its script looks for the number that gives the mark with that salt.
No third party, no picture to read. The sum stands signed in the form and nothing of it is kept,
until it was spent.
"""

from __future__ import annotations

import hashlib
import secrets

from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="core.effort")
SECONDS = 15 * 60  # how long a sum is worth something
MOST = 50_000  # numbers to try: half of them on average, one or two seconds on a phone


def new_sum(purpose: str) -> str:
    """What the page gets: for what, the salt, how far to look, the mark; and our signature."""
    salt, number = secrets.token_hex(12), secrets.randbelow(MOST)
    return SIGNER.sign(f"{purpose}:{salt}:{MOST}:{_mark(salt, str(number))}")


def is_solved(asked: str, found: str, purpose: str) -> bool:
    """Whether this is the number that goes with a sum of ours, for this, and of just now."""
    try:
        for_what, salt, _most, mark = SIGNER.unsign(asked, max_age=SECONDS).split(":")
    except (BadSignature, ValueError):
        return False
    return for_what == purpose and secrets.compare_digest(_mark(salt, found), mark)


def spend(asked: str) -> bool:
    """Each sum once. Of two at the same time, one has it."""
    name = hashlib.sha256(asked.encode()).hexdigest()
    return cache.add(f"effort:{name}", 1, timeout=SECONDS)


def _mark(salt: str, number: str) -> str:
    return hashlib.sha256(f"{salt}{number}".encode("utf-8", "replace")).hexdigest()
