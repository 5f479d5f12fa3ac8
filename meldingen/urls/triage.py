"""The list, lists under a name, and what is done to many at once."""

from django.urls import path

from meldingen.views import bulk, export, figures, saved_views, triage

urlpatterns = [
    path("meldingen/", triage.melding_list, name="list"),
    path("meldingen/cijfers/", figures.figures_page, name="figures"),
    path("meldingen/mijn-lijsten/", saved_views.view_list, name="views"),
    path("meldingen/mijn-lijsten/bewaren/", saved_views.view_create, name="view-create"),
    path("meldingen/mijn-lijsten/<int:pk>/weg/", saved_views.view_destroy, name="view-destroy"),
    path("meldingen/samen/", bulk.meldingen_bulk, name="bulk"),
    path("meldingen/samen/<int:pk>/", bulk.bulk_result, name="bulk-result"),
    path("meldingen/export/", export.meldingen_export, name="export"),
]
