from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection

from accounts.models import Municipality, Zone
from core.receipts import found, made, once
from tests.factories import MunicipalityFactory


def make_zone() -> Zone:
    return Zone.objects.create(code="pz-een", name="Zone")


@pytest.mark.django_db
def test_the_same_token_leads_to_the_same_row() -> None:
    token = uuid.uuid4()

    first = once(token, Zone, make_zone)
    second = once(token, Zone, make_zone)

    assert first == second
    assert Zone.objects.count() == 1


@pytest.mark.django_db
def test_a_token_of_one_form_says_nothing_on_another() -> None:
    token = uuid.uuid4()
    zone = once(token, Zone, make_zone)
    Municipality.objects.create(pk=zone.pk, zone=zone, code="ANDER", name="Van een ander")

    assert made(token, Municipality) is None
    assert found({"form_token": str(token)}, Municipality) is None
    fresh = once(token, Municipality, lambda: MunicipalityFactory.create(zone=zone))
    assert fresh.pk != zone.pk


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_row() -> None:
    token, barrier, keys = uuid.uuid4(), threading.Barrier(2), []

    def send() -> None:
        barrier.wait(timeout=5)
        keys.append(once(token, Zone, make_zone).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert Zone.objects.count() == 1
