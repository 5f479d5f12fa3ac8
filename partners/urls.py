"""Addresses of the register of partners."""

from django.urls import path

from partners.views import competences, notes, referrals, register, sharing

app_name = "partners"
urlpatterns = [
    path("", register.partner_list, name="list"),
    path("nieuw/", register.partner_create, name="create"),
    path("van/<int:pk>/", register.of_person, name="of-person"),
    path("wie-is-bevoegd/", competences.who, name="who"),
    path("gedeeld/", sharing.sharing_log, name="sharing"),
    path("gedeeld/export.xlsx", sharing.sharing_xlsx, name="sharing-xlsx"),
    path("<int:pk>/uitnodigen/", register.member_invite, name="member-invite"),
    path("mensen/<int:pk>/nodigt-uit/", register.member_may_invite, name="member-may-invite"),
    path("verbeteringen/<int:pk>/", register.correction_decide, name="correction-decide"),
    path("bevoegdheden/<int:pk>/weghalen/", competences.competence_take, name="competence-take"),
    path("<int:pk>/bevoegdheden/", competences.competence_give, name="competence-give"),
    path("doorverwijzingen/", referrals.referral_list, name="referrals"),
    path("doorverwijzingen/nieuw/", referrals.referral_create, name="refer"),
    path("doorverwijzingen/<int:pk>/", referrals.referral_detail, name="referral"),
    path(
        "doorverwijzingen/<int:pk>/stap/<slug:name>/", referrals.referral_step, name="referral-step"
    ),
    path("notas/", notes.note_list, name="notes"),
    path("notas/<uuid:pk>/", notes.note_open, name="note"),
    path("notas/<uuid:pk>/wijzigen/", notes.note_edit, name="note-edit"),
    path("notas/<uuid:pk>/lezers/", notes.note_name, name="note-name"),
    path("notas/<uuid:pk>/lezingen/", notes.note_readings, name="note-readings"),
    path("notas/<uuid:pk>/vernietigen/", notes.note_destroy, name="note-destroy"),
    path("notas/lezers/<int:pk>/beeindigen/", notes.note_reader_end, name="note-reader-end"),
    path("<int:pk>/notas/nieuw/", notes.note_create, name="note-create"),
    path("<int:pk>/", register.partner_detail, name="detail"),
    path("<int:pk>/wijzigen/", register.partner_edit, name="edit"),
    path("<int:pk>/archiveren/", register.partner_archive, name="archive"),
    path("<int:pk>/herstellen/", register.partner_restore, name="restore"),
    path("<int:pk>/mensen/", register.member_add, name="member-add"),
    path("mensen/<int:pk>/beeindigen/", register.member_end, name="member-end"),
]
