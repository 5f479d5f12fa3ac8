"""Whoever bends a link, keeps it too long, or holds on to it after things changed, gets nothing."""

from __future__ import annotations

import base64
import datetime as dt
import io
import logging
import re
import secrets
from collections.abc import Callable
from string import ascii_letters, digits
from typing import Any

import pytest
from django.core.cache import cache
from django.core.serializers import serialize
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from accounts.operations import people
from accounts.roles import Role
from answers.models import AnswerLink, AnswerUse
from answers.operations import find
from answers.permissions import look
from answers.workflow import Outcome, Refusal
from core.confidentiality import Level
from core.models import LogEntry, OutboxEntry
from evaluations.models import Evaluation, Participant
from evaluations.workflow import EvaluationStatus
from partners.models import PartnerMember
from plans.models import Action, Contribution, Indicator, Plan, Share, Update
from plans.operations.shares import withdraw
from reminders.models import LinkRules
from tests.access.stage import undrawn
from tests.answers.conftest import (
    OPEN,
    for_action,
    for_opinion,
    for_share,
    level,
    news,
    only_link,
    opinion,
    part,
)
from tests.conftest import World, sign_in
from tests.factories import IndicatorFactory, UpdateFactory, member

pytestmark = pytest.mark.usefixtures("allowed")

Change = Callable[[World], object]
NEVER_GIVEN = f"/antwoord/{'A' * 43}/"


def why(link: str) -> str:
    """The newest line in the list of the coordinator."""
    return AnswerUse.objects.filter(outcome=Outcome.REFUSED).values_list("reason", flat=True)[0]


def token_of(link: str) -> str:
    return link.removeprefix("/antwoord/").removesuffix("/")


# --- Whose link it is -----------------------------------------------------------------------------


def test_somebody_else_who_is_signed_in_answers_as_the_person_of_the_link(
    client: Client, world: World
) -> None:
    sign_in(client, world.coordinator)
    link = for_action(world)

    page = client.post(link, OPEN).content.decode()
    assert world.coordinator.name not in page
    assert "site-nav" not in page
    client.post(link, news())

    assert Update.objects.get().made_by == world.lead


def test_a_link_for_one_thing_does_nothing_else(
    client: Client, world: World, question: Participant, share: Share
) -> None:
    """The address says nothing of what it is for: only the row does."""
    for_one = {for_action(world): (opinion(), part()), for_opinion(world, question): (news(),)}
    for link, forms in for_one.items():
        for sent in forms:
            sent.pop("light", None)
            assert client.post(link, sent).status_code == 422
    assert not Update.objects.exists()
    assert not Contribution.objects.exists()
    question.refresh_from_db()
    assert question.answered_at is None


