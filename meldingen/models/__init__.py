"""The tables of the meldingen, by what they are about."""

from meldingen.models.citizen import Response
from meldingen.models.followup import (
    Answer,
    AnswerState,
    Follower,
    MeldingReferral,
    Note,
    Photo,
)
from meldingen.models.melding import (
    NEAR_METRES,
    Kind,
    Melding,
    NumberSeries,
    Urgency,
    is_beyond_norm,
    is_floating,
    is_of,
)
from meldingen.models.reference import (
    Category,
    CategoryGroup,
    CategoryQuestion,
    ClosureReason,
    Occasion,
    QuestionKind,
    Source,
    StandardText,
    WardenRole,
)
from meldingen.models.reporter import Channel, Language, Reporter, ReporterReading
from meldingen.models.saved_views import MOST_VIEWS, SavedView

__all__ = [
    "MOST_VIEWS",
    "NEAR_METRES",
    "Answer",
    "AnswerState",
    "Category",
    "CategoryGroup",
    "CategoryQuestion",
    "Channel",
    "ClosureReason",
    "Follower",
    "Kind",
    "Language",
    "Melding",
    "MeldingReferral",
    "Note",
    "NumberSeries",
    "Occasion",
    "Photo",
    "QuestionKind",
    "Reporter",
    "ReporterReading",
    "Response",
    "SavedView",
    "Source",
    "StandardText",
    "Urgency",
    "WardenRole",
    "is_beyond_norm",
    "is_floating",
    "is_of",
]
