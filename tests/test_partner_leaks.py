"""A word in every field of every row that a partner may not see: no address of the product says it.

The crawl knows no list of fields or of pages: a field or an address that is added later is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core import mail
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat, Left
from django.urls import reverse

from accounts.models import User
from core import outbox
from partners.models import (
    Agreement,
    AgreementParty,
    AgreementType,
    Commitment,
    CommitmentReport,
    Competence,
    Referral,
)
from plans.models import Action, Contribution, Share
from plans.operations.shares import withdraw
from tests.access.stage import Stage, Visitor
from tests.access.table import ROWS
from tests.conftest import build_world
from tests.test_leaks import read

SECRET, SHOWN = "qzsecret", "qzshown"
APPS = ("accounts", "core", "partners", "plans", "reports")
# Rows without words of people: machinery that a word would only break.
# Signing out ends the crawl; a secret address is for whoever holds it.
APART = {"account_logout", "accounts:accept", "agenda:feed", "answers:answer"}
MACHINERY = {"OutboxEntry", "Heartbeat", "Receipt", "Invitation"}


def mark(model: type[models.Model]) -> None:
    """Put the word in every text of a model; each row gets its own, since some must be unique."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.flatchoices:
            if isinstance(field, models.SlugField) or field.primary_key or _is_short(field):
                continue
            word = Concat(Value(f"{SECRET}{field.name}"), Cast("pk", models.CharField()))
            tail = "@x.example" if isinstance(field, models.EmailField) else ""
            values[field.name] = Left(Concat(word, Value(tail)), field.max_length or 1000)
        elif isinstance(field, models.JSONField) or (
            isinstance(field, ArrayField) and not field.base_field.flatchoices
        ):
            values[field.name] = [SECRET]
    for name, value in values.items():
        model._default_manager.filter(**{f"{name}__isnull": False}).update(**{name: value})


def _is_short(field: Any) -> bool:
    """A colour holds no sentence, only a pattern; and a password holds one by which one is in."""
    return field.name == "password" or (field.max_length or 1000) < 15


def marked() -> Iterator[type[models.Model]]:
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model._meta.managed and model.__name__ not in MACHINERY:
                yield model


def allow(stage: Stage) -> None:
    """What this partner may read: what was shared, its own words, and where it lives."""
    share, partner, user = stage.share, stage.share.partner, stage.world.partner
    Share.objects.filter(pk=share.pk).update(text=f"{SHOWN}tekst", fields=[])
    Action.objects.filter(pk=share.action_id).update(title=f"{SHOWN}titel")
    Contribution.objects.filter(share=share).update(done=f"{SHOWN}bijdrage", next_step="")
    sent = Referral.objects.filter(partner=partner)
    sent.update(text_to_share=f"{SHOWN}doorverwijzing", answer="", outcome="")
    Competence.objects.filter(pk__in=sent.values("competence")).update(title="Bevoegdheid")
    # Agreements are read by their parties: their own, and never what another party promised.
    own = Agreement.objects.filter(parties__partner=partner)
    AgreementType.objects.filter(agreements__in=own).update(name="Soort")
    own.update(title="Afspraak", object="Voorwerp")
    Commitment.objects.filter(party__partner=partner).update(gives="Geeft", gets="", rhythm="")
    # What the partner itself said of its promises, and the file it sent along.
    said = CommitmentReport.objects.filter(commitment__party__partner=partner)
    said.update(done=f"{SHOWN}verslag", name="eigen-verslag.pdf", content_type="application/pdf")
    share.files.update(name="eigen-bestand.pdf")
    names = {"name": "CGG", "contact_name": "Onthaal", "contact_email": "", "contact_phone": ""}
    type(partner).objects.filter(pk=partner.pk).update(**names)
    # Whom the municipality turns to there: their own contact data.
    partner.contact_officers.update(function="Onthaal", name="", email="", phone="", topic="")
    type(user).objects.filter(pk=user.pk).update(name="Partner", email="partner@cgg.example")
    place = stage.world.here
    type(place).objects.filter(pk=place.pk).update(
        **{field.name: getattr(place, field.name) for field in place._meta.concrete_fields[1:]}
    )


def another_party_reports(stage: Stage) -> None:
    """In each agreement of the partner another one promised something too, and said how it goes."""
    for agreement in Agreement.objects.filter(parties__partner=stage.share.partner):
        party = AgreementParty.objects.create(agreement=agreement, partner=stage.world.service)
        promise = Commitment.objects.create(party=party, gives="x")
        CommitmentReport.objects.create(
            commitment=promise, status="loopt", done="x", by=stage.world.lead
        )


