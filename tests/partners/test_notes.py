"""Confidential notes: only who is named reads them, and every opening is written down."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from core.models import LogEntry
from partners.models import ConfidentialNote, NoteReader, NoteReading, Outcome
from partners.operations import notes
from tests.conftest import World, build_world, sign_in
from tests.factories import member
from tests.together import at_once

TEXT = "qznotetekst"
MINE = "/partners/notas/"


@pytest.fixture
def note(world: World) -> ConfidentialNote:
    return write(world)


def write(world: World, text: str = TEXT) -> ConfidentialNote:
    return notes.make_note(
        text, by=world.coordinator, municipality=world.here, partner=world.service
    )


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    sign_in(client, world.coordinator)
    return client


@pytest.fixture
def police(world: World) -> Client:
    found = Client()
    sign_in(found, world.cast[Role.NEIGHBOURHOOD_POLICE])
    return found


def page_of(note: ConfidentialNote, part: str = "") -> str:
    return f"{MINE}{note.pk}/{part}"


def name(note: ConfidentialNote, person: User, *, by: User, days: int = 30) -> NoteReader:
    until = timezone.localdate() + dt.timedelta(days=days)
    return notes.name_reader(note, person, "Volgt dit mee op.", until, by=by)


def outcomes(note: ConfidentialNote) -> list[str]:
    return [reading.outcome for reading in note.readings.order_by("pk")]


def edit(note: ConfidentialNote, body: str, **changes: Any) -> dict[str, Any]:
    return {"body": body, "version": note.version, **changes}


# --- Writing and reading ----------------------------------------------------------------------


def test_a_note_is_written_once_and_read_by_its_writer(desk: Client, world: World) -> None:
    address = f"/partners/{world.service.pk}/notas/nieuw/"
    form = {"body": TEXT, "form_token": str(uuid.uuid4())}

    first, second = (desk.post(address, form) for _ in range(2))

    note = ConfidentialNote.objects.get()
    assert first.url == second.url == note.get_absolute_url()  # type: ignore[attr-defined]
    assert TEXT in desk.get(page_of(note)).content.decode()
    assert outcomes(note) == [Outcome.READ]
    assert (
        note.get_absolute_url()
        in desk.get(f"/partners/{world.service.pk}/rondom/").content.decode()
    )


@pytest.mark.parametrize("body", ["", "a\x00b", "x" * 10_001, "\u202eom"])
def test_a_bad_text_loses_nothing_and_writes_nothing(desk: Client, world: World, body: str) -> None:
    address = f"/partners/{world.service.pk}/notas/nieuw/"
    response = desk.post(address, {"body": body, "form_token": str(uuid.uuid4())})
    assert response.status_code == 422
    assert not ConfidentialNote.objects.exists()


def test_who_is_not_named_finds_nothing_and_that_is_noted(
    police: Client, world: World, note: ConfidentialNote
) -> None:
    for part in ("", "wijzigen/", "lezers/", "lezingen/", "vernietigen/"):
        assert police.get(page_of(note, part)).status_code == 404
    assert police.get(f"{MINE}{uuid.uuid4()}/").status_code == 404
    assert set(outcomes(note)) == {Outcome.NOT_NAMED}
    assert str(note.pk) not in police.get(f"/partners/{world.service.pk}/").content.decode()
    assert "Geen nota's" in police.get(MINE).content.decode().replace("&#x27;", "'")


def test_no_right_and_no_break_glass_opens_a_note(world: World, note: ConfidentialNote) -> None:
    other = member(world.here, Role.COORDINATOR)
    other.is_superuser = True
    other.save()
    assert not ConfidentialNote.objects.visible_to(other)
    with pytest.raises(PermissionDenied):
        notes.read(note, by=other)
    with pytest.raises(PermissionDenied):
        notes.destroy(note, "Ik wil dat.", by=other)


def test_an_old_sign_in_is_asked_again_and_noted(
    client: Client, world: World, note: ConfidentialNote
) -> None:
    sign_in(client, world.coordinator, seconds_ago=901)

    for part in ("", "wijzigen/"):
        response = client.get(page_of(note, part))
        assert response.headers["Location"].startswith("/account/bevestigen/")
    assert outcomes(note) == [Outcome.STALE] * 2


def test_naming_and_destroying_ask_for_a_fresh_sign_in(
    client: Client, world: World, note: ConfidentialNote
) -> None:
    sign_in(client, world.coordinator, seconds_ago=901)

    for part in ("lezers/", "vernietigen/"):
        response = client.post(page_of(note, part), {"reason": "Klaar."})
        assert response.headers["Location"].startswith("/account/bevestigen/")
    note.refresh_from_db()
    assert note.destroyed_at is None


def test_text_typed_too_long_ago_comes_back_and_is_kept_nowhere(
    client: Client, world: World, note: ConfidentialNote
) -> None:
    sign_in(client, world.coordinator, seconds_ago=901)

    response = client.post(page_of(note, "wijzigen/"), edit(note, "qznieuw"))

    page = response.content.decode()
    assert response.status_code == 422
    assert "qznieuw" in page
    assert TEXT not in page
    assert "qznieuw" not in str(dict(client.session))


def test_the_page_is_kept_by_no_cache(desk: Client, note: ConfidentialNote) -> None:
    response = desk.get(page_of(note))
    assert "no-store" in response.headers["Cache-Control"]
    form = desk.get(page_of(note, "wijzigen/")).content.decode()
    assert 'autocomplete="off"' in form
    assert "data-draft" not in form


# --- Changing ---------------------------------------------------------------------------------


def test_a_change_is_in_the_history_without_a_word_of_it(
    desk: Client, note: ConfidentialNote
) -> None:
    assert desk.post(page_of(note, "wijzigen/"), edit(note, "qzanders")).status_code == 302

    note.refresh_from_db()
    assert note.text() == "qzanders"
    line = LogEntry.objects.about(note).first()
    assert line is not None
    assert (line.verb, line.changes, line.context) == ("confidentialnote.edited", [], "")


def test_who_comes_second_sees_both_texts(desk: Client, note: ConfidentialNote) -> None:
    desk.post(page_of(note, "wijzigen/"), edit(note, "qzeerst"))

    clash = desk.post(page_of(note, "wijzigen/"), edit(note, "qztweede"))
    kept = desk.post(
        page_of(note, "wijzigen/"), edit(note, "qztweede", version=2, **{"choose-body": "theirs"})
    )

    assert clash.status_code == 409
    assert {"qzeerst", "qztweede"} <= set(
        clash.content.decode().replace("<", " ").replace(">", " ").split()
    )
    assert kept.status_code == 302
    note.refresh_from_db()
    assert note.text() == "qzeerst"


def test_swapped_texts_do_not_open(desk: Client, world: World, note: ConfidentialNote) -> None:
    other = write(world, "qzander")
    ConfidentialNote.objects.filter(pk=note.pk).update(
        sealed=other.sealed, wrapped_key=other.wrapped_key, key_name=other.key_name
    )

    response = desk.get(page_of(note))

    assert response.status_code == 503
    assert "qzander" not in response.content.decode()
    assert outcomes(note) == [Outcome.LOST_KEY]
    assert desk.get(page_of(note, "wijzigen/")).status_code == 503


# --- Readers ----------------------------------------------------------------------------------


def test_a_named_person_reads_until_the_last_day(
    desk: Client, police: Client, world: World, note: ConfidentialNote
) -> None:
    person = world.cast[Role.NEIGHBOURHOOD_POLICE]
    until = timezone.localdate() + dt.timedelta(days=3)
    form = {"person": person.pk, "reason": "Kent het gezin.", "until": until.isoformat()}

    assert desk.post(page_of(note, "lezers/"), form).status_code == 302
    assert TEXT in police.get(page_of(note)).content.decode()
    days = {"starts": until - dt.timedelta(days=9), "until": until - dt.timedelta(days=4)}
    NoteReader.objects.filter(person=person).update(**days)
    assert police.get(page_of(note)).status_code == 404
    assert outcomes(note) == [Outcome.READ, Outcome.ENDED]


@pytest.mark.parametrize(
    "wrong", [{"until": "2020-01-01"}, {"until": "2999-01-01"}, {"reason": ""}, {"person": "0"}]
)
def test_a_wrong_designation_is_refused(
    desk: Client, world: World, note: ConfidentialNote, wrong: dict[str, str]
) -> None:
    until = timezone.localdate().isoformat()
    form = {"person": world.lead.pk, "reason": "Ja.", "until": until} | wrong
    assert desk.post(page_of(note, "lezers/"), form).status_code == 422
    assert note.readers.count() == 1


def test_somebody_of_another_municipality_cannot_be_named(
    desk: Client, world: World, note: ConfidentialNote
) -> None:
    until = timezone.localdate().isoformat()
    form = {"person": world.coordinator_elsewhere.pk, "reason": "Ja.", "until": until}
    assert desk.post(page_of(note, "lezers/"), form).status_code == 422


def test_a_named_person_without_the_right_reads_and_no_more(
    client: Client, world: World, note: ConfidentialNote
) -> None:
    reader = name(note, world.reader, by=world.coordinator)
    sign_in(client, world.reader)

    assert TEXT in client.get(page_of(note)).content.decode()
    assert note.get_absolute_url() in client.get(MINE).content.decode()
    for part in ("wijzigen/", "lezers/", "vernietigen/"):
        assert client.get(page_of(note, part)).status_code == 403
    assert client.post(f"{MINE}lezers/{reader.pk}/beeindigen/").status_code == 403


def test_who_lost_every_role_here_reads_no_longer(world: World, note: ConfidentialNote) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=world.coordinator).update(ends=yesterday)
    former = User.objects.get(pk=world.coordinator.pk)
    assert not ConfidentialNote.objects.visible_to(former)


def test_naming_again_gives_a_new_last_day(world: World, note: ConfidentialNote) -> None:
    name(note, world.lead, by=world.coordinator, days=3)
    again = name(note, world.lead, by=world.coordinator, days=300)

    assert note.readers.standing().get(person=world.lead) == again
    assert note.readers.filter(person=world.lead).count() == 2


def test_a_designation_ends_at_once_but_somebody_stays(
    desk: Client, world: World, note: ConfidentialNote
) -> None:
    reader = name(note, world.partner, by=world.coordinator)
    own = note.readers.get(person=world.coordinator)

    assert desk.post(f"{MINE}lezers/{own.pk}/beeindigen/").status_code == 403
    assert desk.post(f"{MINE}lezers/{reader.pk}/beeindigen/").status_code == 302
    assert not ConfidentialNote.objects.visible_to(world.partner)


@pytest.mark.django_db(transaction=True)
def test_two_keepers_who_end_each_other_leave_one() -> None:
    world = build_world()
    note = write(world)
    second = name(note, world.cast[Role.CIV_STAFF], by=world.coordinator)
    first = note.readers.get(person=world.coordinator)

    found = at_once(
        lambda: notes.end_reader(second, by=User.objects.get(pk=first.person_id)),
        lambda: notes.end_reader(first, by=User.objects.get(pk=second.person_id)),
    )

    assert sorted(type(outcome).__name__ for outcome in found) == ["NoneType", "PermissionDenied"]
    assert note.readers.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_once_one_is_told() -> None:
    world = build_world()
    note = write(world)

    def change(text: str) -> None:
        mine = ConfidentialNote.objects.get(pk=note.pk)
        notes.rewrite(mine, text, version=1, by=User.objects.get(pk=world.coordinator.pk))

    found = at_once(lambda: change("qzeen"), lambda: change("qztwee"))

    assert sorted(type(outcome).__name__ for outcome in found) == ["ClashError", "NoneType"]
    note.refresh_from_db()
    assert note.text() in {"qzeen", "qztwee"}


# --- The log ----------------------------------------------------------------------------------


def test_the_log_of_readings_cannot_be_changed(world: World, note: ConfidentialNote) -> None:
    notes.log(note, Outcome.READ, by=world.coordinator)
    for deed in (
        lambda: NoteReading.objects.update(person_name="x"),
        NoteReading.objects.all().delete,
    ):
        with pytest.raises(IntegrityError, match="niet gewijzigd"), transaction.atomic():
            deed()


def test_the_readers_see_who_opened_it_and_who_was_refused(
    desk: Client, police: Client, world: World, note: ConfidentialNote
) -> None:
    police.get(page_of(note))
    page = desk.get(page_of(note, "lezingen/")).content.decode()
    assert world.cast[Role.NEIGHBOURHOOD_POLICE].name in page
    assert "niet aangewezen" in page


def test_a_note_costs_the_same_with_few_and_many_readings(
    desk: Client, world: World, note: ConfidentialNote
) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    addresses = (page_of(note), page_of(note, "lezingen/"), MINE, f"/partners/{world.service.pk}/")
    for address in addresses:
        cost(address)
    few = [cost(address) for address in addresses]
    for number in range(12):
        write(world)
        notes.log(note, Outcome.READ, by=world.coordinator)
        name(note, member(world.here, Role.SERVICE), by=world.coordinator, days=number)
    assert [cost(address) for address in addresses] == few
    assert max(few) <= 15


# --- The end of it ----------------------------------------------------------------------------


def test_destroying_throws_the_key_away_and_keeps_that_it_was(
    desk: Client, world: World, note: ConfidentialNote
) -> None:
    address = page_of(note, "vernietigen/")
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "Dossier is gesloten."}).status_code == 302

    note.refresh_from_db()
    assert (note.sealed, note.wrapped_key, note.key_name) == (None, None, "")
    assert note.destroy_reason == "Dossier is gesloten."
    assert desk.get(page_of(note)).status_code == 404
    assert outcomes(note)[-1] == Outcome.DESTROYED


# --- Keys -------------------------------------------------------------------------------------


def key(mark: bytes) -> str:
    return base64.b64encode(mark * 32).decode()


def test_after_rotating_the_old_key_may_go(settings: Any, world: World) -> None:
    written = [write(world, f"tekst {number}") for number in range(3)]
    settings.NOTE_KEYS = [key(b"n"), *settings.NOTE_KEYS]
    written.append(write(world, "tekst 3"))

    for _ in range(2):  # again does no harm
        call_command("rotate_note_keys", stdout=None)
    settings.NOTE_KEYS = [key(b"n")]

    texts = [ConfidentialNote.objects.get(pk=note.pk).text() for note in written]
    assert texts == [f"tekst {number}" for number in range(4)]


def test_rotating_goes_on_past_a_note_whose_key_is_gone(settings: Any, world: World) -> None:
    old = settings.NOTE_KEYS
    settings.NOTE_KEYS = [key(b"g")]
    lost = write(world)
    settings.NOTE_KEYS = old
    note = write(world)
    settings.NOTE_KEYS = [key(b"n"), *old]

    with pytest.raises(CommandError, match="1 nota"):
        call_command("rotate_note_keys")

    names = dict(ConfidentialNote.objects.values_list("pk", "key_name"))
    assert names[note.pk] != names[lost.pk] == lost.key_name


def test_without_a_key_nobody_writes(settings: Any, desk: Client, world: World) -> None:
    settings.NOTE_KEYS = []
    assert desk.get(f"/partners/{world.service.pk}/notas/nieuw/").status_code == 403
    assert "Nota schrijven" not in desk.get(f"/partners/{world.service.pk}/").content.decode()
    with pytest.raises(CommandError):
        call_command("rotate_note_keys")


# --- A note that nobody can read any more -----------------------------------------------------


def orphan(note: ConfidentialNote) -> ConfidentialNote:
    """Written by somebody who was named until yesterday."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    note.readers.update(starts=yesterday - dt.timedelta(days=9), until=yesterday)
    return note


