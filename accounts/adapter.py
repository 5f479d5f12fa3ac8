"""How allauth behaves in this house."""

from __future__ import annotations

import logging
import time
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from core import history, outbox
from core.sealing import LostKeyError, seal, unseal

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from accounts.models import User

logger = logging.getLogger(__name__)
# What a person is told by mail, and what the history keeps, when an account becomes more or less
# safe: allauth's own name for the moment, and the word of the history.
SECURITY_MOMENTS = {
    "account/email/password_changed": "user.password_changed",
    "account/email/password_reset": "user.password_reset",
    "mfa/email/totp_activated": "user.second_factor_added",
    "mfa/email/totp_deactivated": "user.second_factor_removed",
    "mfa/email/recovery_codes_generated": "user.recovery_codes_made",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation only, and nobody can find out who has an account."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en dit wachtwoord horen niet samen. Kijk ze na en probeer opnieuw."
        ),
        "too_many_login_attempts": _(
            "Dit ging te vaak mis. Wacht vijf minuten en probeer dan opnieuw, "
            "of stel een nieuw wachtwoord in."
        ),
        "rate_limited": _("Dit ging te vaak na elkaar. Wacht vijf minuten en probeer opnieuw."),
        "enter_current_password": _("Dit is niet je huidige wachtwoord."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "incorrect_code": _("Deze code klopt niet of is verlopen. Neem de code die er nu staat."),
        "invalid_password_reset": _("Deze link is verlopen of al gebruikt."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Our pages are pages: the answers in JSON stay closed."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Refuse a stopped account exactly as a wrong password, in words and in attempts."""
        self.pre_authenticate(request, **credentials)
        user: Any = authenticate(request, **credentials)
        if user is None:
            self.authentication_failed(request, **credentials)
            return None
        self._rollback_login_failed_rl_usage()
        found: User = user
        return found

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002
        return redirect("account_login")

    def set_password(self, user: User, password: str) -> None:
        """Write the password alone, and let the person try again at once."""
        user.set_password(password)
        user.save(update_fields=["password"])
        self._delete_login_attempts_cached_email(allauth_context.request, email=user.email)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Keep the moment in the history and promise the person a mail about it."""
        verb = SECURITY_MOMENTS.get(template_prefix)
        if verb is None:
            return
        history.record(verb, user, by=user)
        outbox.promise(
            "account_mail", key=f"notice:{uuid.uuid4()}", by=user, mail=verb, user=user.pk
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("accounts:account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever gave a password just now need not give it again."""
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and not _signed_in_just_now(allauth_context.request)


def _signed_in_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    limit = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] > limit for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor in our words; who must have one cannot switch it off."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Je rol vraagt een tweede stap bij het aanmelden. Je kunt ze niet uitzetten."
        ),
        "cannot_generate_recovery_codes": _(
            "Stel eerst de tweede stap in. Daarna krijg je herstelcodes."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """Who reads the database, or a copy of it, still cannot make anybody's codes."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """A secret under a key that is gone fits no code: the person asks for a new second step."""
        try:
            return unseal(encrypted_text)
        except LostKeyError:
            logger.exception("A second step was sealed under a key that is gone.")
            return str(generate_totp_secret())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not permissions.needs_second_factor(authenticator.user)

    def build_totp_svg(self, url: str) -> str:
        """The code on white: a camera cannot read it on a dark page."""
        svg: str = super().build_totp_svg(url)
        return svg.replace("<path", '<rect width="100%" height="100%" fill="#fff"/><path', 1)
