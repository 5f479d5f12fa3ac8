"""Addresses of accounts: the entrance, one's own account, people, the style of the house."""

from __future__ import annotations

from typing import Any

from accounts.models import Invitation
from accounts.roles import Role
from tests.access import (
    ADMINISTRATORS,
    NOBODY,
    SIGNED_IN,
    Actor,
    Arguments,
    Codes,
    Row,
    act,
    codes,
    form,
    nothing,
    page,
)
from tests.access.stage import Stage
from tests.factories import NeighbourhoodFactory

OTHERS = SIGNED_IN - ADMINISTRATORS
HERE: frozenset[Actor] = frozenset(Role)


def entrance(
    name: str,
    arguments: Arguments = nothing,
    *,
    get: Codes,
    post: Codes | None = None,
    nobody: Codes | None = None,
) -> Row:
    """A page of the entrance: the same for all who are in, perhaps another for who is not."""

    def answer(wanted: Codes) -> Any:
        return lambda actor: codes(nobody if actor == NOBODY and nobody is not None else wanted)

    methods = {"GET": answer(get), "HEAD": answer(get)}
    if post is not None:
        methods["POST"] = answer(post)
    return Row(name, arguments, methods, public=nobody is not None)


def person(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.world.reader.pk}


def membership(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.world.reader.memberships.get().pk}


def secret(stage: Stage) -> dict[str, Any]:
    invitation = stage.invitation
    found = Invitation.objects.filter(pk=invitation.pk)
    found.update(token_hash=Invitation.hash_of(invitation.secret))
    return {"secret": invitation.secret}


def here(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code}


def stale_key(_stage: Stage) -> dict[str, Any]:
    return {"uidb36": "1", "key": "abc-def"}


def no_session(_stage: Stage) -> dict[str, Any]:
    return {"pk": 999_999_999}


def hood(stage: Stage) -> dict[str, Any]:
    return {"pk": NeighbourhoodFactory.create(municipality=stage.world.here).pk}


ROWS: list[Row] = [
    # Who is in already is led on; who is not sees the form.
    entrance("account_login", get=302, post=302, nobody={200, 422}),
    entrance("mfa_authenticate", get=302, post=302, nobody=302),
    entrance("account_logout", get=200, post=302, nobody=302),
    entrance("account_reset_password", get=200, post=422, nobody={200, 422}),
    entrance("account_reset_password_done", get=200, nobody=200),
    entrance("account_reset_password_from_key_done", get=200, nobody=200),
    entrance("account_reset_password_from_key", stale_key, get=200, post=422, nobody={200, 422}),
    entrance("account_change_password", get=200, post=422),
    entrance("account_reauthenticate", get=200, post=422),
    entrance("mfa_reauthenticate", get=302, post=302),  # nobody on the stage has a second step
    entrance("mfa_index", get=200),
    entrance("mfa_activate_totp", get=200, post=422),
    entrance("mfa_deactivate_totp", get=404, post=404),
    entrance("mfa_view_recovery_codes", get=404),
    entrance("mfa_generate_recovery_codes", get=200, post=422),  # first a second step
    entrance("mfa_download_recovery_codes", get=404),
    entrance("usersessions_list", get=200, post=302),
    page("accounts:account", seen=SIGNED_IN),
    form("accounts:language", may=()),  # opens only where there are facilities: tests/mails
    act("accounts:session-end", no_session, may=()),
    form("accounts:accept", secret, may=SIGNED_IN, public=True),
    page("accounts:roles", seen=SIGNED_IN),
    page("accounts:people", seen=ADMINISTRATORS, barred=OTHERS),
    form("accounts:invite", may=ADMINISTRATORS, barred=OTHERS),
    page("accounts:person", person, seen=ADMINISTRATORS, barred=OTHERS),
    form("accounts:rename", person, may=ADMINISTRATORS, barred=OTHERS),
    form("accounts:change-email", person, may=ADMINISTRATORS, barred=OTHERS),
    act("accounts:role-give", person, may=ADMINISTRATORS, barred=OTHERS),
    form("accounts:role-end", membership, may=ADMINISTRATORS, barred=OTHERS),
    form("accounts:stop", person, may=ADMINISTRATORS, barred=OTHERS),
    act("accounts:restart", person, may=ADMINISTRATORS, barred=OTHERS),
    form("accounts:second-factor-reset", person, may=ADMINISTRATORS, barred=OTHERS),
    act("accounts:invitation-resend", person, may=ADMINISTRATORS, barred=OTHERS),
    act("accounts:invitation-withdraw", person, may=ADMINISTRATORS, barred=OTHERS),
    page("accounts:municipalities", seen=ADMINISTRATORS, barred=OTHERS),
    form("accounts:house-style", here, may=ADMINISTRATORS, barred=HERE - ADMINISTRATORS),
    page("accounts:neighbourhoods", seen=ADMINISTRATORS, barred=OTHERS),
    form("accounts:neighbourhood-create", may=ADMINISTRATORS, barred=OTHERS),
    form("accounts:neighbourhood-edit", hood, may=ADMINISTRATORS, barred=OTHERS),
    page("accounts:house-css", here, seen=SIGNED_IN, public=True),
    page("accounts:borders", here, seen=SIGNED_IN, public=True),
    entrance("accounts:logo", here, get=404, nobody=404),  # the municipality has none
]