def rescue_form(person: User) -> dict[str, Any]:
    return {"person": person.pk, "reason": "Volgt dit op", "until": timezone.localdate()}


def test_the_coordinator_names_a_new_reader_without_reading(desk: Client, world: World) -> None:
    police = world.cast[Role.NEIGHBOURHOOD_POLICE]
    note = orphan(notes.make_note(TEXT, by=police, municipality=world.here))
    assert "Niemand kan deze nota" in desk.get(MINE).content.decode()
    before = NoteReading.objects.count()

    assert desk.post(page_of(note, "nieuwe-lezer/"), rescue_form(police)).status_code == 302

    assert list(ConfidentialNote.objects.visible_to(police)) == [note]
    assert not ConfidentialNote.objects.visible_to(world.coordinator).exists()
    assert NoteReading.objects.count() == before
    assert LogEntry.objects.about(note).filter(verb="confidentialnote.rescued").exists()
    assert "Niemand kan deze nota" not in desk.get(MINE).content.decode()


def test_nobody_lets_himself_in(desk: Client, world: World) -> None:
    police = world.cast[Role.NEIGHBOURHOOD_POLICE]
    note = orphan(notes.make_note(TEXT, by=police, municipality=world.here))
    response = desk.post(page_of(note, "nieuwe-lezer/"), rescue_form(world.coordinator))
    assert response.status_code == 422
    with pytest.raises(PermissionDenied):
        notes.rescue(note, world.coordinator, "x", timezone.localdate(), by=world.coordinator)


def test_who_wrote_it_may_take_it_up_again(desk: Client, world: World) -> None:
    note = orphan(write(world))
    assert (
        desk.post(page_of(note, "nieuwe-lezer/"), rescue_form(world.coordinator)).status_code == 302
    )


def test_a_note_that_somebody_still_reads_is_left_alone(
    desk: Client, police: Client, world: World, note: ConfidentialNote
) -> None:
    assert desk.get(page_of(note, "nieuwe-lezer/")).status_code == 404
    orphan(note)
    assert police.get(page_of(note, "nieuwe-lezer/")).status_code == 404
    Membership.objects.filter(user=world.coordinator).delete()  # named, but no longer at work here
    note.readers.update(until=timezone.localdate() + dt.timedelta(days=9))
    assert note in ConfidentialNote.objects.read_by_nobody(on=timezone.localdate())
