"""Reports, and what their readers did with them."""

from reports.models.chapters import Chapter, ChapterChoice, Slot, shown_in, slots_of
from reports.models.kinds import (
    AUDIENCE_LEVELS,
    AUDIENCE_RIGHTS,
    AUDIENCE_ROLES,
    Audience,
    Variant,
)
from reports.models.readers import ReaderRemark, ReportResolution, Sending, TakenNote
from reports.models.report import DomainRemark, Report
from reports.models.rhythms import ReportRhythm

__all__ = [
    "AUDIENCE_LEVELS",
    "AUDIENCE_RIGHTS",
    "AUDIENCE_ROLES",
    "Audience",
    "Chapter",
    "ChapterChoice",
    "DomainRemark",
    "ReaderRemark",
    "Report",
    "ReportResolution",
    "ReportRhythm",
    "Sending",
    "Slot",
    "TakenNote",
    "Variant",
    "shown_in",
    "slots_of",
]
