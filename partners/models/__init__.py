from partners.models.competences import Competence, PartnerCompetence
from partners.models.contacts import ContactOfficer, first_contact
from partners.models.key_figures import KeyFigure, KeyFigureContact
from partners.models.practices import GoodPractice
from partners.models.register import (
    Kind,
    Partner,
    PartnerMember,
    PartnerNote,
    PartnerQuerySet,
    Secrecy,
    Territory,
    own_partner_ids,
)

__all__ = [
    "Competence",
    "ContactOfficer",
    "GoodPractice",
    "KeyFigure",
    "KeyFigureContact",
    "Kind",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerNote",
    "PartnerQuerySet",
    "Secrecy",
    "Territory",
    "first_contact",
    "own_partner_ids",
]
