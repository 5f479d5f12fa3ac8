"""Letterboxes and routes: hung up, changed, put in order, taken away."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from meldingen import permissions
from meldingen.models import Mailbox, Route, RouteStop
from meldingen.operations.photos import small

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile
    from meldingen.forms.boxes import BoxEditForm, BoxForm, RouteEditForm, RouteForm


@transaction.atomic
def make(form: BoxForm, *, by: User) -> Mailbox:
    box = form.save()
    permissions.may_edit_boxes(by, box.municipality_id).or_403()
    history.record("mailbox.made", box, by=by)
    return box


def edit(form: BoxEditForm, *, by: User) -> Mailbox:
    permissions.may_edit_boxes(by, form.instance.municipality_id).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def set_photo(box: Mailbox, clean: CleanFile, *, by: User) -> None:
    """The small version alone is enough to find the box."""
    permissions.may_edit_boxes(by, box.municipality_id).or_403()
    box.photo.save(f"{uuid.uuid4().hex}.jpg", ContentFile(small(clean.content)), save=False)
    box.save(update_fields=["photo"])
    history.record("mailbox.photo", box, by=by)


@transaction.atomic
def archive(box: Mailbox, *, by: User) -> None:
    """It hangs there no longer: off its routes, and kept with what was found in it."""
    permissions.may_edit_boxes(by, box.municipality_id).or_403()
    if Mailbox.objects.filter(pk=box.pk, archived_at=None).update(archived_at=timezone.now()):
        RouteStop.objects.filter(mailbox=box).delete()
        history.record("mailbox.archived", box, by=by)


@transaction.atomic
def restore(box: Mailbox, *, by: User) -> None:
    permissions.may_edit_boxes(by, box.municipality_id).or_403()
    if Mailbox.objects.filter(pk=box.pk, archived_at__isnull=False).update(archived_at=None):
        history.record("mailbox.restored", box, by=by)


@transaction.atomic
def make_route(form: RouteForm, *, by: User) -> Route:
    route = form.save()
    permissions.may_edit_boxes(by, route.municipality_id).or_403()
    history.record("route.made", route, by=by)
    return route


def edit_route(form: RouteEditForm, *, by: User) -> Route:
    permissions.may_edit_boxes(by, form.instance.municipality_id).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def order_stops(route: Route, boxes: list[Mailbox], *, by: User) -> None:
    """These boxes, in this order. A round that was begun keeps the order it began with."""
    permissions.may_edit_boxes(by, route.municipality_id).or_403()
    Route.objects.select_for_update().get(pk=route.pk)
    before = [stop.mailbox for stop in route.stops.select_related("mailbox")]
    if before == boxes:
        return
    route.stops.all().delete()
    RouteStop.objects.bulk_create(
        RouteStop(route=route, mailbox=box, position=place) for place, box in enumerate(boxes, 1)
    )
    told = history.Change(
        field="mailboxes",
        label=str(Mailbox._meta.verbose_name_plural),
        old=", ".join(box.code for box in before),
        new=", ".join(box.code for box in boxes),
    )
    history.record("route.ordered", route, by=by, changes=[told])
