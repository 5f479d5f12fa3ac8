"""A mailbox that we read. Its password goes in and never comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.forms import CreateForm, VersionedModelForm
from meldingen.models import Category, InboundMailbox, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

FIELDS = ("address", "host", "port", "security", "username", "sign_in", "token_url",
          "client_id", "scope", "folder", "done_folder", "failed_folder", "since", "source", "category")  # fmt: skip
# Whoever changes one of these sends the password somewhere else: it is asked again.
WAY = ("host", "port", "security", "username", "sign_in", "token_url", "client_id")
ORDER = ["address", "host", "port", "security", "username", "sign_in", "token_url", "client_id",
         "scope", "secret"]  # fmt: skip
HELPS = {
    "address": _("Waarnaar mensen schrijven. Antwoorden op onze mails komen hier ook."),
    "username": _("Bij Microsoft 365: het e-mailadres van het postvak."),
    "token_url": _(
        "Alleen bij OAuth 2. Bij Microsoft 365: "
        "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token"
    ),
    "client_id": _("Alleen bij OAuth 2: de id van de toepassing (client)."),
    "scope": _("Alleen bij OAuth 2. Bij Microsoft 365: https://outlook.office365.com/.default"),
    "done_folder": _("Gelezen mail gaat daarheen. We maken de map als ze er niet is."),
    "failed_folder": _("Wat niet gelezen kan worden, wacht daar op iemand."),
    "since": _("Oudere mail blijft onaangeroerd staan."),
    "category": _("Tot het loket een andere kiest."),
}


class SecretField(forms.CharField):
    """A password that is typed once and shown never."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(
            label=_("Wachtwoord of clientgeheim"),
            max_length=200,
            strip=False,
            widget=widget,
            **kwargs,
        )


class InboxFields:
    """What making and changing a mailbox share."""

    fields: Any
    instance: Any
    cleaned_data: Any

    def offer(self, places: Iterable[int]) -> None:
        here = {"municipality__in": list(places), "archived_at": None}
        self.fields["source"].queryset = Source.objects.filter(**here)
        self.fields["category"].queryset = Category.objects.filter(**here)

    def clean_port(self) -> int:
        """Elsewhere stands no mail server, and this page is not there to look who does."""
        port: int = self.cleaned_data["port"]
        if port not in settings.INBOX_PORTS:
            known = ", ".join(str(one) for one in settings.INBOX_PORTS)
            raise ValidationError(_("Deze poort kan niet. Wel: %s.") % known)
        return port

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        if any(not char.isprintable() for char in secret):
            raise ValidationError(_("Hier staat een teken in dat geen wachtwoord kan zijn."))
        return secret

    def keep_together(self, data: dict[str, Any]) -> None:
        place = data.get("municipality") or self.instance.municipality_id
        key = getattr(place, "pk", place)
        for name in ("source", "category"):
            if data.get(name) and key and data[name].municipality_id != key:
                self.add_error(name, _("Dit is van een andere gemeente."))  # type: ignore[attr-defined]


class InboxForm(InboxFields, CreateForm[InboundMailbox]):
    secret = SecretField()
    field_order = ["municipality", *ORDER]

    class Meta:
        model = InboundMailbox
        fields = ("municipality", *FIELDS)
        help_texts = HELPS

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.INBOX_EDIT)
        fields: Any = self.fields
        fields["municipality"].queryset = Municipality.objects.filter(pk__in=places)
        fields["municipality"].initial = min(places, default=None)
        for name in ("username", "token_url", "client_id", "scope"):
            fields[name].widget.attrs["autocomplete"] = "off"
        self.offer(places)
        self._propose(places)

    def _propose(self, places: Iterable[int]) -> None:
        """The usual source and category, where there is one municipality to choose them from."""
        fields: Any = self.fields
        if len(list(places)) == 1:
            fields["source"].initial = fields["source"].queryset.filter(code="mail").first()
            fields["category"].initial = fields["category"].queryset.filter(code="X02").first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.keep_together(data)
        return data


class InboxEditForm(InboxFields, VersionedModelForm[InboundMailbox]):
    secret = SecretField(required=False, help_text=_("Leeg laten behoudt wat bewaard is."))
    field_order = ORDER

    class Meta:
        model = InboundMailbox
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([self.instance.municipality_id])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.keep_together(data)
        if set(WAY) & set(self.changed_data) and not data.get("secret"):
            self.add_error(
                "secret", _("Geef dit opnieuw: waarheen of voor wie we het sturen, is anders.")
            )
        return data
