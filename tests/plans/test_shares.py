"""Showing an action to a partner: what goes out, until when, and how it stops."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from core import outbox
from core.confidentiality import Level
from core.models import LogEntry
from partners.models import DataAnnex, Direction, SharingEntry
from partners.operations.sharing import record_sharing
from plans.forms.shares import ShareForm
from plans.models import Action, ActionGroupPermission, Share, ShareAnswer
from plans.operations import shares
from plans.tasks import look_after_shares
from tests.conftest import World
from tests.factories import ActionFactory, AgreementFactory, AgreementPartyFactory, ShareFactory
from tests.together import at_once

TODAY = timezone.localdate


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def filled(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "form_token": str(uuid.uuid4()),
        "partner": world.care.pk,
        "text": "Kunnen jullie het spreekuur verplaatsen?",
        "fields_shown": ["periode"],
        "purpose": "Beter bereik",
        "ground": "geen persoonsgegevens",
        "last_day": (TODAY() + dt.timedelta(days=90)).isoformat(),
        **changes,
    }


def url(world: World) -> str:
    return f"/acties/{world.action.pk}/delen/"


def give(desk: Client, world: World, **changes: Any) -> Any:
    """Fill in, look at the preview, and share."""
    data = filled(world, **changes)
    preview: Any = desk.post(url(world), data)
    assert preview.status_code == 200, preview.context["form"].errors
    return desk.post(url(world), {**data, "seen": preview.context["seen"]})


def test_nothing_is_shared_before_the_preview_was_seen(desk: Client, world: World) -> None:
    page = desk.post(url(world), filled(world)).content.decode()

    assert "Dit ziet CGG" in page
    assert not Share.objects.exists()


def test_who_changes_a_letter_sees_the_preview_again(desk: Client, world: World) -> None:
    data = filled(world)
    preview: Any = desk.post(url(world), data)

    changed = {**data, "seen": preview.context["seen"], "text": "Iets heel anders"}
    assert desk.post(url(world), changed).status_code == 200
    assert not Share.objects.exists()


def test_sharing_grants_logs_and_tells(desk: Client, world: World) -> None:
    assert give(desk, world).status_code == 302

    share = Share.objects.get()
    assert ActionGroupPermission.objects.get().group == Group.objects.get(partner=world.care)
    assert share.last_day == TODAY() + dt.timedelta(days=90)
    line = SharingEntry.objects.get()
    assert (line.direction, line.ground) == (Direction.OUT, "geen persoonsgegevens")
    assert line.what == "Titel, Tekst voor de partner, Begin- en einddatum"
    assert LogEntry.objects.within(world.action).filter(verb="share.given").exists()
    while outbox.drain("mail"):
        pass
    assert [message.to for message in mail.outbox] == [[world.partner.email]]
    assert world.action.title not in f"{mail.outbox[0].body}{mail.outbox[0].subject}"


def test_a_form_sent_twice_shares_once(desk: Client, world: World) -> None:
    data = filled(world)
    preview: Any = desk.post(url(world), data)
    data["seen"] = preview.context["seen"]

    desk.post(url(world), data)
    desk.post(url(world), data)

    assert Share.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": "2020-01-01"}, "Kies een dag die nog komt"),
        ({"last_day": "2099-01-01"}, "hoogstens een jaar"),
        ({"last_day": "morgen"}, "geldige datum"),
        ({"fields_shown": ["why"]}, "Selecteer een geldige keuze"),
        ({"ground": "omdat het kan"}, "Selecteer een geldige keuze"),
        ({"text": ""}, "Dit veld is verplicht"),
        ({"text": "x" * 2001}, "2000 tekens"),
        ({"text": "a\x00b"}, "tekens"),
        ({"partner": 999_999_999}, "Selecteer een geldige keuze"),
    ],
)
def test_bad_input_is_told_at_its_field(
    desk: Client, world: World, changes: dict[str, Any], said: str
) -> None:
    response = desk.post(url(world), filled(world, **changes))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Share.objects.exists()


def test_a_confidential_action_is_not_shared(desk: Client, world: World) -> None:
    Action.objects.update(confidentiality=Level.CONFIDENTIAL)

    response = desk.get(url(world))

    assert response.status_code == 403
    assert "Verlaag eerst haar niveau" in response.content.decode()


def test_with_a_partner_of_elsewhere_nothing_is_shared(desk: Client, world: World) -> None:
    stranger = ShareFactory.create().partner

    assert desk.post(url(world), filled(world, partner=stranger.pk)).status_code == 422


def test_withdrawing_takes_the_grant_in_the_same_moment(desk: Client, world: World) -> None:
    share = ShareFactory.create(action=world.action, partner=world.care)

    desk.post(f"/delen/{share.pk}/intrekken/", {"reason": "Opdracht voorbij"})

    share.refresh_from_db()
    assert share.closed_at is not None
    assert not ActionGroupPermission.objects.exists()
    assert SharingEntry.objects.get().what == "Ingetrokken"


def test_it_may_be_shared_anew_after_it_ended(desk: Client, world: World) -> None:
    old = ShareFactory.create(
        action=world.action, partner=world.care, starts_at=timezone.now() - dt.timedelta(days=100)
    )
    assert give(desk, world).status_code == 302

    old.refresh_from_db()
    assert old.closed_at is not None
    assert ActionGroupPermission.objects.count() == 1


def test_a_changed_text_is_seen_at_once_and_logged(desk: Client, world: World) -> None:
    share = ShareFactory.create(action=world.action, partner=world.care)
    data = filled(world, version=share.version, text="Nieuwe vraag")
    preview: Any = desk.post(f"/delen/{share.pk}/wijzigen/", data)
    assert "Eén persoon van deze partner leest dit" in preview.content.decode()

    desk.post(f"/delen/{share.pk}/wijzigen/", {**data, "seen": preview.context["seen"]})

    share.refresh_from_db()
    assert (share.text, share.fields) == ("Nieuwe vraag", ["periode"])
    assert SharingEntry.objects.get().what.startswith("Gewijzigd:")
    [line] = LogEntry.objects.filter(verb="share.edited")
    assert {change["field"] for change in line.changes} >= {"text", "fields_shown"}


def test_of_two_who_change_the_second_sees_both_texts(desk: Client, world: World) -> None:
    share = ShareFactory.create(action=world.action, partner=world.care)
    data = filled(world, version=share.version, text="Van mij")
    Share.objects.filter(pk=share.pk).update(version=2, text="Van een ander")

    response = desk.post(f"/delen/{share.pk}/wijzigen/", data)

    assert response.status_code == 409
    assert "Van een ander" in response.content.decode()


def test_what_the_clock_ended_loses_its_grant(world: World) -> None:
    began = timezone.now() - dt.timedelta(days=91)
    ShareFactory.create(action=world.action, partner=world.care, starts_at=began)
    look_after_shares()

    assert not ActionGroupPermission.objects.exists()
    assert LogEntry.objects.filter(verb="share.ended").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_share_at_once_share_once(world: World) -> None:
    clients = [Client(), Client()]
    data = filled(world)
    for client in clients:
        client.force_login(world.coordinator)
    preview: Any = clients[0].post(url(world), data)
    data["seen"] = preview.context["seen"]

    def send(client: Client) -> int:
        return client.post(url(world), {**data, "form_token": str(uuid.uuid4())}).status_code

    codes = at_once(*[lambda client=client: send(client) for client in clients])

    assert Share.objects.count() == 1
    assert sorted(str(code) for code in codes) in (["302", "422"], ["302", "302"])


def test_the_coordinator_reads_what_partners_say(desk: Client, world: World) -> None:
    ShareFactory.create(
        action=world.action, partner=world.care, answer=ShareAnswer.DECLINED,
        answer_reason="Geen volk",
    )  # fmt: skip

    page = desk.get(f"/acties/{world.action.pk}/samenwerking/").content.decode()

    assert "Geweigerd" in page
    assert "Geen volk" in page
    assert "Partners die geweigerd hebben" in desk.get("/").content.decode()


def test_the_page_of_an_action_loads_its_cooperation(desk: Client, world: World) -> None:
    address = f"/acties/{world.action.pk}/samenwerking/"
    assert f'hx-get="{address}"' in desk.get(world.action.get_absolute_url()).content.decode()

    part = desk.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert f'href="/acties/{world.action.pk}/delen/"' in part


def test_the_log_of_one_action_is_reached_from_its_page(desk: Client, world: World) -> None:
    other = ActionFactory.create(sub_theme=world.sub_theme, title="Iets anders")
    for action in (world.action, other):
        record_sharing(world.care, action, "Titel", by=world.coordinator)
    address = f"/partners/gedeeld/?onderwerp=action%3A{world.action.pk}"
    part = desk.get(f"/acties/{world.action.pk}/samenwerking/").content.decode()
    assert f'href="{address}"' in part

    page = desk.get(address).content.decode()

    assert world.action.title in page
    assert other.title not in page
    # Searching on goes on within it.
    assert f'name="onderwerp" value="action:{world.action.pk}"' in page


# --- Personal data in the text ----------------------------------------------------------------


PRIVATE = "Bel Jan Peeters op 0475 12 34 56."


def with_protocol(world: World) -> None:
    """Signed by the partner, with an annex that lets personal data go."""
    party = AgreementPartyFactory.create(
        agreement=AgreementFactory.create(municipality=world.here), partner=world.care
    )
    DataAnnex.objects.create(agreement=party.agreement, data="x", ground="toestemming",
                             starts=party.agreement.starts)  # fmt: skip


def test_the_preview_warns_of_what_looks_like_personal_data(desk: Client, world: World) -> None:
    page = desk.post(url(world), filled(world, text=PRIVATE))
    told = page.content.decode()
    assert page.status_code == 200
    assert "een naam en een telefoonnummer" in told
    assert "Er is geen gegevensprotocol met deze partner." in told
    assert 'name="owned_up"' in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({}, 422),
        ({"owned_up": "on"}, 422),
        ({"owned_up": "on", "why": "Nummer van de dienst"}, 302),
    ],
)
def test_without_a_protocol_somebody_owns_up_to_it(
    desk: Client, world: World, words: dict[str, str], code: int
) -> None:
    data = filled(world, text=PRIVATE)
    seen: Any = desk.post(url(world), data)

    response = desk.post(url(world), {**data, **words, "seen": seen.context["seen"]})

    assert response.status_code == code
    assert Share.objects.exists() is (code == 302)
    if code == 302:
        assert LogEntry.objects.get(verb="share.given").reason == "Nummer van de dienst"


def test_with_a_protocol_it_goes_after_the_warning(desk: Client, world: World) -> None:
    with_protocol(world)
    assert give(desk, world, text=PRIVATE).status_code == 302


def test_a_national_number_never_goes(desk: Client, world: World) -> None:
    with_protocol(world)
    response = desk.post(url(world), filled(world, text="Rijksregister 85.07.30-033 28."))
    assert response.status_code == 422


def test_a_change_asks_the_same(desk: Client, world: World) -> None:
    share = ShareFactory.create(action=world.action, partner=world.care)
    data = filled(world, version=share.version, text=PRIVATE)
    seen: Any = desk.post(f"/delen/{share.pk}/wijzigen/", data)
    response = desk.post(f"/delen/{share.pk}/wijzigen/", {**data, "seen": seen.context["seen"]})
    assert response.status_code == 422
    share.refresh_from_db()
    assert share.text != PRIVATE


def test_the_operation_asks_it_itself(world: World) -> None:
    form = ShareForm(filled(world, text=PRIVATE), action=world.action)
    assert form.is_valid()
    with pytest.raises(PermissionDenied, match="gegevensprotocol"):
        shares.give(form, by=world.coordinator)


def test_who_edits_reads_which_partners_see_it(desk: Client, world: World) -> None:
    share = ShareFactory.create(action=world.action, partner=world.care)
    ShareFactory.create(action=world.action, partner=world.civ)
    page = desk.get(f"/delen/{share.pk}/wijzigen/").content.decode()
    assert "CGG ziet deze tekst nu" in page
    assert "ook gedeeld met Centrum IV" in page
    edit = desk.get(f"/acties/{world.action.pk}/wijzigen/").content.decode()
    assert "Gedeeld met CGG, Centrum IV" in edit
