"""Two partners turn out to be one: everything of the first goes to the second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models.deletion import Collector, ProtectedError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import history
from partners import permissions
from partners.models import ContactOfficer, Partner, SharingEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User

ALSO_GONE = _("Een van beide partners is intussen gearchiveerd of samengevoegd. Begin opnieuw.")
STUCK = _(
    "“%(row)s” staat bij beide partners, en er hangt nog iets aan vast. Haal het eerst bij een van "
    "beide weg."
)


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one kind go along."""

    label: str
    number: int


def relations() -> Iterator[Any]:
    """Everything that points to a partner, in whatever app: a new link is moved by itself."""
    for relation in Partner._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            yield relation


def rows_of(partner: Partner, relation: Any) -> Any:
    rows = relation.related_model._default_manager.filter(**{relation.field.name: partner})
    return rows.order_by("pk")


def preview(partner: Partner) -> list[Moving]:
    """What moves with this partner, counted."""
    own = Partner.neighbourhoods.through
    moving = [relation for relation in relations() if relation.related_model is not own]
    counted = ((relation, rows_of(partner, relation).count()) for relation in moving)
    return [Moving(_label(relation), number) for relation, number in counted if number]


def _label(relation: Any) -> str:
    """Such as "mensen", or "acties (trekker)" where the link has a name of its own."""
    rows, link = relation.related_model._meta.verbose_name_plural, relation.field.verbose_name
    return str(rows) if link == "partner" else f"{rows} ({link})"


@transaction.atomic
def merge(loser: Partner, winner: Partner, *, by: User) -> Partner:
    """Move all of one partner to the other, and leave a pointer where it was."""
    loser, winner = _locked(loser, winner)
    permissions.may_merge(by, loser).or_403()
    permissions.may_edit(by, winner).or_403()
    for path in settings.PARTNER_MERGE_STEPS:
        import_string(path)(loser, winner, by=by)
    _settle_own_facts(loser, winner)
    _move_log(loser, winner)
    doubles = [str(row) for relation in relations() for row in _move(loser, winner, relation)]
    Partner.objects.filter(pk=loser.pk).update(merged_into=winner, archived_at=timezone.now())
    told = history.change(winner, "name", loser.name, winner.name)
    changes = [told, *(_double(row) for row in doubles)]
    history.record("partner.merged", winner, by=by, context=loser, changes=changes)
    return winner


def _move_log(loser: Partner, winner: Partner) -> None:
    """The log of what was shared takes no change, except whose it is now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ivcentrum.erase', 'on', true)")
        SharingEntry.objects.filter(partner=loser).update(partner=winner)
        cursor.execute("SELECT set_config('ivcentrum.erase', '', true)")


def _double(row: str) -> history.Change:
    return {"field": "", "label": str(_("stond dubbel")), "old": row, "new": ""}


def _settle_own_facts(loser: Partner, winner: Partner) -> None:
    """What the winner says of itself stays; only a number it lacks comes along."""
    loser.neighbourhoods.clear()
    number = loser.enterprise_number
    Partner.objects.filter(pk=loser.pk).update(enterprise_number="")
    if number and not winner.enterprise_number:
        Partner.objects.filter(pk=winner.pk).update(
            enterprise_number=number, version=models.F("version") + 1
        )


def _locked(loser: Partner, winner: Partner) -> tuple[Partner, Partner]:
    """Both as they are now, always locked in the same order."""
    keys = {loser.pk, winner.pk}
    rows = Partner.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    one, other = found[loser.pk], found[winner.pk]
    wrong = one.municipality_id != other.municipality_id or one.merged_into_id or other.archived_at
    if wrong or len(keys) == 1:
        raise ValidationError(ALSO_GONE)
    return one, other


def _move(loser: Partner, winner: Partner, relation: Any) -> list[models.Model]:
    """Move the rows of one relation. What the winner has already is given back, and gone."""
    name = relation.field.name
    return [row for row in rows_of(loser, relation) if not _moved(row, name, winner)]


def _moved(row: models.Model, name: str, winner: Partner) -> bool:
    try:
        _point(row, **{name: winner})
    except IntegrityError:
        if isinstance(row, ContactOfficer):  # one stays the first to turn to, the other stands in
            _point(row, **{name: winner}, is_deputy=True)
            return True
        _drop(row)
        return False
    return True


def _point(row: models.Model, **values: Any) -> None:
    with transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def _drop(row: models.Model) -> None:
    """Let go of a double, but never of what hangs on it."""
    collector = Collector(using="default")
    stuck = ValidationError(STUCK, params={"row": str(row)})
    try:
        collector.collect([row])
    except ProtectedError as error:
        raise stuck from error
    if set(collector.data) != {type(row)} or any(collector.fast_deletes):
        raise stuck
    row.delete()
