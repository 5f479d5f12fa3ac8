"""Who was reminded of what, what the core group has to look at, and when people are mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.models import Versioned
from reminders.rules import MOST_DAYS, Moments, Rung, all_rules

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from reminders.rules import Rule

HOUR = 8
QUIET_FROM, QUIET_UNTIL = 20, 7
IN_A_DAY = [MaxValueValidator(23)]
IN_A_YEAR = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: User) -> Self:
        """One's own alone. What it is about is asked of the rule, by who shows it."""
        return self.filter(person=user)

    def open(self) -> Self:
        """Of what still waited when the engine last looked."""
        return self.filter(over_at=None)

    def to_mail(self, *, on: dt.date, since: dt.date) -> Self:
        """In no mail yet, and neither too early nor too late for one."""
        return self.open().filter(digest_on=None, mail_from__range=(since, on))


class Reminder(models.Model):
    """One person was told, of one moment of one thing that is due. Once, whatever happens."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    subject_pk = models.BigIntegerField()
    due = models.DateField()
    offset = models.SmallIntegerField()  # days after it was due; before is less than nought
    rung = models.PositiveSmallIntegerField(choices=Rung)
    occasion = models.CharField(max_length=120)  # all of these together
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    day = models.DateField()  # the day of the moment
    mail_from = models.DateField(null=True)  # empty: it was too long ago to mail
    digest_on = models.DateField(null=True)  # the day of the mail that holds it
    over_at = models.DateTimeField(null=True)  # nothing waits any more
    made_at = models.DateTimeField(db_default=Now())

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "person"], name="reminders_reminder_once"),
            models.CheckConstraint(
                condition=Q(rung__in=Rung.values), name="reminders_reminder_known_rung"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "rule"],
                condition=Q(over_at=None),
                name="reminders_reminder_open",
            ),
            models.Index(
                fields=["municipality"], condition=Q(over_at=None), name="reminders_reminder_here"
            ),
            models.Index(fields=["person", "digest_on"], name="reminders_reminder_digest"),
        ]

    def __str__(self) -> str:
        return self.occasion


class CoreGroupItemQuerySet(models.QuerySet["CoreGroupItem"]):
    def visible_to(self, user: User) -> Self:
        """Of who prepares the core group; what it is about they read by the rule besides."""
        return self.filter(municipality__in=user.municipality_ids_with(Right.REMINDER_FOLLOW))

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)


class CoreGroupItem(models.Model):
    """The last rung: nobody did it, so it is said at the table of the core group."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    subject_pk = models.BigIntegerField()
    due = models.DateField()
    text = models.CharField(max_length=300, blank=True)  # what it is called
    made_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(_("wat er besloten werd"), max_length=500, blank=True)

    objects = CoreGroupItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punt voor de kerngroep")
        verbose_name_plural = _("punten voor de kerngroep")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_pk", "due"], name="reminders_coregroupitem_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="reminders_coregroupitem_closed_with_outcome",
                violation_error_message=_("Zeg wat er besloten werd."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.rule_name

    @property
    def rule_name(self) -> str:
        rule = all_rules().get(self.rule)
        return str(rule.name) if rule else self.rule

    @property
    def when(self) -> str:
        rule = all_rules().get(self.rule)
        return rule.day_in_words(self.due) if rule else ""


class EngineRun(models.Model):
    """When the engine last looked at a municipality. Who runs it holds this row."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.at}"


M = TypeVar("M", bound=models.Model)


class SetByMunicipality(models.QuerySet[M]):
    """What a municipality sets for itself."""

    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.REMINDER_EDIT))


class RuleSettingQuerySet(SetByMunicipality["RuleSetting"]):
    pass


class RuleSetting(Versioned):
    """How a municipality wants one rule. Without a row the rule goes as it was made."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    rule = models.CharField(_("regel"), max_length=40)
    is_on = models.BooleanField(_("herinneren"), default=True)
    before = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("dagen vooraf"), default=list, blank=True
    )
    after = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("dagen nadien"), default=list, blank=True
    )
    every = models.PositiveSmallIntegerField(
        _("daarna om de … dagen"), default=0, validators=[MaxValueValidator(MOST_DAYS)]
    )
    deputy_after = models.PositiveSmallIntegerField(
        _("vervanger, na … dagen"), null=True, blank=True, validators=IN_A_YEAR
    )
    coordinator_after = models.PositiveSmallIntegerField(
        _("coördinator, na … dagen"), null=True, blank=True, validators=IN_A_YEAR
    )
    contact_after = models.PositiveSmallIntegerField(
        _("aanspreekpunt, na … dagen"), null=True, blank=True, validators=IN_A_YEAR
    )
    core_group_after = models.PositiveSmallIntegerField(
        _("kerngroep, na … dagen"), null=True, blank=True, validators=IN_A_YEAR
    )
    may_mute = models.BooleanField(_("mensen mogen de mail afzetten"), default=True)

    objects = RuleSettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel")
        verbose_name_plural = _("regels")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "rule"], name="reminders_rulesetting_once"
            ),
        ]

    def __str__(self) -> str:
        rule = all_rules().get(self.rule)
        return str(rule.name) if rule else self.rule

    @property
    def is_usual(self) -> bool:
        """Whether it says no more than the rule says by itself."""
        rule = all_rules()[self.rule]
        return self.is_on and self.moments == usual(rule, self.municipality).moments

    @property
    def moments(self) -> Moments:
        ladder = (
            (Rung.DEPUTY, self.deputy_after),
            (Rung.COORDINATOR, self.coordinator_after),
            (Rung.CONTACT, self.contact_after),
            (Rung.CORE_GROUP, self.core_group_after),
        )
        told = tuple((rung, day) for rung, day in ladder if day is not None)
        before = tuple(sorted(self.before, reverse=True))
        return Moments(before, tuple(sorted(self.after)), self.every, told, self.may_mute)


