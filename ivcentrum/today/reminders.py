"""How many reminders stand open for a person, how many items wait for the core group, and how many mails
did not arrive: one question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ivcentrum.today.task import Task, Urgency
from mails.models import followed_by
from reminders.models import CoreGroupItem, Reminder

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable


def tasks(user: User) -> Iterable[Task]:
    """As the engine last saw it, minutes ago; the page itself asks again."""
    mine = _count(Reminder.objects.visible_to(user).open())
    table = _count(CoreGroupItem.objects.visible_to(user).open())
    lost = _count(followed_by(user).troubled())
    asked = User.objects.filter(pk=user.pk).order_by().values_list(mine, table, lost)
    told, items, mails = asked[0]
    yield Task(Urgency.BROKEN, _("Mails die misschien niet aankwamen"), mails,
               reverse("mails:list"), _("Bekijk welke"), "danger", "mail")  # fmt: skip
    yield Task(Urgency.REMINDED, _("Herinneringen voor jou"), told, reverse("reminders:mine"),
               _("Bekijk ze samen"), "info", "clock")  # fmt: skip
    yield Task(Urgency.ON_TABLE, _("Punten voor de kerngroep"), items,
               reverse("reminders:core-group"), _("Bespreek ze"), "warn", "users")  # fmt: skip


def _count(rows: QuerySet[Any]) -> Combinable:
    all_of = rows.order_by().annotate(one=Value(1)).values("one")
    counted = all_of.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
