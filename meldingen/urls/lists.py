"""The lists of the municipality."""

from django.urls import path

from meldingen.views import lists, terms

QUESTIONS, ITEMS = "beheer/meldingen/vragen/", "beheer/meldingen/<slug:slug>/"

urlpatterns = [
    path("beheer/meldingen/", lists.list_overview, name="lists"),
    path("beheer/meldingen/overnemen/", lists.lists_defaults, name="lists-defaults"),
    path(
        "beheer/meldingen/categorieen/<int:pk>/vragen/", lists.questions, name="category-questions"
    ),
    path(
        "beheer/meldingen/categorieen/<int:pk>/vragen/nieuw/",
        lists.question_create,
        name="question-create",
    ),
    path(f"{QUESTIONS}<int:pk>/", lists.question_edit, name="question-edit"),
    path(f"{QUESTIONS}<int:pk>/archiveren/", lists.question_archive, name="question-archive"),
    path(f"{QUESTIONS}<int:pk>/herstellen/", lists.question_restore, name="question-restore"),
    path("beheer/meldingen/termijnen/", terms.terms_page, name="terms"),
    path("beheer/meldingen/termijnen/<slug:code>/", terms.terms_edit, name="terms-edit"),
    path(ITEMS, lists.list_items, name="list-items"),
    path(f"{ITEMS}nieuw/", lists.item_create, name="item-create"),
    path(f"{ITEMS}volgorde/", lists.items_order, name="items-order"),
    path(f"{ITEMS}<int:pk>/", lists.item_edit, name="item-edit"),
    path(f"{ITEMS}<int:pk>/archiveren/", lists.item_archive, name="item-archive"),
    path(f"{ITEMS}<int:pk>/herstellen/", lists.item_restore, name="item-restore"),
]
