"""The places and the people: zone, municipalities, neighbourhoods; persons and their roles."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from accounts.roles import LEVELS, RIGHTS, Right, Role
from core.fields import LongText
from core.geo import KINDS, refuse_no_shape
from core.languages import Language
from core.models import Versioned

if TYPE_CHECKING:
    from core.confidentiality import Level

HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Geef een kleur zoals #14532d."))


class Zone(models.Model):
    """A police zone: the municipalities that share a local police force."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("naam"), max_length=120)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality: every record belongs to one, or to the zone it is part of."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="municipalities")
    code = models.SlugField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    nis_code = models.CharField(_("NIS-code"), max_length=5, blank=True)
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    colour = models.CharField(
        _("huiskleur"), max_length=7, default="#0b5cad", validators=[HEX_COLOUR]
    )
    logo = models.ImageField(_("logo"), upload_to="logos", blank=True)
    has_facilities = models.BooleanField(_("faciliteitengemeente"), default=False)
    about_civ = LongText(_("over het centrum"), max_length=2000, blank=True)
    opening_hours = models.CharField(_("openingsuren"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"
        constraints = [
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-fA-F]{6}$"),
                name="accounts_municipality_hex_colour",
                violation_error_message=_("Geef een kleur zoals #14532d."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def style_version(self) -> str:
        """Changes when the colours do, so that browsers may keep the style sheet for ever."""
        return self.colour.removeprefix("#")

    @property
    def logo_url(self) -> str:
        """The address of the logo, with a mark that changes when the logo does."""
        if not self.logo:
            return ""
        mark = str(self.logo).rpartition("-")[2].removesuffix(".png")
        return f"{reverse('accounts:logo', args=[self.code])}?v={mark}"


class Neighbourhood(Versioned):
    """A part of a municipality in which people say they live, for figures and follow-up."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="neighbourhoods", verbose_name=_("gemeente")
    )
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("naam"), max_length=120)
    sub_municipality = models.CharField(_("deelgemeente"), max_length=120, blank=True)
    kind = models.CharField(_("soort"), max_length=60, blank=True)
    inhabitants = models.PositiveIntegerField(_("inwoners"), null=True, blank=True)
    is_focus = models.BooleanField(_("aandachtswijk"), default=False)
    description = LongText(_("beschrijving"), max_length=1000, blank=True)
    # Where it lies on a drawn map, not in the world: 0 to 1000 from the top left.
    map_x = models.PositiveSmallIntegerField(_("plaats van links"), null=True, blank=True)
    map_y = models.PositiveSmallIntegerField(_("plaats van boven"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(map_x=None, map_y=None) | Q(map_x__isnull=False, map_y__isnull=False),
                name="accounts_neighbourhood_on_map_whole",
                violation_error_message=_("Geef beide plaatsen op de kaart, of geen."),
            ),
            models.CheckConstraint(
                condition=Q(map_x=None, map_y=None) | Q(map_x__lte=1000, map_y__lte=1000),
                name="accounts_neighbourhood_on_map_inside",
                violation_error_message=_("Een plaats op de kaart is hoogstens 1000."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="accounts_neighbourhood_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Border(models.Model):
    """Where a neighbourhood lies in the world; apart, so that no list of them reads it."""

    neighbourhood = models.OneToOneField(
        Neighbourhood, models.CASCADE, primary_key=True, related_name="border"
    )
    shape = models.JSONField(_("grens"), validators=[refuse_no_shape])  # geometry of GeoJSON

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shape__type__in=KINDS),
                name="accounts_border_known_kind",
                violation_error_message=_("Een grens is een Polygon of MultiPolygon van GeoJSON."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.neighbourhood)


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is the login, upper and lower case are one."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None) -> User:
        """Break-glass account: it may manage people again, and reads nothing extra."""
        user = self.create_user(email, name, password)
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
        return user


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def manageable_by(self, user: User) -> Self:
        """People with a role, past or present, in a municipality whose people this person manages."""
        if user.is_superuser:
            return self.all()
        places = user.municipality_ids_with(Right.PEOPLE_MANAGE)
        members = Membership.objects.filter(municipality__in=places)
        return self.filter(pk__in=members.values("user"))

    def search(self, text: str) -> Self:
        return self.filter(Q(name__icontains=text) | Q(email__icontains=text))

    def with_role(self, role: str, *, on: dt.date) -> Self:
        members = Membership.objects.active(on=on).filter(role=role)
        return self.filter(pk__in=members.values("user"))

    def signed_up(self) -> Self:
        """People who chose a password: the others still have to accept their invitation."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def for_people_list(self, *, on: dt.date, now: dt.datetime) -> Self:
        """What the list of people shows: the roles of today and whether an invitation is open."""
        held = Membership.objects.active(on=on).select_related("municipality")
        is_open = Invitation.objects.open(now=now).filter(user=models.OuterRef("pk"))
        return self.annotate(has_open_invitation=models.Exists(is_open)).prefetch_related(
            models.Prefetch("memberships", held, to_attr="held_memberships")
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their memberships, nothing else.

    `is_superuser` is for break-glass: that account may manage people when nobody else can. It
    changes nothing in what is visible.
    """

    email = models.EmailField(_("e-mailadres"), max_length=254, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    language = models.CharField(
        _("taal van de mails"), max_length=2, choices=Language, default=Language.DUTCH
    )
    is_active = models.BooleanField(_("actief"), default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message=_("Dit e-mailadres is al in gebruik."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="accounts_user_known_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # Asked at most once per request: the user object lives as long as its request.

    @cached_property
    def memberships_now(self) -> list[Membership]:
        """The roles this person holds today."""
        held = self.memberships.active(on=timezone.localdate()).select_related("municipality")
        return list(held)

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What later apps look up once per request about this person."""
        return {}

    @property
    def roles(self) -> set[Role]:
        return {Role(membership.role) for membership in self.memberships_now}

    @property
    def may_choose_language(self) -> bool:
        """Only where there are facilities: elsewhere a municipality writes in Dutch."""
        return any(held.municipality.has_facilities for held in self.memberships_now)

    def has_right(self, right: Right, municipality_id: int | None = None) -> bool:
        """Whether this person may do this, in a given municipality or in any."""
        places = self.municipality_ids_with(right)
        return bool(places) if municipality_id is None else municipality_id in places

    def municipality_ids_with(self, right: Right) -> frozenset[int]:
        return frozenset(
            membership.municipality_id
            for membership in self.memberships_now
            if right in RIGHTS[Role(membership.role)]
        )

    def zone_ids_with(self, right: Right) -> frozenset[int]:
        """The zones of the municipalities in which this person has the right."""
        return frozenset(
            membership.municipality.zone_id
            for membership in self.memberships_now
            if right in RIGHTS[Role(membership.role)]
        )

    @cached_property
    def memberships_inside(self) -> list[Membership]:
        """The roles of today that open something of the municipality itself.

        An outside partner has none: it sees what was shared with it, in a space of its own.
        """
        return [held for held in self.memberships_now if LEVELS[Role(held.role)]]

    @property
    def works_in_space_only(self) -> bool:
        """Whether this person is here for an outside partner and for nothing else."""
        return not self.is_superuser and self.roles == {Role.PARTNER}

    @cached_property
    def neighbourhood_ids(self) -> frozenset[int]:
        """The neighbourhoods that one's roles of today are for; a role for all names none."""
        held = [membership.pk for membership in self.memberships_now]
        rows = Membership.neighbourhoods.through.objects.filter(membership__in=held)
        return frozenset(rows.values_list("neighbourhood", flat=True))

    def levels_by_municipality(self) -> dict[int, frozenset[Level]]:
        """Which confidentiality levels this person reads, per municipality."""
        levels: dict[int, frozenset[Level]] = {}
        for membership in self.memberships_inside:
            place = membership.municipality_id
            levels[place] = levels.get(place, frozenset()) | LEVELS[Role(membership.role)]
        return levels


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, *, on: dt.date) -> Self:
        return self.filter(Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on))

    def unfinished(self, *, on: dt.date) -> Self:
        """Those that count today or will count later."""
        return self.filter(Q(ends=None) | Q(ends__gte=on))

    def in_places(self, municipality_ids: frozenset[int]) -> Self:
        return self.filter(municipality__in=municipality_ids)

    def administrators(self) -> Self:
        """Those whose holders manage the people of a municipality and can sign in now."""
        roles = [role for role in Role if Right.PEOPLE_MANAGE in RIGHTS[role]]
        able = User.objects.active().signed_up()
        return self.filter(role__in=roles, user__in=able)


class Membership(models.Model):
    """One role of one person in one municipality, from a date until (and including) a date."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="memberships", verbose_name=_("gemeente")
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    starts = models.DateField(_("vanaf"), default=timezone.localdate)
    ends = models.DateField(_("tot en met"), null=True, blank=True)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, blank=True, verbose_name=_("wijken"), related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["municipality__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "role", "starts"],
                name="accounts_membership_once",
                violation_error_message=_("Deze persoon heeft die rol al vanaf die dag."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="accounts_membership_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="accounts_membership_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.municipality})"

    @property
    def is_over(self) -> bool:
        return self.ends is not None and self.ends < timezone.localdate()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, now: dt.datetime) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """An invitation to sign in for the first time. The link holds a secret; we keep its hash."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(_("geldig tot"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} ({self.expires_at:%d/%m/%Y})"

    @property
    def is_open(self) -> bool:
        answered = self.accepted_at or self.withdrawn_at
        return not answered and self.expires_at > timezone.now()

    @property
    def secret(self) -> str:
        """The secret in the link. Derived, never stored: the database alone cannot make it."""
        stamp = self.expires_at.astimezone(dt.UTC).isoformat()
        made = salted_hmac("accounts.Invitation", f"{self.user_id} {stamp}", algorithm="sha256")
        return urlsafe_base64_encode(made.digest())

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()
