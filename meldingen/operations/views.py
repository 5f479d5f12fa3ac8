"""Lists under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import OvertakenError
from meldingen import permissions
from meldingen.models import MOST_VIEWS, SavedView

if TYPE_CHECKING:
    from meldingen.forms.saved_views import SavedViewForm


class TooManyViewsError(OvertakenError):
    field = None
    message = _("Je hebt al twintig lijsten. Gooi er eerst een weg.")


@transaction.atomic
def keep(form: SavedViewForm, *, by: User) -> SavedView:
    """A personal habit, no change of the municipality's data: it leaves no line in the history."""
    User.objects.select_for_update().get(pk=by.pk)  # of two at once, the second one counts anew
    if SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
        raise TooManyViewsError
    row = form.save(commit=False)
    if row.is_shared:
        permissions.may_share_view(by, row.municipality_id).or_403()
    row.save(force_insert=True)
    return row


def destroy(view: SavedView, *, by: User) -> None:
    permissions.may_destroy_view(by, view).or_403()
    view.delete()
