"""The base of every form: safe text, narrow writes, and two people on one record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import history, receipts
from core.models import Versioned
from core.text import refuse_hidden_characters
from core.uploads import ACCEPT, CleanFile, clean_upload, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.utils.functional import _StrPromise

    from accounts.models import User

UNPROCESSABLE, CLASH = 422, 409
DASHES = BLANK_CHOICE_DASH[0][1]

M = TypeVar("M", bound=models.Model)
V = TypeVar("V", bound=Versioned)


class DayInput(forms.DateInput):
    """The browser's own way to choose a day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class SafeTextMixin:
    """Every text field refuses hidden characters, every date is chosen as a day, and every file is
    weighed before it is sent."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                field.validators.append(refuse_hidden_characters)
            if type(field.widget) is forms.DateInput:
                field.widget = DayInput(field.widget.attrs)
                field.widget.is_required = field.required
            if isinstance(field, forms.FileField):
                field.widget.attrs = {**file_limit(), **field.widget.attrs}
            if isinstance(field, forms.ChoiceField):
                _say_what_no_choice_is(field)


def _say_what_no_choice_is(field: forms.ChoiceField) -> None:
    """Words for choosing nothing, where Django has a row of dashes."""
    nothing = _("Niet ingevuld") if not field.required else _("Kies …")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = nothing if field.empty_label == DASHES else field.empty_label
        return
    shown: list[Any] = list(cast("Iterable[Any]", field.choices))
    if ("", DASHES) in shown:
        field.choices = [("", nothing) if one == ("", DASHES) else one for one in shown]


def file_limit() -> dict[str, Any]:
    """What an input for files carries, so that the browser can say that one is too large."""
    return {"data-most-bytes": settings.UPLOAD_MAX_BYTES, "data-too-large": too_large()}


class UploadField(forms.FileField):
    """One file that was looked at inside: the form gives a CleanFile, or nothing."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": _("Bestand"),
            "help_text": _("PDF, foto (JPEG, PNG of HEIC) of document (DOCX, XLSX, ODT)."),
        }
        super().__init__(**{**words, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, data: Any, initial: Any = None) -> CleanFile | None:
        upload = super().clean(data, initial)
        return clean_upload(upload) if upload else None


class HouseForm(SafeTextMixin, forms.Form):
    """A form that belongs to no single row."""


class NarrowModelForm(SafeTextMixin, forms.ModelForm[M]):
    """A model form that writes the columns it shows, and leaves the others be.

    Django's own writes every column, and so undoes whatever changed in the row
    since it was read, such as a status.
    """

    def save(self, commit: bool = True) -> M:  # noqa: FBT001, FBT002 - Django's signature
        if not commit or self.instance.pk is None:
            return super().save(commit)
        self.instance.save(update_fields=self._columns())
        self._save_m2m()  # type: ignore[attr-defined]
        return self.instance

    def _columns(self) -> list[str]:
        concrete = {field.name for field in self._meta.model._meta.concrete_fields}
        return [name for name in self.cleaned_data if name in concrete and name != "version"]

    def changes(self) -> list[history.Change]:
        """What this form changed, for the history. Call it before or after saving."""
        return [
            history.change(self.instance, name, self._before(name), self.cleaned_data.get(name))
            for name in self.changed_data
            if name in self._meta.fields  # type: ignore[operator]
        ]

    def _before(self, name: str) -> Any:
        value = self.initial.get(name)
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return list(value or [])
        if isinstance(field, forms.ModelChoiceField) and value:
            return field.queryset.model._default_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return value


def form_status(form: Any) -> int:
    """How the page of a form is answered: asked for, refused, or shown with both texts."""
    if not form.is_bound:
        return 200
    return CLASH if getattr(form, "clashes", None) else UNPROCESSABLE


class CreateForm(NarrowModelForm[M]):
    """A form that makes a row once, however often it is sent."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def once(self, make: Callable[..., M], *, by: User) -> M:
        """What `make(form, by=…)` makes, or what this person made with this very form before."""
        token = self.cleaned_data["form_token"]
        return receipts.once(token, self._meta.model, lambda: make(self, by=by), by=by)


class ClashError(Exception):
    """Someone else saved this row between the reading and the writing of it."""


class OvertakenError(Exception):
    """Something changed meanwhile, so that this can no longer be saved: the form says what."""

    message: str | _StrPromise
    field: str | None = None  # where the form shows it


class VersionedModelForm(NarrowModelForm[V]):
    """A form on a row that two people may edit at once.

    It carries the version it started from. When the stored version is another, nothing is
    written: `clashes` then names the fields that differ with both texts, and the next sending
    holds, per field, whose text is kept (`choose-<field>` is `theirs` or `mine`).
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_version = self.instance.version
        self.initial["version"] = self.stored_version
        self.clashes: list[dict[str, Any]] = []
        if self.is_bound:
            self._take_theirs()

    def _take_theirs(self) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name in self.fields:
            key = self.add_prefix(name)
            if data.get(f"choose-{name}") == "theirs":
                value = self.initial.get(name)
                values = value if isinstance(value, list) else [value]
                data.setlist(key, [self._raw(item) for item in values])
        self.data = self.typed = data

    @staticmethod
    def _raw(value: Any) -> str:
        if isinstance(value, models.Model):
            return str(value.pk)
        return "" if value is None else str(value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("version") not in {None, self.stored_version}:
            self.note_clash()
        return cleaned

    def note_clash(self) -> None:
        """Show both texts of each field that differs, and start from the stored version now."""
        self.clashes = [
            {
                "name": name,
                "label": self.fields[name].label,
                "theirs": self._theirs(name),
                "mine": self._mine(name),
            }
            for name in self.changed_data
            if name in self._meta.fields  # type: ignore[operator]
        ]
        self.typed[self.add_prefix("version")] = str(self.stored_version)
        self.add_error(
            None,
            _("Iemand anders heeft dit intussen gewijzigd. Kies per veld welke tekst blijft."),
        )

    def _theirs(self, name: str) -> str:
        stored = self._before(name)
        return history.change(self.instance, name, stored, None)["old"]

    def _mine(self, name: str) -> str:
        typed = self.cleaned_data.get(name, self[name].data)
        return history.change(self.instance, name, None, typed)["new"]

    def save(self, commit: bool = True) -> V:  # noqa: FBT001, FBT002 - Django's signature
        if not commit or self.instance.pk is None:
            return super().save(commit)
        columns = {name: getattr(self.instance, name) for name in self._columns()}
        rows = self._meta.model._default_manager.filter(
            pk=self.instance.pk, version=self.cleaned_data["version"]
        )
        with transaction.atomic():
            if not rows.update(**columns, version=F("version") + 1):
                raise ClashError
            self.instance.version = self.stored_version + 1
            self._save_m2m()  # type: ignore[attr-defined]
        return self.instance


class OfOnePlace(forms.ModelForm[Any]):
    """An edit of a row that stays where it belongs.

    Rules such as "this name once per municipality" are then asked as well, though the municipality
    itself is not in the form.
    """

    kept: tuple[str, ...] = ("municipality",)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.kept)  # type: ignore[misc,no-any-return]


@transaction.atomic
def save_edit(
    form: VersionedModelForm[V], *, by: User, context: models.Model | None = None, reason: str = ""
) -> V:
    """Save an edit of one row and its line in the history; nothing changed writes nothing."""
    changes = form.changes()
    if not changes:
        return form.instance
    row = form.save()
    verb = f"{row._meta.model_name}.edited"
    history.record(verb, row, by=by, context=context, changes=changes, reason=reason)
    return row