def usual(rule: Rule, place: Municipality) -> RuleSetting:
    """The setting that says what the rule says by itself."""
    told, days = rule.moments, dict(rule.moments.escalation)
    return RuleSetting(
        municipality=place, rule=rule.code, before=list(told.before), after=list(told.after),
        every=told.every, may_mute=told.may_mute, deputy_after=days.get(Rung.DEPUTY),
        coordinator_after=days.get(Rung.COORDINATOR), contact_after=days.get(Rung.CONTACT),
        core_group_after=days.get(Rung.CORE_GROUP),
    )  # fmt: skip


def settings_of(place: Municipality) -> dict[str, RuleSetting]:
    """Each rule as this municipality wants it, in one question."""
    chosen = {row.rule: row for row in RuleSetting.objects.filter(municipality=place)}
    return {code: chosen.get(code) or usual(rule, place) for code, rule in all_rules().items()}


class MailTimesQuerySet(SetByMunicipality["MailTimes"]):
    pass


class MailTimes(Versioned):
    """In which hours and on which days a municipality mails nobody."""

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="mail_times", verbose_name=_("gemeente")
    )
    quiet_from = models.PositiveSmallIntegerField(
        _("stil vanaf (uur)"), default=QUIET_FROM, validators=IN_A_DAY
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("stil tot (uur)"), default=QUIET_UNTIL, validators=IN_A_DAY
    )
    workdays_only = models.BooleanField(
        _("alleen op werkdagen"),
        default=True,
        help_text=_("Wat op een zaterdag, zondag of feestdag valt, komt op de volgende werkdag."),
    )

    objects = MailTimesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_until__lte=23),
                name="reminders_mailtimes_hours",
                violation_error_message=_("Een uur ligt tussen 0 en 23."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Mailuren van %s") % self.municipality)


def mail_times(place: Municipality) -> MailTimes:
    """What this municipality set, else the usual; `mail_times` may come along with its row."""
    found: MailTimes | None = getattr(place, "mail_times", None)
    return found or MailTimes(municipality=place)


LINK_DAYS, FEWEST_LINK_DAYS, MOST_LINK_DAYS = 7, 1, 14


class LinkRulesQuerySet(SetByMunicipality["LinkRules"]):
    pass


class LinkRules(Versioned):
    """Whether people may answer from the mail without signing in, and for how long."""

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="link_rules", verbose_name=_("gemeente")
    )
    is_on = models.BooleanField(
        _("antwoorden via een link in de mail"),
        default=False,
        help_text=_(
            "Wie de link heeft, antwoordt zonder wachtwoord. Alleen over wat openbaar of intern "
            "is, of wat met een partner gedeeld is."
        ),
    )
    with_second_step = models.BooleanField(
        _("ook wie zich met een tweede stap aanmeldt"),
        default=False,
        help_text=_("Een link vraagt geen tweede stap: wie de mailbox kan lezen, kan antwoorden."),
    )
    days = models.PositiveSmallIntegerField(
        _("aantal dagen dat een link werkt"),
        default=LINK_DAYS,
        validators=[MinValueValidator(FEWEST_LINK_DAYS), MaxValueValidator(MOST_LINK_DAYS)],
        help_text=_("Van 1 tot 14."),
    )

    objects = LinkRulesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(FEWEST_LINK_DAYS, MOST_LINK_DAYS)),
                name="reminders_linkrules_days",
                violation_error_message=_("Een link werkt van 1 tot 14 dagen."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Antwoorden via een link in %s") % self.municipality)


def link_rules(place: Municipality) -> LinkRules:
    """What this municipality set; without a row nothing is answered by a link."""
    found: LinkRules | None = getattr(place, "link_rules", None)
    return found or LinkRules(municipality=place)


class DigestChoice(Versioned):
    """At which hour a person wants the mail of the day, and of which rules none."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_choice"
    )
    hour = models.PositiveSmallIntegerField(_("uur van de mail"), default=HOUR)
    muted = ArrayField(
        models.CharField(max_length=40), verbose_name=_("geen mail over"), default=list, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__lte=23),
                name="reminders_digestchoice_hour",
                violation_error_message=_("Een uur ligt tussen 0 en 23."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.hour}"


def choice_of(user: User) -> DigestChoice:
    """What this person chose, else the usual."""
    found: DigestChoice | None = getattr(user, "digest_choice", None)
    return found or DigestChoice(person=user)
