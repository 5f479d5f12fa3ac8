"""The chapters of each kind of report: the order of the product, and what a municipality made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.models import Versioned
from reports.models.kinds import Variant

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import Municipality, User


class Chapter(models.TextChoices):
    """Every chapter there is; the value is also the place on the page."""

    FOREWORD = "woord-vooraf", _("Woord vooraf")
    FIGURES = "kerncijfers", _("Kerncijfers")
    COMPARED = "vergelijking", _("Sinds het vorige rapport")
    ASKED = "beslissingen", _("Gevraagde beslissingen")
    FOLLOWED = "opvolging", _("Beslissingen en opvolging")
    DOMAINS = "domeinen", _("Per domein")
    BALANCE = "balans", _("Balans")
    ENGAGEMENT = "engagement", _("Engagement van partners")
    BUDGET = "budget", _("Budget")
    MELDINGEN = "meldingen", _("Meldingen van inwoners")
    CHANGES = "nieuw", _("Nieuw en bijgestuurd")
    DONE = "gedaan", _("Wat er gebeurde")
    ACTIONS = "acties", _("Acties")
    SHARED = "gedeeld", _("Wat met jullie gedeeld is")
    AGREEMENTS = "afspraken", _("Afspraken en engagementen")
    REFERRALS = "doorverwijzingen", _("Doorverwijzingen")
    EVALUATIONS = "evaluaties", _("Evaluaties")
    PARTNERS = "partners", _("Wie er werkt")
    COMING = "vooruitblik", _("Vooruitblik")
    ANNEX = "bijlage", _("Bijlage: alle acties")


C = Chapter
# What stays whatever a municipality chooses, and why; and what stands last, for it is long.
FIXED: dict[str, _StrPromise] = {
    C.FIGURES: _("Staat altijd in het rapport: de samenvatting voor wie maar één blad leest."),
}
LAST = C.ANNEX
NOTES: dict[str, _StrPromise] = {
    C.FOREWORD: _("Komt in het rapport zodra je er een schrijft."),
    C.ENGAGEMENT: _("Alleen voor de kerngroep."),
    C.ANNEX: _("Staat altijd achteraan. Zonder bijlage is er ook geen tabel in Excel."),
}
# Where a chapter is called otherwise, for it is about one thing.
_NAMES: dict[tuple[Variant, str], _StrPromise] = {
    (Variant.PARTNER, C.ENGAGEMENT): _("Engagement"),
    (Variant.NEIGHBOURHOOD, C.AGREEMENTS): _("Afspraken"),
    (Variant.NEIGHBOURHOOD_PUBLIC, C.AGREEMENTS): _("Afspraken"),
}
_PLAN = (
    C.FOREWORD, C.FIGURES, C.ASKED, C.FOLLOWED, C.COMPARED, C.DOMAINS, C.BALANCE, C.BUDGET,
    C.MELDINGEN, C.CHANGES, C.COMING, C.ANNEX,
)  # fmt: skip
_PARTNER = (C.FOREWORD, C.FIGURES, C.COMPARED)
_AFTER = (C.AGREEMENTS, C.REFERRALS, C.EVALUATIONS, C.FOLLOWED, C.COMING)
_HOOD = (
    C.FOREWORD, C.FIGURES, C.COMPARED, C.DONE, C.ACTIONS, C.MELDINGEN, C.PARTNERS, C.AGREEMENTS,
    C.FOLLOWED, C.COMING,
)  # fmt: skip
# What each kind can hold, in the order of the product. Nothing else ever gets in.
DEFAULTS: dict[Variant, tuple[Chapter, ...]] = {
    Variant.CORE_GROUP: (*_PLAN[:7], C.ENGAGEMENT, *_PLAN[7:]),
    Variant.COLLEGE: _PLAN,
    Variant.COUNCIL: _PLAN,
    Variant.ZONE: _PLAN,
    Variant.PARTNER: (*_PARTNER, C.ENGAGEMENT, C.ACTIONS, *_AFTER),
    Variant.PARTNER_GIVEN: (*_PARTNER, C.SHARED, *_AFTER),
    Variant.NEIGHBOURHOOD: _HOOD,
    Variant.NEIGHBOURHOOD_PUBLIC: _HOOD,
}
# What can be in it and is not, until a municipality wants it.
OFF: dict[Variant, frozenset[Chapter]] = {
    Variant.ZONE: frozenset({C.BALANCE, C.BUDGET}),
}
# Reports that were frozen before anybody could choose: these, and of these what had something.
FORMER = (
    C.FOREWORD, C.FIGURES, C.ASKED, C.FOLLOWED, C.DOMAINS, C.BALANCE, C.ENGAGEMENT, C.BUDGET,
    C.MELDINGEN, C.CHANGES, C.COMING, C.ANNEX,
)  # fmt: skip


def label_of(variant: Variant, chapter: Chapter) -> str:
    """What a chapter is called in a kind of report."""
    return str(_NAMES.get((variant, chapter)) or chapter.label)


@dataclass(frozen=True, slots=True)
class Slot:
    """A chapter in its place, on or off."""

    chapter: Chapter
    is_on: bool
    label: str

    @property
    def is_fixed(self) -> bool:
        return self.chapter in FIXED

    @property
    def is_last(self) -> bool:
        return self.chapter == LAST

    @property
    def note(self) -> str:
        return str((FIXED | NOTES).get(self.chapter, ""))


def in_order(variant: Variant, order: Iterable[str], hidden: Collection[str]) -> list[Slot]:
    """The chapters of a kind as somebody wants them.

    What is unknown is left out, what is not named comes where the product has it, after what it
    follows there; what is fixed is on and what comes last is last, whatever was asked.
    """
    offered = DEFAULTS[variant]
    asked = list(dict.fromkeys(Chapter(code) for code in order if code in offered))
    for at, chapter in enumerate(offered):
        if chapter not in asked:
            before = offered[at - 1] if at else None
            asked.insert(asked.index(before) + 1 if before else 0, chapter)
    asked.sort(key=lambda chapter: chapter == LAST)
    return [
        Slot(chapter, chapter in FIXED or chapter not in hidden, label_of(variant, chapter))
        for chapter in asked
    ]


def usual(variant: Variant) -> list[Slot]:
    return in_order(variant, DEFAULTS[variant], OFF.get(variant, frozenset()))


class ChapterChoiceQuerySet(models.QuerySet["ChapterChoice"]):
    def visible_to(self, user: User) -> Self:
        """For those who make reports."""
        return self.filter(municipality__in=user.municipality_ids_with(Right.REPORT_MAKE))


class ChapterChoice(Versioned):
    """How a municipality wants one kind of report. Without a row it is as the product has it."""

    municipality = models.ForeignKey(
        "accounts.Municipality", models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    variant = models.CharField(_("soort rapport"), max_length=15, choices=Variant)
    order = ArrayField(models.CharField(max_length=20), verbose_name=_("volgorde"), default=list)
    hidden = ArrayField(
        models.CharField(max_length=20), verbose_name=_("niet in het rapport"), default=list,
        blank=True,
    )  # fmt: skip

    objects = ChapterChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "variant"], name="reports_chapterchoice_once"
            ),
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values),
                name="reports_chapterchoice_known_variant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_variant_display()}"

    @property
    def slots(self) -> list[Slot]:
        return in_order(Variant(self.variant), self.order, self.hidden)


def slots_of(place: Municipality | int, variant: Variant) -> list[Slot]:
    """The chapters of a kind of report in a municipality, on and off."""
    row = ChapterChoice.objects.filter(municipality=place, variant=variant).first()
    return row.slots if row else usual(variant)


def shown_in(place: Municipality | int, variant: Variant) -> list[Chapter]:
    """Those that a new report of this kind holds, in their order."""
    return [slot.chapter for slot in slots_of(place, variant) if slot.is_on]
