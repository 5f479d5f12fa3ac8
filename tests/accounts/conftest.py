"""What the tests of accounts share: a clean counter of attempts and the mail that left."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache

from core import outbox


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> None:
    """Attempts of one test do not count in the next."""
    cache.clear()


def sent_link() -> str:
    """Let the mail leave, and give the path of the link in the last one."""
    outbox.drain("mail")
    found = re.search(r"https?://[^/]+(/\S+/)\n", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]
