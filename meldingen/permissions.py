"""Who may do what with a melding. Every rule is asked here, by pages and operations alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied
from meldingen.workflow import OPEN
from partners.models import own_partner_ids

if TYPE_CHECKING:
    from accounts.models import User
    from meldingen.models import Melding
    from meldingen.workflow import Step


def may_read(user: User) -> Verdict:
    """The list: of the municipality, or of the own service."""
    if user.has_right(Right.MELDING_READ) or user.has_right(Right.MELDING_READ_OWN):
        return ALLOWED
    return denied(_("Meldingen zijn voor wie ze opvolgt."))


def may_take_in(user: User, municipality_id: int | None = None) -> Verdict:
    """At the desk, on the phone, in the street: everybody who reads them enters them too."""
    if user.has_right(Right.MELDING_READ, municipality_id) or user.has_right(
        Right.MELDING_READ_OWN, municipality_id
    ):
        return ALLOWED
    return denied(_("Je voert geen meldingen in voor deze gemeente."))


def may_handle(user: User, melding: Melding) -> Verdict:
    """Who follows all of the municipality; others only what they or their service have."""
    place = melding.municipality_id
    if not user.has_right(Right.MELDING_HANDLE, place):
        return denied(_("Je behandelt geen meldingen."))
    if user.has_right(Right.MELDING_READ, place) or melding.assignee_id == user.pk:
        return ALLOWED
    if melding.handler_id in own_partner_ids(user):
        return ALLOWED
    return denied(_("Deze melding ligt bij een andere dienst."))


def may_take(user: User, melding: Melding, step: Step | None) -> Verdict:
    if step is None:
        return denied(_("Die stap kan nu niet: de status is intussen gewijzigd."))
    return may_handle(user, melding)


def may_edit(user: User, melding: Melding) -> Verdict:
    """What was told is corrected while it is open."""
    if melding.status not in OPEN:
        return denied(_("Deze melding is afgesloten. Heropen ze om iets te wijzigen."))
    return may_handle(user, melding)


def may_triage(user: User, melding: Melding | None = None) -> Verdict:
    """Give it to a service or person, join, split, and many at once."""
    place = melding.municipality_id if melding else None
    if user.has_right(Right.MELDING_TRIAGE, place):
        return ALLOWED
    return denied(_("Toewijzen doet de coördinator of een medewerker van het centrum."))


def may_read_reporter(user: User, melding: Melding) -> Verdict:
    if user.has_right(Right.REPORTER_READ, melding.municipality_id):
        return ALLOWED
    return denied(_("Wie iets meldde, ziet alleen wie antwoordt."))


def may_manage_lists(user: User) -> Verdict:
    if user.has_right(Right.MELDING_LISTS):
        return ALLOWED
    return denied(_("Deze lijsten beheert de coördinator of de functioneel beheerder."))


def may_see_boxes(user: User) -> Verdict:
    if user.has_right(Right.ROUND_WALK):
        return ALLOWED
    return denied(_("De Pro?bleemboxen zijn voor wie ze ledigt of beheert."))


def may_edit_boxes(user: User, municipality_id: int | None = None) -> Verdict:
    if user.has_right(Right.MAILBOX_EDIT, municipality_id):
        return ALLOWED
    return denied(_("De Pro?bleemboxen beheert de coördinator of een medewerker van het centrum."))


def may_walk(user: User, municipality_id: int) -> Verdict:
    if user.has_right(Right.ROUND_WALK, municipality_id):
        return ALLOWED
    return denied(_("Je doet geen rondes in deze gemeente."))
