"""Addresses of the register of partners."""

from django.urls import path

from partners.views import competences, register, sharing

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
    path("<int:pk>/", register.partner_detail, name="detail"),
    path("<int:pk>/wijzigen/", register.partner_edit, name="edit"),
    path("<int:pk>/archiveren/", register.partner_archive, name="archive"),
    path("<int:pk>/herstellen/", register.partner_restore, name="restore"),
    path("<int:pk>/mensen/", register.member_add, name="member-add"),
    path("mensen/<int:pk>/beeindigen/", register.member_end, name="member-end"),
]
