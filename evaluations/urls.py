"""Addresses of evaluations."""

from django.urls import URLPattern, path

from evaluations.views import listing, outcomes, page, participants, rhythms, steps

app_name = "evaluations"
urlpatterns: list[URLPattern] = [
    path("", listing.evaluation_list, name="list"),
    path("nieuw/<slug:what>/<int:pk>/", page.evaluation_create, name="create"),
    path("van/<slug:what>/<int:pk>/", listing.of_subject, name="of-subject"),
    path("ritme/<slug:what>/<int:pk>/", rhythms.rhythm_begin, name="rhythm"),
    path("ritme/<int:pk>/stoppen/", rhythms.rhythm_end, name="rhythm-end"),
    path("deelnemers/<int:pk>/weghalen/", participants.participant_drop, name="participant-drop"),
    path("deelnemers/<int:pk>/antwoord/", participants.participant_answer, name="answer"),
    path("<int:pk>/", page.evaluation_detail, name="detail"),
    path("<int:pk>/wijzigen/", page.evaluation_edit, name="edit"),
    path("<int:pk>/verslag/", page.evaluation_write, name="write"),
    path("<int:pk>/stap/<slug:name>/", steps.evaluation_step, name="step"),
    path("<int:pk>/deelnemers/nieuw/", participants.participant_add, name="participant-add"),
    path("<int:pk>/bijsturen/", outcomes.adjust, name="adjust"),
    path("<int:pk>/engagement/<int:commitment>/", outcomes.adjust_promise, name="adjust-promise"),
    path("<int:pk>/gevolg/", outcomes.led_to, name="led-to"),
    path("<int:pk>/stopzetten/", outcomes.stop, name="stop"),
]
