"""Addresses of the register of partners."""

from django.urls import path

from partners import views

app_name = "partners"
urlpatterns = [
    path("", views.partner_list, name="list"),
    path("nieuw/", views.partner_create, name="create"),
    path("van/<int:pk>/", views.of_person, name="of-person"),
    path("wie-is-bevoegd/", views.who, name="who"),
    path("bevoegdheden/<int:pk>/weghalen/", views.competence_take, name="competence-take"),
    path("<int:pk>/bevoegdheden/", views.competence_give, name="competence-give"),
    path("<int:pk>/", views.partner_detail, name="detail"),
    path("<int:pk>/wijzigen/", views.partner_edit, name="edit"),
    path("<int:pk>/archiveren/", views.partner_archive, name="archive"),
    path("<int:pk>/herstellen/", views.partner_restore, name="restore"),
    path("<int:pk>/mensen/", views.member_add, name="member-add"),
    path("mensen/<int:pk>/beeindigen/", views.member_end, name="member-end"),
]
