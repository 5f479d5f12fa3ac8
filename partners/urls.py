"""Addresses of the register of partners."""

from django.urls import path

from partners.views import (
    catalogue,
    competences,
    contacts,
    export,
    key_figures,
    merging,
    practices,
    register,
    territory,
)

app_name = "partners"
urlpatterns = [
    path("", register.partner_list, name="list"),
    path("export.xlsx", export.partners_xlsx, name="xlsx"),
    path("export.csv", export.partners_csv, name="csv"),
    path("nieuw/", register.partner_create, name="create"),
    path("van/<int:pk>/", register.of_person, name="of-person"),
    path("wijken/", territory.territory, name="territory"),
    path("wie-is-bevoegd/", competences.who, name="who"),
    path("bevoegdheden/", catalogue.competence_list, name="competences"),
    path("bevoegdheden/nieuw/", catalogue.competence_create, name="competence-create"),
    path("bevoegdheden/<int:pk>/wijzigen/", catalogue.competence_edit, name="competence-edit"),
    path(
        "bevoegdheden/<int:pk>/archiveren/",
        catalogue.competence_archive,
        name="competence-archive",
    ),
    path(
        "bevoegdheden/<int:pk>/herstellen/",
        catalogue.competence_restore,
        name="competence-restore",
    ),
    path("bevoegdheden/<int:pk>/weghalen/", competences.competence_take, name="competence-take"),
    path("bevoegd/<int:pk>/wijzigen/", competences.held_edit, name="held-edit"),
    path("<int:pk>/bevoegdheden/", competences.competence_give, name="competence-give"),
    path("<int:pk>/", register.partner_detail, name="detail"),
    path("<int:pk>/wijzigen/", register.partner_edit, name="edit"),
    path("<int:pk>/archiveren/", register.partner_archive, name="archive"),
    path("<int:pk>/herstellen/", register.partner_restore, name="restore"),
    path("<int:pk>/samenvoegen/", merging.partner_merge, name="merge"),
    path("<int:pk>/geschiedenis/", register.partner_history, name="history"),
    path("<int:pk>/mensen/", register.member_add, name="member-add"),
    path("mensen/<int:pk>/beeindigen/", register.member_end, name="member-end"),
    path("<int:pk>/notities/", register.note_add, name="note-add"),
    path("notities/<int:pk>/weghalen/", register.note_remove, name="note-remove"),
    path("<int:pk>/aanspreekpunten/nieuw/", contacts.officer_create, name="officer-create"),
    path("aanspreekpunten/<int:pk>/wijzigen/", contacts.officer_edit, name="officer-edit"),
    path("aanspreekpunten/<int:pk>/weghalen/", contacts.officer_remove, name="officer-remove"),
    path("sleutelfiguren/", key_figures.figure_list, name="key-figures"),
    path("sleutelfiguren/nieuw/", key_figures.figure_create, name="key-figure-create"),
    path("sleutelfiguren/<int:pk>/", key_figures.figure_detail, name="key-figure"),
    path("sleutelfiguren/<int:pk>/gegevens/", key_figures.figure_reach, name="key-figure-reach"),
    path("sleutelfiguren/<int:pk>/wijzigen/", key_figures.figure_edit, name="key-figure-edit"),
    path("sleutelfiguren/<int:pk>/vernieuwen/", key_figures.figure_renew, name="key-figure-renew"),
    path(
        "sleutelfiguren/<int:pk>/intrekken/",
        key_figures.figure_withdraw,
        name="key-figure-withdraw",
    ),
    path("sleutelfiguren/<int:pk>/contact/", key_figures.contact_add, name="key-figure-contact"),
    path("goede-praktijken/", practices.practice_list, name="practices"),
    path("goede-praktijken/nieuw/", practices.practice_create, name="practice-create"),
    path("goede-praktijken/<int:pk>/", practices.practice_detail, name="practice"),
    path("goede-praktijken/<int:pk>/wijzigen/", practices.practice_edit, name="practice-edit"),
    path(
        "goede-praktijken/<int:pk>/archiveren/", practices.practice_archive, name="practice-archive"
    ),
    path(
        "goede-praktijken/<int:pk>/herstellen/", practices.practice_restore, name="practice-restore"
    ),
]
