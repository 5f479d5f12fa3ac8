from evaluations.models.evaluations import (
    Evaluation,
    EvaluationQuerySet,
    Question,
    Satisfaction,
    is_late,
)
from evaluations.models.feeds import CalendarFeed
from evaluations.models.outcomes import Outcome
from evaluations.models.participants import Participant, ParticipantQuerySet
from evaluations.models.rhythms import EvaluationRhythm
from evaluations.models.subjects import What

__all__ = [
    "CalendarFeed",
    "Evaluation",
    "EvaluationQuerySet",
    "EvaluationRhythm",
    "Outcome",
    "Participant",
    "ParticipantQuerySet",
    "Question",
    "Satisfaction",
    "What",
    "is_late",
]
