"""Who is competent for what, put in the words of the street."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.contrib.postgres.search import TrigramWordSimilarity as WordSimilarity
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from core.search import SEARCH_CONFIG, TYPO_SIMILARITY
from partners.models.register import Partner

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


class CompetenceQuerySet(models.QuerySet["Competence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.COMPETENCE_READ))

    def current(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def with_holders(self, *, on: dt.date) -> Self:
        """With who is competent today, the limits of it, and whom to turn to there."""
        partners = Partner.objects.current().with_officers(on=on)
        rows = PartnerCompetence.objects.filter(partner__archived_at=None)
        return self.prefetch_related(
            models.Prefetch("holders", rows.order_by("partner__name", "pk")),
            models.Prefetch("holders__partner", partners),
        )

    def held_by_nobody(self) -> Self:
        """Questions of the street that no partner of today answers."""
        rows = PartnerCompetence.objects.filter(partner__archived_at=None)
        return self.exclude(pk__in=rows.values("competence"))

    def search(self, text: str) -> Self:
        """By the words of the street, in the Dutch way, with typos; or by who is competent."""
        words = text.strip()
        query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
        said = PartnerCompetence.objects.filter(
            Q(partner__name__icontains=words) | Q(limits__icontains=words),
            partner__archived_at=None,
        )
        return (
            self.annotate(
                likeness=WordSimilarity(words, Concat("title", Value(" "), "question")),
                rank=SearchRank(F("search"), query),
            )
            .filter(
                Q(search=query)
                | Q(likeness__gte=TYPO_SIMILARITY)
                | Q(pk__in=said.values("competence"))
            )
            .order_by("-rank", "-likeness", "question", "pk")
        )


class Competence(Versioned):
    """What somebody may decide or do, put as the question that people in the street ask."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="competences", verbose_name=_("gemeente")
    )
    code = models.SlugField(_("code"), max_length=10)
    title = models.CharField(_("bevoegdheid"), max_length=150)
    question = models.CharField(_("vraag van de straat"), max_length=200)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    partners = models.ManyToManyField(
        Partner, through="PartnerCompetence", related_name="competences"
    )
    search = models.GeneratedField(
        expression=SearchVector("question", weight="A", config=SEARCH_CONFIG)
        + SearchVector("title", weight="A", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="partners_competence_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "question"],
                name="partners_competence_question_once",
                violation_error_message=_("Deze vraag staat al in de lijst."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PartnerCompetenceQuerySet(models.QuerySet["PartnerCompetence"]):
    def to_refer_to(self, municipality_ids: frozenset[int]) -> Self:
        """Who is competent for what in these municipalities today, to choose from."""
        return self.filter(
            partner__municipality__in=municipality_ids,
            partner__archived_at=None,
            competence__archived_at=None,
        ).select_related("partner", "competence")


class PartnerCompetence(Versioned):
    """That a partner is competent: on what ground, where, and up to where."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="held")
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="holders", verbose_name=_("bevoegdheid")
    )
    legal_basis = models.CharField(_("rechtsgrond"), max_length=200, blank=True)
    territory = models.CharField(
        _("waar"), max_length=150, blank=True, help_text=_("Leeg: op het hele grondgebied.")
    )
    limits = LongText(_("wat niet"), max_length=500, blank=True)

    objects = PartnerCompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bevoegdheid")
        verbose_name_plural = _("bevoegdheden")
        ordering = ["competence__question"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "competence"],
                name="partners_partnercompetence_once",
                violation_error_message=_("Deze bevoegdheid staat al bij deze partner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.competence}"
