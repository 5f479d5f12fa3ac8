"""Addresses of reminders."""

from django.urls import path

from reminders.views import follow, manage, mine

app_name = "reminders"
RULE = "beheer/herinneringen/<slug:code>"
urlpatterns = [
    path("herinneringen/", mine.mine, name="mine"),
    path("herinneringen/keuzes/", mine.choices, name="choices"),
    path("herinneringen/afmelden/<str:token>/", mine.unsubscribe, name="unsubscribe"),
    path("herinneringen/wie-krijgt-wat/", follow.forecast, name="forecast"),
    path("herinneringen/kerngroep/", follow.core_group, name="core-group"),
    path("herinneringen/kerngroep/<int:pk>/", follow.item_close, name="item-close"),
    path("beheer/herinneringen/", manage.settings_page, name="settings"),
    path(f"{RULE}/mailuren/", manage.times_edit, name="times-edit"),
    path(f"{RULE}/antwoorden/", manage.links_edit, name="links-edit"),
    path(f"{RULE}/regel/<slug:rule>/", manage.rule_edit, name="rule-edit"),
]
