"""What people set: the hour of their mail, the moments of a rule, the quiet hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import rights_of
from core.forms import HouseForm, NarrowModelForm, VersionedModelForm
from reminders.models import (
    CoreGroupItem,
    DigestChoice,
    LinkRules,
    MailTimes,
    RuleSetting,
    choice_of,
)
from reminders.rules import MOST_DAYS, all_rules
from reminders.schedule import in_days

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from accounts.roles import Right

MOST = 8  # moments before, and as many after
HOURS = [(hour, f"{hour}:00") for hour in range(6, 22)]


class DigestChoiceForm(VersionedModelForm[DigestChoice]):
    """One's own mail of the day. What the municipality does not let go of is not asked."""

    hour = forms.TypedChoiceField(label=_("Uur van de mail"), choices=HOURS, coerce=int)
    muted = forms.MultipleChoiceField(
        label=_("Geen mail over"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wat je hier aanvinkt, blijft in IV-centrum zelf wel te zien."),
    )

    class Meta:
        model = DigestChoice
        fields = ("hour", "muted")

    def __init__(
        self, *args: Any, fixed: Collection[str], rights: Collection[Right], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["muted"].choices = mutable(fixed, rights)  # type: ignore[attr-defined]


class UnsubscribeForm(HouseForm):
    """What one leaves out of one's mail, from a link in that mail."""

    muted = forms.MultipleChoiceField(
        label=_("Geen mail over"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, fixed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"muted": choice_of(user).muted}, **kwargs)
        self.fields["muted"].choices = mutable(fixed, rights_of(user.roles))  # type: ignore[attr-defined]


def mutable(fixed: Collection[str], rights: Collection[Right]) -> list[tuple[str, Any]]:
    """The rules that concern somebody with these rights, and that one may leave out of one's mail."""
    mine = (rule for rule in all_rules().values() if rule.right in rights)
    return [(rule.code, rule.name) for rule in mine if rule.code not in fixed]


class Days(forms.CharField):
    """Numbers of days as people type them: "14, 3"."""

    def __init__(self, *, least: int, **kwargs: Any) -> None:
        self.least = least
        super().__init__(required=False, max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return in_days(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(in_days(initial or []), data)

    def clean(self, value: Any) -> list[int]:
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() for part in parts) or len(parts) > MOST:
            raise forms.ValidationError(_("Geef hoogstens acht getallen, met komma's ertussen."))
        days = sorted({int(part) for part in parts}, reverse=True)
        if any(not self.least <= day <= MOST_DAYS for day in days):
            raise forms.ValidationError(
                _("Kies dagen van %(least)s tot %(most)s."),
                params={"least": self.least, "most": MOST_DAYS},
            )
        return days


class RuleSettingForm(VersionedModelForm[RuleSetting]):
    """When people hear of one rule, and who after them."""

    before = Days(
        least=1,
        label=_("Dagen vooraf"),
        help_text=_("Bijvoorbeeld 14, 3. Leeg: niemand hoort het vooraf."),
    )
    after = Days(least=0, label=_("Dagen nadien"), help_text=_("Bijvoorbeeld 1, 7, 14."))

    class Meta:
        model = RuleSetting
        fields = (
            "is_on", "before", "after", "every", "deputy_after", "coordinator_after",
            "contact_after", "core_group_after", "may_mute",
        )  # fmt: skip
        help_texts = {
            "every": _("0 is nooit."),
            "deputy_after": _("Leeg: de vervanger hoort het niet."),
            "coordinator_after": _("Leeg: de coördinator hoort het niet apart."),
            "contact_after": _("Leeg: het aanspreekpunt hoort het niet."),
            "core_group_after": _("Leeg: het komt nooit vanzelf op de tafel van de kerngroep."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = all_rules()[self.instance.rule]
        if not rule.has_deputy:
            del self.fields["deputy_after"]
        if not rule.partner:  # no organisation has it: there is nobody to turn to
            del self.fields["contact_after"]


class MailTimesForm(VersionedModelForm[MailTimes]):
    class Meta:
        model = MailTimes
        fields = ("quiet_from", "quiet_until", "workdays_only")


class LinkRulesForm(VersionedModelForm[LinkRules]):
    class Meta:
        model = LinkRules
        fields = ("is_on", "with_second_step", "days")


class OutcomeForm(NarrowModelForm[CoreGroupItem]):
    """What the core group decided."""

    outcome = forms.CharField(
        label=_("Wat werd er besloten?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = CoreGroupItem
        fields = ("outcome",)


class DayForm(HouseForm):
    """The day of which one asks who would get what."""

    dag = forms.DateField(label=_("Op welke dag?"))
