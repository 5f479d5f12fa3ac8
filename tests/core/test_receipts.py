from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection

from accounts.models import Zone
from core.receipts import once


def make_zone() -> Zone:
    return Zone.objects.create(code="pz-een", name="Zone")


@pytest.mark.django_db
def test_the_same_token_leads_to_the_same_row() -> None:
    token = uuid.uuid4()

    first = once(token, Zone, make_zone)
    second = once(token, Zone, make_zone)

    assert first == second
    assert Zone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_row() -> None:
    token, barrier, made = uuid.uuid4(), threading.Barrier(2), []

    def send() -> None:
        barrier.wait(timeout=5)
        made.append(once(token, Zone, make_zone).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert len(made) == 2
    assert len(set(made)) == 1
    assert Zone.objects.count() == 1
