"""What is done with a report: made and frozen, then sent, read and decided about."""

from reports.operations.drafts import (
    PDF_KIND,
    StaleError,
    build_again,
    discard,
    freeze,
    pdf_key,
    start_report,
)

__all__ = [
    "PDF_KIND",
    "StaleError",
    "build_again",
    "discard",
    "freeze",
    "pdf_key",
    "start_report",
]
