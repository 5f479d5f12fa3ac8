"""How far a record may travel. Who reads which level stands in `accounts.roles`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PUBLIC = "openbaar", _("Openbaar")
    INTERNAL = "intern", _("Intern")
    PARTNERS = "partners", _("Partners")
    RESTRICTED = "beperkt", _("Beperkt")
    CONFIDENTIAL = "vertrouwelijk", _("Vertrouwelijk")


# What may be answered by a link in a mail, without signing in …
ANSWERED_BY_LINK = frozenset({Level.PUBLIC, Level.INTERNAL})
# … and by a partner, of what is shared with it at that moment.
SHARED_BY_LINK = ANSWERED_BY_LINK | {Level.PARTNERS}
