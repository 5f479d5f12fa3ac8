"""What a citizen reads for each status: of an own melding, and of another's; never who or why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from meldingen.workflow import MeldingStatus

S = MeldingStatus
TO_REPORTER = {
    S.RECEIVED: _("We hebben uw melding ontvangen en bekijken ze."),
    S.ASSIGNED: _("Uw melding ligt bij de dienst die dit oplost."),
    S.IN_PROGRESS: _("We zijn ermee bezig."),
    S.PLANNED: _("Het staat op de planning."),
    S.WAITING: _("We wachten op iemand anders om verder te kunnen."),
    S.REOPENED: _("We bekijken uw melding opnieuw."),
    S.CLOSED: _("Uw melding is afgehandeld."),
    S.REFERRED: _("Uw melding is doorgegeven aan wie hiervoor bevoegd is."),
    S.NO_ACTION: _("We bekeken uw melding en doen niets meer."),
}
# Of what is closed nobody else hears.
OF_ANOTHER = {
    S.RECEIVED: _("we bekijken het nog"),
    S.REOPENED: _("we bekijken het opnieuw"),
    S.ASSIGNED: _("we zijn ermee bezig"),
    S.IN_PROGRESS: _("we zijn ermee bezig"),
    S.PLANNED: _("het staat op de planning"),
    S.WAITING: _("we wachten op iemand anders"),
}
