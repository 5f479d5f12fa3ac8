"""The entrance: allauth's names, which its own code asks for, under Dutch addresses."""

from django.urls import path, re_path

from accounts.views import entrance as views

urlpatterns = [
    path("aanmelden/", views.login, name="account_login"),
    path("aanmelden/code/", views.mfa_authenticate, name="mfa_authenticate"),
    path("afmelden/", views.logout, name="account_logout"),
    path("wachtwoord-vergeten/", views.password_reset, name="account_reset_password"),
    path(
        "wachtwoord-vergeten/verstuurd/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "wachtwoord-vergeten/klaar/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord-vergeten/(?P<uidb36>[0-9a-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,120})/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/wachtwoord/", views.password_change, name="account_change_password"),
    path("account/bevestigen/", views.reauthenticate, name="account_reauthenticate"),
    path("account/bevestigen/code/", views.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("account/tweede-stap/", views.mfa_index, name="mfa_index"),
    path("account/tweede-stap/instellen/", views.totp_activate, name="mfa_activate_totp"),
    path("account/tweede-stap/uitzetten/", views.totp_deactivate, name="mfa_deactivate_totp"),
    path("account/herstelcodes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/herstelcodes/nieuw/",
        views.recovery_codes_generate,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/herstelcodes/downloaden/",
        views.recovery_codes_download,
        name="mfa_download_recovery_codes",
    ),
    path("account/sessies/", views.sessions_list, name="usersessions_list"),
]
