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
