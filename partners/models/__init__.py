from partners.models.agreement_documents import AgreementDocument, DocumentKind, DocumentVersion
from partners.models.agreements import (
    Agreement,
    AgreementParty,
    AgreementQuerySet,
    AgreementType,
    DataAnnex,
)
from partners.models.commitments import Commitment, CommitmentQuerySet
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
    "Agreement",
    "AgreementDocument",
    "AgreementParty",
    "AgreementQuerySet",
    "AgreementType",
    "Commitment",
    "CommitmentQuerySet",
    "Competence",
    "DataAnnex",
    "DocumentKind",
    "DocumentVersion",
    "Kind",
    "Partner",
    "PartnerCompetence",
    "PartnerMember",
    "PartnerQuerySet",
    "Secrecy",
    "own_partner_ids",
]
