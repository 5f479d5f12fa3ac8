"""Who may do what with a melding. Every rule is asked here, by pages and operations alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import RIGHTS, Right, Role
from core.permissions import ALLOWED, Verdict, denied
from meldingen.models import CategoryGroup
from meldingen.workflow import OPEN
from partners import permissions as partners
from partners.models import own_partner_ids

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from meldingen.models import Melding, SavedView
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


def may_set_level_of(user: User, joined: Sequence[Melding], *, seen: int) -> Verdict:
    """The level of one goes for all that are joined: who handles each, and sees each, sets it."""
    if seen == len(joined) and all(may_handle(user, row) for row in joined):
        return ALLOWED
    return denied(
        _(
            "De vertrouwelijkheid van deze melding wijzigt de coördinator of een medewerker van het"
            " centrum."
        )
    )


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


def may_add_photo(user: User, melding: Melding) -> Verdict:
    """Whoever handles it, and who entered it just now."""
    if melding.status not in OPEN:
        return denied(_("Deze melding is afgesloten."))
    return ALLOWED if melding.entered_by_id == user.pk else may_handle(user, melding)


def may_answer(user: User, melding: Melding) -> Verdict:
    """Call, write or hang up the answer: it takes knowing who reported it."""
    return may_read_reporter(user, melding)


def may_answer_any(user: User) -> Verdict:
    """The list of what is still to be answered."""
    if user.has_right(Right.REPORTER_READ):
        return ALLOWED
    return denied(_("Antwoorden geeft de coördinator of een medewerker van het centrum."))


def may_ask(user: User, melding: Melding) -> Verdict:
    """A question to whoever reported it: the answer may tell who that is."""
    if melding.status not in OPEN:
        return denied(_("Deze melding is afgesloten."))
    handles = may_handle(user, melding)
    return may_read_reporter(user, melding) if handles else handles


def may_refer(user: User, melding: Melding) -> Verdict:
    if melding.status not in OPEN:
        return denied(_("Deze melding is afgesloten."))
    refers = partners.may_refer(user, melding.municipality_id)
    return may_handle(user, melding) if refers else refers


def may_manage_lists(user: User, municipality_id: int | None = None) -> Verdict:
    if user.has_right(Right.MELDING_LISTS, municipality_id):
        return ALLOWED
    return denied(_("Deze lijsten beheert de coördinator of de functioneel beheerder."))


def may_read_figures(user: User) -> Verdict:
    """Figures of what one service has would be taken for those of the municipality."""
    if user.has_right(Right.MELDING_READ):
        return ALLOWED
    return denied(_("Cijfers zijn voor wie alle meldingen van de gemeente opvolgt."))


def may_share_view(user: User, municipality_id: int | None = None) -> Verdict:
    """A list under a name, for all who follow the meldingen of the municipality."""
    if user.has_right(Right.MELDING_READ, municipality_id):
        return ALLOWED
    return denied(_("Lijsten delen is voor wie alle meldingen van de gemeente opvolgt."))


def may_destroy_view(user: User, view: SavedView) -> Verdict:
    if view.owner_id == user.pk:
        return ALLOWED
    return denied(_("Alleen wie de lijst bewaarde, gooit ze weg."))


def may_export_reporters(user: User) -> Verdict:
    if user.has_right(Right.REPORTER_READ):
        return ALLOWED
    return denied(_("Wie iets meldde, ziet alleen wie antwoordt."))


def places_of(user: User) -> frozenset[int]:
    """Where this person reads meldingen, be it of the own service alone."""
    rights = (Right.MELDING_READ, Right.MELDING_READ_OWN)
    return frozenset().union(*(user.municipality_ids_with(right) for right in rights))


def may_triage_in(user: User, municipality_id: int) -> Verdict:
    """The same for many meldingen of one municipality."""
    if user.has_right(Right.MELDING_TRIAGE, municipality_id):
        return ALLOWED
    return denied(_("Toewijzen doet de coördinator of een medewerker van het centrum."))


def handlers_in(municipality_id: int, *, on: dt.date) -> QuerySet[User]:
    """The people to whom a melding of this municipality can be given."""
    roles = [role for role in Role if Right.MELDING_HANDLE in RIGHTS[role]]
    held = Membership.objects.active(on=on).filter(municipality=municipality_id, role__in=roles)
    return User.objects.active().filter(pk__in=held.values("user")).order_by("name")


def may_archive_item(row: object) -> Verdict:
    """A group in which categories stand would take them along."""
    if isinstance(row, CategoryGroup) and row.categories.filter(archived_at=None).exists():
        return denied(_("Er staan nog categorieën in. Archiveer die eerst."))
    return ALLOWED


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


def may_edit_inboxes(user: User, municipality_id: int | None = None) -> Verdict:
    if user.has_right(Right.INBOX_EDIT, municipality_id):
        return ALLOWED
    return denied(_("Postvakken stelt de functioneel beheerder in."))
