"""Reports, and what their readers did with them."""

from reports.models.readers import ReaderRemark, ReportResolution, Sending, TakenNote
from reports.models.report import (
    AUDIENCE_LEVELS,
    AUDIENCE_RIGHTS,
    AUDIENCE_ROLES,
    Audience,
    DomainRemark,
    Report,
)
from reports.models.rhythms import ReportRhythm

__all__ = [
    "AUDIENCE_LEVELS",
    "AUDIENCE_RIGHTS",
    "AUDIENCE_ROLES",
    "Audience",
    "DomainRemark",
    "ReaderRemark",
    "Report",
    "ReportResolution",
    "ReportRhythm",
    "Sending",
    "TakenNote",
]
