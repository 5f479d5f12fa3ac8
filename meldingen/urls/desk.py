"""Taking in, and one melding."""

from django.urls import path

from meldingen.views import answers, asking, desk, joining, photos, steps

urlpatterns = [
    path("meldingen/nieuw/", desk.melding_create, name="create"),
    path("meldingen/nieuw/vragen/", desk.questions, name="questions"),
    path("meldingen/nieuw/privacy/", desk.privacy, name="privacy"),
    path("meldingen/vragen-aan-melders/", asking.question_list, name="reporter-questions"),
    path(
        "meldingen/vragen-aan-melders/<int:pk>/gelezen/", asking.question_read, name="question-read"
    ),
    path("meldingen/<int:pk>/vraag/", asking.ask, name="ask"),
    path("meldingen/nieuw/dubbels/", joining.doubles_of_new, name="doubles"),
    path("meldingen/antwoorden/", answers.answer_list, name="answers"),
    path("meldingen/antwoorden/<int:pk>/", answers.answer, name="answer"),
    path("meldingen/<int:pk>/", desk.melding_page, name="melding"),
    path("meldingen/<int:pk>/stap/<slug:name>/", steps.step, name="step"),
    path("meldingen/<int:pk>/afsluiten/", steps.close, name="close"),
    path("meldingen/<int:pk>/notitie/", steps.note_create, name="note"),
    path("meldingen/<int:pk>/wijzigen/", steps.melding_edit, name="edit"),
    path("meldingen/<int:pk>/toewijzen/", steps.assign, name="assign"),
    path("meldingen/<int:pk>/aan-mij/", steps.take_on, name="take-on"),
    path("meldingen/<int:pk>/actie/", steps.link, name="link"),
    path("meldingen/<int:pk>/melder/", answers.reporter, name="reporter"),
    path("meldingen/<int:pk>/rondom/", joining.around, name="around"),
    path("meldingen/<int:pk>/samenvoegen/", joining.join, name="join"),
    path("meldingen/<int:pk>/splitsen/", joining.split, name="split"),
    path("meldingen/<int:pk>/doorverwijzen/", joining.referral_create, name="refer"),
    path("meldingen/<int:pk>/foto/", photos.photo_create, name="photo-create"),
    path("meldingen/foto/<uuid:key>/", photos.photo, name="photo"),
    path("meldingen/foto/<uuid:key>/klein/", photos.photo_small, name="photo-small"),
    path("meldingen/van-actie/<int:pk>/", joining.of_action, name="of-action"),
    path("meldingen/van-doorverwijzing/<int:pk>/", joining.of_referral, name="of-referral"),
]
