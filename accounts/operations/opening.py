"""The start of an installation: a municipality, and the first person who may invite the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.text import slugify

from accounts.models import Membership, Municipality, User, Zone
from accounts.operations import invitations
from accounts.roles import Role
from core import history

if TYPE_CHECKING:
    from django.db import models

    from accounts.models import Invitation

CODE_LENGTH = 20


class AlreadyOpenError(Exception):
    """Somebody administers this municipality already: that person invites the others."""


@transaction.atomic
def open_municipality(
    *, zone: str, code: str, name: str, administrator: str, email: str
) -> Invitation:
    """Make what is not there yet; the link is another one at every call, until it is used."""
    place = Municipality.objects.filter(code=code).first() or _municipality(zone, code, name)
    if Membership.objects.filter(municipality=place).administrators().exists():
        raise AlreadyOpenError
    person = User.objects.filter(email=email.lower()).first() or _person(administrator, email)
    _let_administer(person, place)
    return invitations.make(person, by=person)


def _municipality(zone: str, code: str, name: str) -> Municipality:
    found = Zone.objects.filter(name=zone).first()
    place = Municipality(code=code, name=name, zone=found or _zone(zone))
    _save(place)
    for path in settings.MUNICIPALITY_STARTS_WITH:
        import_string(path)(place)
    return place


def _zone(name: str) -> Zone:
    zone = Zone(code=slugify(name)[:CODE_LENGTH], name=name)
    _save(zone)
    return zone


def _person(name: str, email: str) -> User:
    person = User(name=name, email=email.lower())
    person.set_unusable_password()  # the link asks for one
    _save(person)
    return person


def _let_administer(person: User, place: Municipality) -> None:
    role, is_new = Membership.objects.get_or_create(
        user=person, municipality=place, role=Role.ADMINISTRATOR
    )
    if is_new:
        history.record("membership.given", role, by=None, context=person)


def _save(row: models.Model) -> None:
    row.full_clean()
    row.save()
    history.record(f"{row._meta.model_name}.made", row, by=None)
