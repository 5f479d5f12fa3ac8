from partners.models.competences import Competence, PartnerCompetence
from partners.models.notes import ConfidentialNote, NoteReader, NoteReading, Outcome
from partners.models.referrals import Consent, PersonalField, Referral
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
    "Consent",
    "Kind",
    "NoteReader",
    "NoteReading",
    "Outcome",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerQuerySet",
    "PersonalField",
    "Referral",
    "Secrecy",
    "own_partner_ids",
]