def test_the_database_refuses_a_link_for_another_purpose(world: World, share: Share) -> None:
    for_action(world)
    for values in ({"purpose": "deling-bijdrage"}, {"share": share}, {"purpose": "iets anders"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerLink.objects.update(**values)


def test_a_row_that_was_copied_opens_nothing_for_another(client: Client, world: World) -> None:
    """Who may write in the database still cannot make a link for somebody else."""
    link = for_action(world)
    AnswerLink.objects.update(person=world.coordinator)

    assert client.get(link).status_code == 404
    assert client.post(link, news()).status_code == 404
    assert why(link) == Refusal.PERSON


# --- The token ------------------------------------------------------------------------------------


def bent(token: str) -> list[str]:
    canonical = base64.urlsafe_b64decode(f"{token}=")
    other_end = next(
        token[:-1] + char
        for char in f"{ascii_letters}{digits}-_"
        if char != token[-1] and base64.urlsafe_b64decode(f"{token[:-1]}{char}=") == canonical
    )
    return [
        token.upper(), token.lower(), token.swapcase(), f"{token}=", f"{token}A", f"A{token}",
        token[:-1], token[::-1], f"{token}%00", f"%20{token}", f"{token}%0a", f"{token};x",
        other_end, "x" * 5000, "%ed%a0%80", "..", "' OR 1=1 --",
    ]  # fmt: skip


def test_a_token_that_is_bent_opens_nothing(client: Client, world: World) -> None:
    link = for_action(world)

    for other in bent(token_of(link)):
        for answer in (client.get(f"/antwoord/{other}/"), client.post(f"/antwoord/{other}/")):
            assert answer.status_code == 404, other
    assert client.get(link).status_code == 200


def test_no_table_log_or_promise_holds_the_token(
    client: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)  # as the product, not as tests
    caplog.set_level(logging.INFO, logger="django")
    link = for_action(world)
    token, stream = token_of(link), io.StringIO()
    [handler] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    before = handler.setStream(stream)
    for sent in ({}, OPEN, news(light="rood"), news(), news()):
        client.post(link, sent)
    client.get(link)
    handler.setStream(before or handler.stream)

    rows = [*AnswerLink.objects.all(), *LogEntry.objects.all(), *OutboxEntry.objects.all(),
            *AnswerUse.objects.all()]  # fmt: skip
    assert token not in serialize("json", rows)
    assert "/antwoord/" in stream.getvalue() or "antwoord/<" in stream.getvalue()
    assert token not in stream.getvalue()


def test_a_new_key_opens_what_was_mailed_and_makes_others(
    client: Client, world: World, settings: Any
) -> None:
    link = for_action(world)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = secrets.token_urlsafe(50)

    assert for_action(world) == link
    assert client.get(link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404
    assert for_action(world) not in {link, ""}


def guess() -> str:
    return f"/antwoord/{secrets.token_urlsafe(32)}/"


def test_guessing_is_stopped_and_so_is_who_goes_on(client: Client, world: World) -> None:
    link = for_action(world)
    with undrawn():
        answers = [client.get(guess()).status_code for _number in range(300)]
        stopped = client.get(link).status_code
        elsewhere = client.get(link, REMOTE_ADDR="198.51.100.7").status_code

    assert answers == [404] * 60 + [429] * 240
    assert (stopped, elsewhere) == (429, 200)
    cache.clear()


# --- Too late -------------------------------------------------------------------------------------


def test_it_ends_at_its_second(client: Client, world: World) -> None:
    link = for_action(world)
    row = find(token_of(link))
    assert row
    before = row.expires_at - dt.timedelta(microseconds=1)
    assert look(row, token_of(link), at=before).is_open
    assert look(row, token_of(link), at=row.expires_at).refusal == Refusal.EXPIRED

    second = dt.timedelta(seconds=1)
    AnswerLink.objects.update(
        made_at=timezone.now() - dt.timedelta(days=7), expires_at=timezone.now() - second
    )
    assert client.get(link).status_code == 404
    assert client.post(link, news()).status_code == 404
    assert not Update.objects.exists()


def test_all_that_is_gone_looks_the_same(client: Client, world: World) -> None:
    """Who has an old address, or makes one up, learns nothing about anybody."""
    link = for_action(world)
    told = {"never given": client.get(NEVER_GIVEN)}
    ways: dict[str, dict[str, Any]] = {
        "used": {"used_at": timezone.now(), "used_with": "0" * 32, "made": 1},
        "revoked": {"revoked_at": timezone.now()},
        "expired": {"made_at": timezone.now() - dt.timedelta(3), "expires_at": timezone.now()},
    }
    for name, values in ways.items():
        with transaction.atomic():
            AnswerLink.objects.update(**values)
            told[name] = client.get(link)
            told[f"{name}, sent"] = client.post(link, news())
            transaction.set_rollback(True)
    level(world.action, Level.RESTRICTED)
    told["too confidential"] = client.get(link)

    assert {answer.status_code for answer in told.values()} == {404}
    assert len({answer.content for answer in told.values()}) == 1
    assert len({_headers(answer) for answer in told.values()}) == 1


def _headers(answer: Any) -> str:
    """All but the number that each request has of its own."""
    return str(sorted(pair for pair in answer.headers.items() if pair[0] != "X-Request-ID"))


# --- What changed between reading and sending -----------------------------------------------------


def end_share(world: World) -> None:
    withdraw(Share.objects.get(), by=world.coordinator)


def stop(world: World) -> None:
    people.stop(world.lead, by=world.administrator)


def new_password(world: World) -> None:
    world.lead.set_password("Iets-Heel-Anders-1")
    world.lead.save(update_fields=["password"])


def of_lead(model: Any, **values: Any) -> None:
    model.objects.filter(user__name__startswith="Gemeentelijke dienst").update(**values)


YESTERDAY = timezone.localdate() - dt.timedelta(days=1)
MEANWHILE: dict[str, tuple[Change, Refusal]] = {
    "revoked": (lambda _w: AnswerLink.objects.update(revoked_at=timezone.now()), Refusal.REVOKED),
    "restricted": (lambda w: level(w.action, Level.RESTRICTED), Refusal.LEVEL),
    "confidential": (lambda w: level(w.action, Level.CONFIDENTIAL), Refusal.GONE),
    "for partners": (lambda w: level(w.action, Level.PARTNERS), Refusal.LEVEL),
    "account stopped": (stop, Refusal.REVOKED),
    "account closed in the database": (
        lambda w: User.objects.filter(pk=w.lead.pk).update(is_active=False), Refusal.PERSON,
    ),
    "other password": (new_password, Refusal.PERSON),
    "other address": (
        lambda w: people.change_email(
            w.lead, "ander@zandrode.example", by=w.administrator, reason="x"
        ),
        Refusal.REVOKED,
    ),
    "sessions ended": (lambda w: people.end_sessions(w.lead), Refusal.REVOKED),
    "role over": (lambda _w: of_lead(Membership, ends=YESTERDAY), Refusal.GONE),
    "no longer of the service": (lambda _w: of_lead(PartnerMember, ends=YESTERDAY), Refusal.RIGHT),
    "plan closed": (lambda _w: Plan.objects.update(status="afgesloten"),
                    Refusal.RIGHT),
    "action archived": (lambda _w: Action.objects.update(archived_at=timezone.now()),
                        Refusal.RIGHT),
    "switched off": (lambda _w: LinkRules.objects.update(is_on=False), Refusal.OFF),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANWHILE)
def test_what_changed_meanwhile_counts(client: Client, world: World, name: str) -> None:
    link = for_action(world)
    assert "Hoe loopt het?" in client.post(link, OPEN).content.decode()
    change, reason = MEANWHILE[name]

    change(world)

    for sent in (OPEN, news()):
        assert client.post(link, sent).status_code == 404
        assert why(link) == reason
    assert client.get(link).status_code == 404
    assert not Update.objects.exists()


def test_a_share_is_over_at_its_second(client: Client, world: World, share: Share) -> None:
    link = for_share(world, share)
    assert client.post(link, OPEN).status_code == 200

    Share.objects.update(starts_at=timezone.now() - dt.timedelta(days=2), ends_at=timezone.now())

    assert client.post(link, part()).status_code == 404
    assert not Contribution.objects.exists()
    assert why(link) == Refusal.GONE


def test_a_share_that_is_withdrawn_closes_its_link(
    client: Client, world: World, share: Share
) -> None:
    link = for_share(world, share)
    end_share(world)

    assert client.get(link).status_code == 404
    assert client.post(link, part()).status_code == 404


OPINION_GONE: dict[str, Change] = {
    "established": lambda _w: Evaluation.objects.update(
        status=EvaluationStatus.ESTABLISHED, established_on="2026-11-01", judgement="stoppen",
        judgement_reason="x",
    ),
    "back to planned": lambda _w: Evaluation.objects.update(status=EvaluationStatus.PLANNED),
    "restricted": lambda w: level(w.action, Level.RESTRICTED),
    "answered by a colleague": lambda w: Participant.objects.update(
        satisfaction=2, answered_by=w.partner, answered_at=timezone.now(), went_well="Van de ander"
    ),
    "no longer asked": lambda _w: Participant.objects.all().delete(),
    "no longer of the partner": lambda w: PartnerMember.objects.filter(user=w.partner).update(
        ends=YESTERDAY
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPINION_GONE)
def test_an_opinion_that_is_no_longer_asked_is_not_taken(
    client: Client, world: World, question: Participant, name: str
) -> None:
    link = for_opinion(world, question)
    assert client.post(link, OPEN).status_code == 200

    OPINION_GONE[name](world)

    answer = client.post(link, opinion(went_well="Toch nog"))
    assert answer.status_code == 404
    assert "Van de ander" not in answer.content.decode()
    assert not Participant.objects.filter(went_well="Toch nog").exists()


def test_once_stopped_a_link_does_not_wake_up_with_the_account(
    client: Client, world: World
) -> None:
    link = for_action(world)
    people.stop(world.lead, by=world.administrator)
    people.restart(world.lead, by=world.administrator)

    assert client.get(link).status_code == 404


# --- The page itself ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_ways_to_ask_do_nothing(client: Client, world: World, method: str) -> None:
    link = for_action(world)

    assert getattr(client, method)(link).status_code == 405
    assert client.head(link).content == b""
    assert only_link().used_at is None


def test_nothing_of_it_is_kept_sent_on_or_found(client: Client, world: World) -> None:
    link = for_action(world)
    for answer in (
        client.get(link), client.post(link, OPEN), client.post(link, news(light="x")),
        client.post(link, news()), client.get(link), client.get(NEVER_GIVEN),
    ):  # fmt: skip
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        assert not answer.cookies
        assert token_of(link) not in answer.content.decode()


def test_a_form_of_another_site_needs_the_link_anyway(world: World) -> None:
    """Without a session there is nothing to borrow, so no cookie has to prove the form is ours."""
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(for_action(world), news()).status_code == 200
    assert strict.post(NEVER_GIVEN, news()).status_code == 404


SECRET = "qzgeheim"


def test_the_pages_say_no_more_than_the_question(
    client: Client, world: World, question: Participant, share: Share
) -> None:
    """A word in every other text of the action, its history, its indicators and its evaluation."""
    UpdateFactory.create(action=world.action, done=SECRET, next=SECRET, made_by_name=SECRET)
    IndicatorFactory.create(action=world.action, title=SECRET, source=SECRET)
    shown = {"title", "code"}
    for model, rows in (
        (Action, Action.objects.filter(pk__in=[world.action.pk, share.action_id])),
        (Evaluation, Evaluation.objects.filter(pk=question.evaluation_id)),
        (Share, Share.objects.filter(pk=share.pk)),
        (Indicator, Indicator.objects.all()),
    ):
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"CharField", "TextField", "LongText"}
            and not field.flatchoices
            and field.name not in shown
            and (field.max_length or 100) >= len(SECRET)
        ]
        rows.update(**dict.fromkeys(texts, SECRET))
    world.partner.refresh_from_db()

    for link, sent in (
        (for_action(world), news()),
        (for_opinion(world, question), opinion()),
        (for_share(world, share), part()),
    ):
        assert link
        pages = [client.get(link), client.post(link, OPEN), client.post(link, {}),
                 client.post(link, sent)]  # fmt: skip
        assert [page.status_code for page in pages] == [200, 200, 422, 200]
        for page in pages:
            text = page.content.decode()
            assert SECRET not in text
            assert not re.search(rf"{world.lead.name}|{world.lead.email}", text)


def test_a_partner_that_is_not_shared_the_action_does_not_read_its_title(
    client: Client, world: World, question: Participant
) -> None:
    link = for_opinion(world, question)

    for page in (client.get(link), client.post(link, OPEN), client.post(link, opinion())):
        text = page.content.decode()
        assert world.action.title not in text
        assert world.action.code not in text


def test_a_hostile_form_is_a_sentence_and_no_crash(client: Client, world: World) -> None:
    link = for_action(world)
    for bad in ("a\0b", "abc\u202egnp.exe", "9" * 400, "x" * 5000):
        assert client.post(link, dict.fromkeys(news(), bad)).status_code == 422, ascii(bad[:20])
    assert client.post(link, {"stap": "x" * 9000, "form_token": "zz"}).status_code == 422
    assert only_link().used_at is None


def test_who_has_no_right_to_it_was_never_given_one(world: World) -> None:
    other = member(world.here, Role.SERVICE)

    assert for_action(world, other) == ""
    assert for_action(world, world.reader) == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM answers_answerlink")
        assert cursor.fetchone() == (0,)
