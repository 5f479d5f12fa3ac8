"""What becomes of a link, in words. Nothing in here touches the database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What was done with a link."""

    OPENED = "geopend", _("Geopend")
    SAVED = "bewaard", _("Antwoord bewaard")
    REFUSED = "geweigerd", _("Geweigerd")
    REVOKED = "ingetrokken", _("Ingetrokken")


class Refusal(models.TextChoices):
    """Why a link opens nothing. Who follows it up reads this; the page itself never says which."""

    USED = "gebruikt", _("al gebruikt")
    REVOKED = "ingetrokken", _("ingetrokken")
    EXPIRED = "verlopen", _("verlopen")
    PERSON = "account", _("account gestopt of wachtwoord gewijzigd")
    OFF = "uit", _("de gemeente laat geen antwoord via link toe")
    SECOND_STEP = "tweede stap", _("deze persoon meldt zich aan met een tweede stap")
    GONE = "weg", _("wordt niet meer gevraagd, gedeeld of getoond aan deze persoon")
    LEVEL = "niveau", _("te vertrouwelijk voor een link")
    RIGHT = "recht", _("deze persoon mag dit niet meer doen")
