"""Addresses of agreements."""

from django.urls import path

from partners.views.agreements import documents, listing, page, parties, steps, types

app_name = "agreements"
urlpatterns = [
    path("", listing.agreement_list, name="list"),
    path("aandacht/", listing.attention, name="attention"),
    path("export.xlsx", listing.agreements_xlsx, name="xlsx"),
    path("export.csv", listing.agreements_csv, name="csv"),
    path("nieuw/", page.agreement_create, name="create"),
    path("soorten/", listing.type_list, name="types"),
    path("soorten/nieuw/", types.type_create, name="type-create"),
    path("soorten/standaardlijst/", types.types_take_defaults, name="types-defaults"),
    path("soorten/<int:pk>/wijzigen/", types.type_edit, name="type-edit"),
    path("soorten/<int:pk>/archiveren/", types.type_archive, name="type-archive"),
    path("soorten/<int:pk>/herstellen/", types.type_restore, name="type-restore"),
    path("<int:pk>/", page.agreement_detail, name="detail"),
    path("<int:pk>/wijzigen/", page.agreement_edit, name="edit"),
    path("<int:pk>/gegevens/", page.annex_edit, name="annex"),
    path("<int:pk>/stap/<slug:name>/", steps.agreement_step, name="step"),
    path("<int:pk>/evaluatie/", steps.agreement_evaluate, name="evaluate"),
    path("<int:pk>/hernieuwen/", steps.agreement_renew, name="renew"),
    path("<int:pk>/verlengen/", steps.agreement_prolong, name="prolong"),
    path("<int:pk>/partijen/", parties.party_add, name="party-add"),
    path("partijen/<int:pk>/ondertekenen/", parties.party_sign, name="party-sign"),
    path("partijen/<int:pk>/weghalen/", parties.party_drop, name="party-drop"),
    path("<int:pk>/engagementen/nieuw/", parties.commitment_create, name="commitment-create"),
    path("engagementen/<int:pk>/wijzigen/", parties.commitment_edit, name="commitment-edit"),
    path("engagementen/<int:pk>/beoordelen/", parties.commitment_judge, name="commitment-judge"),
    path("engagementen/berichten/<int:pk>/overnemen/", parties.report_take, name="report-take"),
    path("engagementen/berichten/<int:pk>/bestand/", parties.report_file, name="report-file"),
    path("engagementen/<int:pk>/weghalen/", parties.commitment_take_off, name="commitment-drop"),
    path("<int:pk>/documenten/nieuw/", documents.document_create, name="document-create"),
    path("documenten/<int:pk>/nieuwe-versie/", documents.version_create, name="version-create"),
    path("documenten/<int:pk>/archiveren/", documents.document_archive, name="document-archive"),
    path("bestanden/<int:pk>/", documents.version_download, name="download"),
]
