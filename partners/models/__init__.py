from partners.models.agreement_documents import AgreementDocument, DocumentKind, DocumentVersion
from partners.models.agreements import (
    Agreement,
    AgreementParty,
    AgreementQuerySet,
    AgreementType,
    DataAnnex,
    Renewal,
)
from partners.models.commitments import (
    Commitment,
    CommitmentQuerySet,
    CommitmentReport,
    CommitmentReportQuerySet,
)
from partners.models.competences import Competence, PartnerCompetence
from partners.models.contacts import ContactOfficer, first_contact
from partners.models.corrections import ContactCorrection
from partners.models.engagement import EscalationStep, Rung
from partners.models.key_figures import KeyFigure, KeyFigureContact
from partners.models.notes import ConfidentialNote, NoteReader, NoteReading, Outcome
from partners.models.practices import GoodPractice
from partners.models.referrals import Consent, PersonalField, Referral
from partners.models.register import (
    Kind,
    Partner,
    PartnerMember,
    PartnerNote,
    PartnerQuerySet,
    Secrecy,
    Territory,
    own_partner_ids,
    space_partners,
)
from partners.models.sharing import Direction, LegalGround, SharingEntry

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementParty",
    "AgreementQuerySet",
    "AgreementType",
    "Commitment",
    "CommitmentQuerySet",
    "CommitmentReport",
    "CommitmentReportQuerySet",
    "Competence",
    "ConfidentialNote",
    "Consent",
    "ContactCorrection",
    "ContactOfficer",
    "DataAnnex",
    "Direction",
    "DocumentKind",
    "DocumentVersion",
    "EscalationStep",
    "GoodPractice",
    "KeyFigure",
    "KeyFigureContact",
    "Kind",
    "LegalGround",
    "NoteReader",
    "NoteReading",
    "Outcome",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerNote",
    "PartnerQuerySet",
    "PersonalField",
    "Referral",
    "Renewal",
    "Rung",
    "Secrecy",
    "SharingEntry",
    "Territory",
    "first_contact",
    "own_partner_ids",
    "space_partners",
]
