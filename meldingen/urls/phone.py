"""The warden's phone."""

from django.urls import path

from meldingen.views import phone, street

urlpatterns = [
    path("m/", phone.phone_home, name="phone"),
    path("m/bus/<str:code>/", phone.box_scanned, name="phone-box"),
    path("m/ronde/start/<int:pk>/", phone.round_begin, name="round-begin"),
    path("m/ronde/<int:pk>/", phone.round_walk, name="phone-round"),
    path("m/ronde/<int:pk>/klaar/", phone.round_finish, name="round-finish"),
    path("m/ronde/bus/<int:pk>/leeg/", phone.visit_empty, name="visit-empty"),
    path("m/ronde/bus/<int:pk>/briefjes/", phone.visit_notes, name="visit-notes"),
    path("m/ronde/bus/<int:pk>/overslaan/", phone.visit_skip, name="visit-skip"),
    path("m/ronde/bus/<int:pk>/ongedaan/", phone.visit_undo, name="visit-undo"),
    path("m/lijst/", street.own_list, name="phone-list"),
    path("m/vaststelling/", street.finding, name="finding"),
    path("m/melding/<int:pk>/", street.melding_phone, name="phone-melding"),
    path("m/melding/<int:pk>/afsluiten/", street.melding_close, name="phone-close"),
    path("m/melding/<int:pk>/ongedaan/", street.closing_undo, name="phone-undo"),
    path("m/melding/<int:pk>/<slug:name>/", street.melding_step, name="phone-step"),
]
