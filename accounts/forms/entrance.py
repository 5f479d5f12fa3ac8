"""allauth's forms in the house's words."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import outbox
from core.forms import HouseForm, SafeTextMixin

LONGEST = 300  # of whatever is typed at the entrance
PASSWORD_HELP = _(
    "Minstens 12 tekens. Een zin van vier of meer woorden is makkelijk te onthouden en moeilijk "
    "te raden."
)
CODE_ATTRS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class EntranceMixin(SafeTextMixin):
    """Our labels and help; no placeholders, because they vanish while you type."""

    words: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.CharField):
                field.validators.append(MaxLengthValidator(LONGEST))


class LoginForm(EntranceMixin, account.LoginForm):  # type: ignore[misc]
    words: ClassVar[dict[str, Any]] = {"login": _("E-mailadres"), "password": _("Wachtwoord")}


class ResetPasswordForm(HouseForm):
    """Asks for an address and says the same about every address."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:  # noqa: ARG002 - allauth's way
        """Promise a mail for each address, also an unknown one: both cost the same."""
        email: str = self.cleaned_data["email"]
        user = User.objects.active().filter(email=email.lower()).first()
        outbox.promise(
            "account_mail",
            key=f"reset:{uuid.uuid4()}",
            mail="password_reset",
            user=user.pk if user else 0,
        )
        return email


class NewPasswordMixin(EntranceMixin):
    words: ClassVar[dict[str, Any]] = {
        "oldpassword": _("Huidig wachtwoord"),
        "password1": _("Nieuw wachtwoord"),
        "password2": _("Nieuw wachtwoord, nog eens"),
    }
    helps: ClassVar[dict[str, Any]] = {"password1": PASSWORD_HELP}


class ResetPasswordKeyForm(NewPasswordMixin, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(EntranceMixin, account.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar[dict[str, Any]] = {"password": _("Wachtwoord")}


class CodeMixin(EntranceMixin):
    words: ClassVar[dict[str, Any]] = {"code": _("Code van zes cijfers, of een herstelcode")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_ATTRS)


class AuthenticateForm(CodeMixin, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(CodeMixin, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(CodeMixin, totp.ActivateTOTPForm):  # type: ignore[misc]
    words: ClassVar[dict[str, Any]] = {"code": _("Code van zes cijfers uit de app")}


class AcceptForm(HouseForm):
    """The first password of an invited person."""

    password1 = forms.CharField(
        label=_("Kies een wachtwoord"),
        help_text=PASSWORD_HELP,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Nog eens hetzelfde wachtwoord"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password1" in cleaned and cleaned.get("password2") != cleaned["password1"]:
            self.add_error("password2", _("De twee wachtwoorden zijn niet gelijk."))
        return cleaned
