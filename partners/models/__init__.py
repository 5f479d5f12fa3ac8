from partners.models.competences import Competence, PartnerCompetence
from partners.models.notes import ConfidentialNote, NoteReader, NoteReading, Outcome
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
    "ConfidentialNote",
    "Kind",
    "NoteReader",
    "NoteReading",
    "Outcome",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerQuerySet",
    "Secrecy",
    "own_partner_ids",
]
