"""Addresses of reports."""

from django.urls import path

from reports.views import calendar, chapters, draft, frozen, readers

app_name = "reports"
urlpatterns = [
    path("rapporten/", draft.report_list, name="list"),
    path("rapporten/nieuw/", draft.report_choose, name="create"),
    path("rapporten/nieuw/<str:kind>/", draft.report_create, name="create-kind"),
    path("rapporten/hoofdstukken/", chapters.chapter_list, name="chapters"),
    path(
        "rapporten/hoofdstukken/<slug:place>/<str:kind>/", chapters.chapters_of, name="chapters-of"
    ),
    path(
        "rapporten/hoofdstukken/<slug:place>/<str:kind>/bewaren/",
        chapters.chapters_keep,
        name="chapters-keep",
    ),
    path(
        "rapporten/hoofdstukken/<slug:place>/<str:kind>/standaard/",
        chapters.chapters_reset,
        name="chapters-reset",
    ),
    path("rapporten/kalender/", calendar.calendar, name="calendar"),
    path("rapporten/kalender/nieuw/", calendar.rhythm_choose, name="rhythm-choose"),
    path("rapporten/kalender/nieuw/<str:kind>/", calendar.rhythm_begin, name="rhythm-begin"),
    path("rapporten/kalender/<int:pk>/", calendar.rhythm_edit, name="rhythm-edit"),
    path("rapporten/kalender/<int:pk>/stoppen/", calendar.rhythm_end, name="rhythm-end"),
    path("rapporten/<int:pk>/", draft.report_detail, name="detail"),
    path("rapporten/<int:pk>/tekst/", draft.report_write, name="write"),
    path("rapporten/<int:pk>/voorbeeld/", draft.report_preview, name="preview"),
    path("rapporten/<int:pk>/bevriezen/", draft.report_freeze, name="freeze"),
    path("rapporten/<int:pk>/weggooien/", draft.report_discard, name="discard"),
    path("rapporten/<int:pk>/opbouw/", frozen.report_build, name="build"),
    path("rapporten/<int:pk>/opnieuw/", frozen.report_again, name="again"),
    path("rapporten/<int:pk>/pdf/", frozen.report_pdf, name="pdf"),
    path("rapporten/<int:pk>/acties.xlsx", frozen.report_xlsx, name="xlsx"),
    path("rapporten/<int:pk>/vergelijken/", frozen.report_compare, name="compare"),
    path("rapporten/<int:pk>/versturen/", readers.report_send, name="send"),
    path("rapporten/<int:pk>/niet-versturen/", readers.report_keep_back, name="keep-back"),
    path("rapporten/<int:pk>/gegeven/", readers.report_give, name="give"),
    path("rapporten/<int:pk>/gelezen/", readers.report_take_note, name="take-note"),
    path("rapporten/<int:pk>/opmerking/", readers.report_remark, name="remark"),
    path("rapporten/<int:pk>/beslist/", readers.report_decide, name="decide"),
    path("rapporten/opmerkingen/<int:pk>/antwoord/", readers.remark_answer, name="answer"),
    path("rapporten/opmerkingen/<int:pk>/actiepunt/", readers.remark_task, name="task"),
]
