from plans.models.actions import (
    Action,
    ActionPartner,
    ActionUserPermission,
    Attachment,
    BudgetLine,
    Dimension,
    PartnerRole,
    ReactiveKind,
    Theme,
)
from plans.models.commitments import ActionCommitment
from plans.models.goals import Domain, DomainPartner, StrategicGoal, SubTheme, TacticalGoal
from plans.models.indicators import Indicator, IndicatorKind, IndicatorValue
from plans.models.notes import ActionNote
from plans.models.plan import (
    Decision,
    Plan,
    PlanRevision,
    PlanSection,
    PlanUserPermission,
    PlanVersion,
    Principle,
    RelatedPlan,
    RevisionReason,
    YearTheme,
)
from plans.models.referrals import ActionReferral
from plans.models.shares import (
    ActionGroupPermission,
    Contribution,
    Share,
    ShareAnswer,
    SharedField,
)
from plans.models.updates import Update

__all__ = [
    "Action",
    "ActionCommitment",
    "ActionGroupPermission",
    "ActionNote",
    "ActionPartner",
    "ActionReferral",
    "ActionUserPermission",
    "Attachment",
    "BudgetLine",
    "Contribution",
    "Decision",
    "Dimension",
    "Domain",
    "DomainPartner",
    "Indicator",
    "IndicatorKind",
    "IndicatorValue",
    "PartnerRole",
    "Plan",
    "PlanRevision",
    "PlanSection",
    "PlanUserPermission",
    "PlanVersion",
    "Principle",
    "ReactiveKind",
    "RelatedPlan",
    "RevisionReason",
    "Share",
    "ShareAnswer",
    "SharedField",
    "StrategicGoal",
    "SubTheme",
    "TacticalGoal",
    "Theme",
    "Update",
    "YearTheme",
]
