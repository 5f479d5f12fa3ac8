"""The papers of an agreement; each keeps all its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partners.models.agreements import Agreement

if TYPE_CHECKING:
    from accounts.models import User


class DocumentKind(models.TextChoices):
    TEXT = "tekst", _("Tekst van de afspraak")
    ANNEX = "bijlage", _("Bijlage")
    DATA = "gegevensprotocol", _("Gegevensprotocol")
    ADVICE = "advies", _("Advies")
    EVALUATION = "evaluatie", _("Evaluatieverslag")
    OTHER = "andere", _("Andere")


class AgreementDocumentQuerySet(models.QuerySet["AgreementDocument"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(archived_at=None)


class AgreementDocument(models.Model):
    """One paper of an agreement; its content stands in its versions."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="documents")
    kind = models.CharField(_("soort"), max_length=20, choices=DocumentKind)
    title = models.CharField(_("titel"), max_length=150)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AgreementDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values),
                name="partners_agreementdocument_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def visible_to(self, user: User) -> Self:
        papers = AgreementDocument.objects.visible_to(user).current()
        return self.filter(document__in=papers)


class DocumentVersion(models.Model):
    """A file as it was handed over, the highest number being the newest."""

    document = models.ForeignKey(AgreementDocument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versie"))
    file = models.FileField(upload_to="afspraken/%Y/%m")
    name = models.CharField(_("naam"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="partners_documentversion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
