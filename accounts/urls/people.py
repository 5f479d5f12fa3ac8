from django.urls import path, register_converter

from accounts.views import (
    account,
    geography,
    house_style,
    invitations,
    neighbourhoods,
    people,
    roles,
)

app_name = "accounts"


class Secret:
    """The secret of an invitation: letters, digits and dashes."""

    regex = "[0-9A-Za-z_-]{20,100}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Secret, "secret")

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/taal/", account.language, name="language"),
    path("account/sessies/<int:pk>/beeindigen/", account.session_end, name="session-end"),
    path("uitnodiging/<secret:secret>/", account.accept, name="accept"),
    path("wie-mag-wat/", roles.roles, name="roles"),
    path("beheer/personen/", people.people, name="people"),
    path("beheer/personen/uitnodigen/", invitations.invite, name="invite"),
    path("beheer/personen/<int:pk>/", people.person, name="person"),
    path("beheer/personen/<int:pk>/naam/", people.rename, name="rename"),
    path("beheer/personen/<int:pk>/e-mailadres/", people.change_email, name="change-email"),
    path("beheer/personen/<int:pk>/rollen/", people.give_role, name="role-give"),
    path("beheer/rollen/<int:pk>/beeindigen/", people.end_role, name="role-end"),
    path("beheer/personen/<int:pk>/stoppen/", people.stop, name="stop"),
    path("beheer/personen/<int:pk>/heractiveren/", people.restart, name="restart"),
    path(
        "beheer/personen/<int:pk>/tweede-stap/wissen/",
        people.reset_second_factor,
        name="second-factor-reset",
    ),
    path("beheer/personen/<int:pk>/uitnodiging/", invitations.resend, name="invitation-resend"),
    path(
        "beheer/personen/<int:pk>/uitnodiging/intrekken/",
        invitations.withdraw,
        name="invitation-withdraw",
    ),
    path("beheer/huisstijl/", house_style.municipalities, name="municipalities"),
    path("beheer/huisstijl/<slug:code>/", house_style.edit, name="house-style"),
    path("beheer/wijken/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path("beheer/wijken/nieuw/", neighbourhoods.create, name="neighbourhood-create"),
    path("beheer/wijken/<int:pk>/", neighbourhoods.edit, name="neighbourhood-edit"),
    path("kaart/<slug:code>/wijken.json", geography.borders, name="borders"),
    path("huisstijl/<slug:code>.css", house_style.css, name="house-css"),
    path("huisstijl/<slug:code>.png", house_style.logo, name="logo"),
]