def loosened(model: type[models.Model]) -> Iterator[str]:
    """Let a table take the word anywhere: also in the history, and where a rule asks a figure."""
    table = connection.ops.quote_name(model._meta.db_table)
    yield f"ALTER TABLE {table} DISABLE TRIGGER USER"
    for rule in model._meta.constraints:
        if isinstance(rule, models.CheckConstraint):
            yield f"ALTER TABLE {table} DROP CONSTRAINT {connection.ops.quote_name(rule.name)}"


@dataclass(frozen=True)
class Scene:
    """The stage with the word all over it, and every address of the product on it."""

    stage: Stage
    addresses: list[str]


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    with transaction.atomic():
        stage = Stage.build(build_world())
        Contribution.objects.create(
            share=stage.share, done="x", light="groen", by=stage.world.partner
        )
        asked = [row for row in ROWS if row.name not in APART]
        addresses = [reverse(row.name, kwargs=row.arguments(stage)) + row.query for row in asked]
        stage.world.care.memberships.update(may_invite=True)
        another_party_reports(stage)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in marked():
                for change in loosened(model):
                    cursor.execute(change)
                mark(model)
        allow(stage)
        yield Scene(stage, addresses)
        transaction.set_rollback(True)


def arrived(user: User, *, may_fall: bool = False) -> Visitor:
    """With the person as the database knows it now."""
    return Visitor.signed_in(User.objects.get(pk=user.pk), may_fall=may_fall)


def told(visitor: Visitor, scene: Scene, *, every: int = 1) -> dict[str, str]:
    """All that the product says to somebody: each address read and sent to, and each mail."""
    texts = {}
    for address in scene.addresses[::every]:
        with transaction.atomic():
            texts[address] = read(visitor, address)[1]
            response = visitor.post(address, {"q": "a"})
            texts[f"POST {address}"] = f"{response.content!r}{response.headers}"
            transaction.set_rollback(True)
    while outbox.drain("mail"):
        pass
    mails = [message for message in mail.outbox if message.to == ["partner@cgg.example"]]
    return texts | {f"mail {n}": f"{m.subject}{m.body}" for n, m in enumerate(mails)}


def with_the_secret(texts: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for address, text in texts.items():
        if SECRET in text:
            at = text.index(SECRET)
            found[address] = [text[max(at - 60, 0) : at + 60]]
    return found


def test_a_partner_is_told_what_was_shared_and_nothing_else(scene: Scene) -> None:
    outbox.promise("share_mail", key="t", mail="given", share=scene.stage.share.pk)
    texts = told(arrived(scene.stage.world.partner), scene)

    assert with_the_secret(texts) == {}
    everything = "".join(texts.values())
    shown = {f"{SHOWN}{word}" for word in ("titel", "tekst", "bijdrage", "verslag")}
    assert shown == {word for word in shown if word in everything}
    assert any(name.startswith("mail") for name in texts)


@pytest.mark.parametrize("who", ["other_partner", "far_partner"])
def test_a_partner_with_whom_nothing_is_shared_is_told_nothing(scene: Scene, who: str) -> None:
    user = getattr(scene.stage, who)
    type(user).objects.filter(pk=user.pk).update(name="Ander", email="ander@x.example")
    own = user.partners.all()
    own.update(name="Andere", contact_name="", contact_email="", contact_phone="")
    place = own.get().municipality
    type(place).objects.filter(pk=place.pk).update(name="Elders", motto="", opening_hours="")

    texts = told(arrived(user), scene)

    assert with_the_secret(texts) == {}
    assert SHOWN not in "".join(texts.values())


def test_after_the_end_nothing_of_it_is_left(scene: Scene) -> None:
    visitor = arrived(scene.stage.world.partner)
    withdraw(scene.stage.share, by=scene.stage.world.coordinator, reason="Voorbij")

    texts = told(visitor, scene)

    assert with_the_secret(texts) == {}
    everything = "".join(texts.values())
    assert not [word for word in ("titel", "tekst", "bijdrage") if f"{SHOWN}{word}" in everything]


def test_the_word_does_stand_where_others_read(scene: Scene) -> None:
    """The crawl would notice: the coordinator finds the word all over the place.

    A part of the addresses tells that; the others are drawn for him in the table of leaks.
    """
    # A page stumbles where the word stands for a figure.
    visitor = arrived(scene.stage.world.coordinator, may_fall=True)
    texts = told(visitor, scene, every=4)

    assert len(with_the_secret(texts)) > len(texts) / 10


def test_every_text_of_every_model_is_marked(scene: Scene) -> None:
    Action.objects.filter(pk=scene.stage.share.action_id).update(title=F("why"))

    assert Action.objects.get(pk=scene.stage.action.pk).title.startswith(SECRET)
