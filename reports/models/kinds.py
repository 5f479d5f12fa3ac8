"""For whom a report is, what it is about, and the variants that follow from both."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import INVOLVED_LEVELS, Right, Role
from core.confidentiality import Level


class Audience(models.TextChoices):
    """Who reads it. What goes to a partner is given by hand: outside partners open no report."""

    CORE_GROUP = "kerngroep", _("Kerngroep")
    COLLEGE = "college", _("College")
    COUNCIL = "gemeenteraad", _("Gemeenteraad en publiek")
    ZONE = "zonale raad", _("Zonale veiligheidsraad")
    PARTNER = "partner", _("Om aan de partner te geven")


# Records above these levels are absent from everything that a report for the audience shows.
# In the zonal council sit a prosecutor and mayors of elsewhere: they read what everybody within
# the municipality reads, and nothing that stays among those who take part in an action.
AUDIENCE_LEVELS: dict[Audience, frozenset[Level]] = {
    Audience.CORE_GROUP: frozenset(Level) - {Level.CONFIDENTIAL},
    Audience.COLLEGE: frozenset({Level.PUBLIC, Level.INTERNAL, Level.PARTNERS}),
    Audience.COUNCIL: frozenset({Level.PUBLIC}),
    Audience.ZONE: frozenset({Level.PUBLIC, Level.INTERNAL}),
    Audience.PARTNER: INVOLVED_LEVELS,  # and of these only what was shared: reports/about_partner
}
AUDIENCE_RIGHTS: dict[Audience, Right] = {
    Audience.CORE_GROUP: Right.REPORT_READ_CORE,
    Audience.COLLEGE: Right.REPORT_READ_COLLEGE,
    Audience.COUNCIL: Right.REPORT_READ_COUNCIL,
    Audience.ZONE: Right.REPORT_READ_ZONE,
    Audience.PARTNER: Right.REPORT_READ_CORE,
}
# Whom a report is sent to; others with the right find it in their list.
AUDIENCE_ROLES: dict[Audience, Role] = {
    Audience.CORE_GROUP: Role.CORE_GROUP,
    Audience.COLLEGE: Role.COLLEGE,
    Audience.COUNCIL: Role.READER,
    Audience.ZONE: Role.CORE_GROUP,
}

WHOLE, PARTNER, NEIGHBOURHOOD = "", "partner", "neighbourhood"  # what it is about: fields of Report


class Variant(models.TextChoices):
    """The kinds of report, as people choose them and addresses name them."""

    CORE_GROUP = "kerngroep", _("Kerngroep")
    COLLEGE = "college", _("College")
    COUNCIL = "gemeenteraad", _("Gemeenteraad en publiek")
    ZONE = "zonale-raad", _("Zonale veiligheidsraad")
    PARTNER = "partner", _("Eén partner: intern dossier")
    PARTNER_GIVEN = "partner-geven", _("Eén partner: om te geven")
    NEIGHBOURHOOD = "wijk", _("Eén wijk: intern")
    NEIGHBOURHOOD_PUBLIC = "wijk-publiek", _("Eén wijk: voor de bewoners")

    @property
    def audience(self) -> Audience:
        return SHAPES[self].audience

    @property
    def subject(self) -> str:
        return SHAPES[self].subject


@dataclass(frozen=True, slots=True)
class Shape:
    """Who reads a variant, and what it is about."""

    audience: Audience
    subject: str = WHOLE


SHAPES: dict[Variant, Shape] = {
    Variant.CORE_GROUP: Shape(Audience.CORE_GROUP),
    Variant.COLLEGE: Shape(Audience.COLLEGE),
    Variant.COUNCIL: Shape(Audience.COUNCIL),
    Variant.ZONE: Shape(Audience.ZONE),
    Variant.PARTNER: Shape(Audience.CORE_GROUP, PARTNER),
    Variant.PARTNER_GIVEN: Shape(Audience.PARTNER, PARTNER),
    Variant.NEIGHBOURHOOD: Shape(Audience.CORE_GROUP, NEIGHBOURHOOD),
    Variant.NEIGHBOURHOOD_PUBLIC: Shape(Audience.COUNCIL, NEIGHBOURHOOD),
}
_BY_SHAPE = {shape: variant for variant, shape in SHAPES.items()}

# What each tells, for who chooses one.
HELP = {
    Variant.CORE_GROUP: _("Alles over het plan, ook het engagement van partners."),
    Variant.COLLEGE: _("Kort: de stand, wat aandacht vraagt en wat het college moet beslissen."),
    Variant.COUNCIL: _("Kort, en alleen wat openbaar is."),
    Variant.ZONE: _(
        "Wat openbaar of intern is, zonder plaatsen kleiner dan een wijk. Wie van buiten de gemeente "
        "in die raad zit, krijgt van jou de PDF."
    ),
    Variant.PARTNER: _(
        "Voor jou en de kerngroep, om een gesprek voor te bereiden: acties, afspraken, "
        "doorverwijzingen, evaluaties en engagement. De partner ziet dit nooit."
    ),
    Variant.PARTNER_GIVEN: _(
        "Alleen wat met de partner gedeeld is en wat hij zelf beloofde. Geen verkeerslichten, geen "
        "engagement, niets van anderen. Je geeft de PDF zelf."
    ),
    Variant.NEIGHBOURHOOD: _(
        "Voor de kerngroep: acties, meldingen, plekken die terugkomen, partners en afspraken."
    ),
    Variant.NEIGHBOURHOOD_PUBLIC: _(
        "Voor een bewonersvergadering: alleen openbare acties, meldingen over dingen en niet over "
        "mensen, geen straten, en geen aantallen onder 5."
    ),
}


def variant_of(audience: str, *, partner: int | None, neighbourhood: int | None) -> Variant:
    """The variant that these make together."""
    subject = PARTNER if partner else NEIGHBOURHOOD if neighbourhood else WHOLE
    return _BY_SHAPE[Shape(Audience(audience), subject)]


def of_shape(variant: Variant) -> Q:
    """The condition under which a row with these three fields is of a variant."""
    subject = variant.subject
    return Q(
        audience=variant.audience.value,
        partner__isnull=subject != PARTNER,
        neighbourhood__isnull=subject != NEIGHBOURHOOD,
    )


def known_variant() -> Q:
    """Any of them, for the constraints of who holds these fields."""
    found = Q()
    for variant in Variant:
        found |= of_shape(variant)
    return found
