from partners.models.competences import Competence, PartnerCompetence
from partners.models.register import (
    Kind,
    Partner,
    PartnerMember,
    PartnerQuerySet,
    Secrecy,
    own_partner_ids,
)

__all__ = [
    "Competence",
    "Kind",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerQuerySet",
    "Secrecy",
    "own_partner_ids",
]
