"""Forms on a report: start one, write in its draft, and what its readers do."""

from reports.forms.drafts import NewReportForm, ReportTextForm
from reports.forms.readers import AnswerForm, RemarkForm, SendForm

__all__ = ["AnswerForm", "NewReportForm", "RemarkForm", "ReportTextForm", "SendForm"]
