from partners.models.competences import Competence, PartnerCompetence
from partners.models.corrections import ContactCorrection
from partners.models.register import (
    Kind,
    Partner,
    PartnerMember,
    PartnerQuerySet,
    Secrecy,
    own_partner_ids,
    space_partners,
)
from partners.models.sharing import Direction, LegalGround, SharingEntry

__all__ = [
    "Competence",
    "ContactCorrection",
    "Direction",
    "Kind",
    "LegalGround",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerQuerySet",
    "Secrecy",
    "SharingEntry",
    "own_partner_ids",
    "space_partners",
]
