"""The organisations that carry the plan: who they are and who works there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.roles import Right
from core.fields import LongText, SecureURL
from core.models import Versioned
from partners import enterprise_number
from partners.models.contacts import ContactOfficer, first_contact

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from partners.models.agreements import AgreementQuerySet


class Kind(models.TextChoices):
    """What sort of organisation a partner is."""

    SERVICE = "gemeentelijke dienst", _("Gemeentelijke dienst")
    GOVERNMENT = "bestuur", _("Bestuur")
    POLICE = "politie", _("Politie")
    JUSTICE = "justitie", _("Justitie")
    INTERMUNICIPAL = "intergemeentelijk", _("Intergemeentelijk")
    LOCAL_WELFARE = "lokaal welzijn", _("Lokaal welzijn")
    CARE = "welzijn en zorg", _("Welzijn en zorg")
    HOUSING = "huisvesting", _("Huisvesting")
    EDUCATION = "onderwijs", _("Onderwijs")
    TRANSPORT = "openbaar vervoer", _("Openbaar vervoer")
    ROADS = "wegbeheerder", _("Wegbeheerder")
    UTILITY = "nutsbedrijf", _("Nutsbedrijf")
    EMERGENCY = "hulpdienst", _("Hulpdienst")
    BUSINESS = "ondernemers", _("Ondernemers")
    MEDIATION = "bemiddeling en herstel", _("Bemiddeling en herstel")
    RESIDENTS = "inwoners", _("Inwoners")
    HIGHER = "hogere overheid", _("Hogere overheid")
    OTHER = "andere", _("Andere")


class Secrecy(models.TextChoices):
    """The duty of silence under which a partner works; it decides what one may expect to hear."""

    PROFESSIONAL = "beroepsgeheim", _("Beroepsgeheim (art. 458 Strafwetboek)")
    OFFICE = "ambtsgeheim", _("Ambtsgeheim")
    DISCRETION = "discretieplicht", _("Discretieplicht")
    INVESTIGATION = "geheim van onderzoek", _("Geheim van het onderzoek")
    NONE = "geen", _("Geen")


class Territory(models.TextChoices):
    """How far a partner works."""

    MUNICIPALITY = "gemeente", _("De hele gemeente")
    ZONE = "zone", _("De hele politiezone of ruimer")
    NEIGHBOURHOODS = "wijken", _("Enkele wijken")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: User) -> Self:
        """The partners of the municipalities where this person may consult them, and their own."""
        places = user.municipality_ids_with(Right.PARTNER_READ)
        at_home = user.municipality_ids_with(Right.OWN_PARTNER_READ)
        own = Q(pk__in=own_partner_ids(user), municipality__in=at_home)
        return self.filter(Q(municipality__in=places) | own)

    def engaged_for(self, user: User) -> Self:
        """The partners whose engagement this person follows."""
        places = user.municipality_ids_with(Right.ENGAGEMENT_READ)
        return self.filter(municipality__in=places, archived_at=None)

    def of(self, municipality_ids: frozenset[int]) -> Self:
        return self.filter(municipality__in=municipality_ids)

    def current(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def unreachable(self, *, on: dt.date) -> Self:
        """Nobody there to turn to: archived, or without a contact officer or an address that day."""
        gone, unknown = Q(archived_at__isnull=False), Q(contact_name="") | Q(contact_email="")
        active = ContactOfficer.objects.of_register().active(on=on)
        officers = active.filter(partner=models.OuterRef("pk"))
        return self.filter(gone | (unknown & ~models.Exists(officers.exclude(email=""))))

    def search(self, text: str) -> Self:
        """By name, code, function to turn to, or enterprise number. Internal notes stay out."""
        found = Q(name__icontains=text) | Q(code__icontains=text) | Q(contact_name__icontains=text)
        if (digits := enterprise_number.bare(text)).isdecimal():
            found |= Q(enterprise_number__startswith=digits)
        return self.filter(found)

    def working_in(self, neighbourhood: Neighbourhood) -> Self:
        """Those who work in a neighbourhood: there alone, or throughout its municipality."""
        everywhere = ~Q(territory=Territory.NEIGHBOURHOODS)
        named = Partner.neighbourhoods.through.objects.filter(neighbourhood=neighbourhood)
        here = self.filter(municipality=neighbourhood.municipality_id)
        return here.filter(everywhere | Q(pk__in=named.values("partner")))

    def with_officers(self, *, on: dt.date) -> Self:
        """With whom to turn to today, as `officers_now`."""
        active = ContactOfficer.objects.active(on=on)
        return self.prefetch_related(
            models.Prefetch("contact_officers", active, to_attr="officers_now")
        )

    def with_ending_contact(self, *, on: dt.date) -> Self:
        """Those whose contact officer has ended or soon will, with nobody to take over."""
        ending = ContactOfficer.objects.of_register().needing_attention(on=on)
        return self.filter(pk__in=ending.values("partner"))

    def for_list(self, *, on: dt.date) -> Self:
        """What the register shows: the municipality, whom to turn to, how many people work there."""
        working = Q(memberships__starts__lte=on) & (
            Q(memberships__ends=None) | Q(memberships__ends__gte=on)
        )
        people = models.Count("memberships", filter=working)
        alarming = ContactOfficer.objects.of_register().needing_attention(on=on)
        ending = alarming.filter(partner=OuterRef("pk"))
        rows = self.select_related("municipality").with_officers(on=on)
        return rows.annotate(people=people, contact_ends=Exists(ending)).order_by("name", "pk")

    def for_export(self, *, on: dt.date, agreements: AgreementQuerySet) -> Self:
        """All that a line of the spreadsheet tells, about these agreements and no other."""
        active = ContactOfficer.objects.active(on=on).readable_with(agreements)
        officers = models.Prefetch(
            "contact_officers", active.select_related("agreement"), to_attr="officers_now"
        )
        rows = self.select_related("municipality").prefetch_related(officers)
        return rows.prefetch_related("neighbourhoods", "held__competence").order_by("name", "pk")


class Partner(Versioned):
    """An organisation or service that leads actions or takes part in them."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="partners", verbose_name=_("gemeente")
    )
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("naam"), max_length=150)
    kind = models.CharField(_("soort"), max_length=30, choices=Kind)
    contact_name = models.CharField(_("aanspreekpunt (functie)"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mailadres"), blank=True)
    contact_phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    description = LongText(_("wat doet deze partner"), max_length=1000, blank=True)
    will_not = LongText(_("wat doet deze partner niet"), max_length=1000, blank=True)
    secrecy = models.CharField(_("geheimhouding"), max_length=20, choices=Secrecy, blank=True)
    mission = LongText(_("opdracht"), max_length=1000, blank=True)
    reference_frame = LongText(
        _("referentiekader"),
        max_length=1500,
        blank=True,
        help_text=_("Vanuit welke waarden, woorden en regels deze partner werkt."),
    )
    territory = models.CharField(
        _("werkgebied"), max_length=10, choices=Territory, default=Territory.MUNICIPALITY
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, blank=True, related_name="partners", verbose_name=_("wijken")
    )
    social_map_url = SecureURL(
        _("adres op de sociale kaart"),
        max_length=300,
        blank=True,
        help_text=_("Bijvoorbeeld van desocialekaart.be."),
    )
    enterprise_number = models.CharField(
        _("ondernemingsnummer"), max_length=10, blank=True, validators=[enterprise_number.check]
    )
    reachability = models.CharField(
        _("bereikbaar"),
        max_length=200,
        blank=True,
        help_text=_("Wanneer en hoe, bijvoorbeeld werkdagen van 9 tot 12 uur, niet op woensdag."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("samengevoegd met"),
    )
    archived_at = models.DateTimeField(_("gearchiveerd op"), null=True, blank=True, editable=False)
    # What is shared with the partner is granted to this group; made with the first share.
    group = models.OneToOneField(
        Group, models.PROTECT, null=True, blank=True, editable=False, related_name="partner"
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="PartnerMember", related_name="partners"
    )

    officers_now: list[ContactOfficer]  # by with_officers()

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="partners_partner_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="partners_partner_name_once",
                violation_error_message=_("Er is al een partner met deze naam."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="partners_partner_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(secrecy__in=["", *Secrecy.values]),
                name="partners_partner_known_secrecy",
            ),
            models.CheckConstraint(
                condition=Q(territory__in=Territory.values),
                name="partners_partner_known_territory",
            ),
            models.UniqueConstraint(
                fields=["municipality", "enterprise_number"],
                condition=~Q(enterprise_number=""),
                name="partners_partner_enterprise_number_once",
                violation_error_message=_("Er is al een partner met dit ondernemingsnummer."),
            ),
            models.CheckConstraint(
                condition=Q(enterprise_number="") | Q(enterprise_number__regex=r"^[01][0-9]{9}$"),
                name="partners_partner_enterprise_number_digits",
                violation_error_message=_("Een ondernemingsnummer heeft tien cijfers."),
            ),
            models.CheckConstraint(
                condition=Q(social_map_url="") | Q(social_map_url__startswith="https://"),
                name="partners_partner_safe_social_map",
                violation_error_message=_("Geef een adres dat met https:// begint."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | Q(archived_at__isnull=False) & ~Q(merged_into=F("pk")),
                name="partners_partner_merged_is_archived",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:detail", args=[self.pk])

    @property
    def reach(self) -> ContactOfficer:
        """Whom to turn to first today; asks `with_officers()`."""
        return first_contact(self.officers_now, self)

    @property
    def enterprise_number_shown(self) -> str:
        return enterprise_number.shown(self.enterprise_number)


class PartnerNote(models.Model):
    """What the municipality notes for itself on how a partner sees things, or resists.

    Read with a right of its own; it never stands in an export, a search or the history.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="notes")
    text = LongText(_("notitie"), max_length=2000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("interne notitie")
        verbose_name_plural = _("interne notities")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(_("Interne notitie"))


class PartnerMemberQuerySet(models.QuerySet["PartnerMember"]):
    def active(self, *, on: dt.date) -> Self:
        return self.filter(Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on))


class PartnerMember(models.Model):
    """A person who works for a partner, from a date until (and including) a date."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="partner_memberships",
        verbose_name=_("persoon"),
    )
    starts = models.DateField(_("vanaf"), default=timezone.localdate)
    ends = models.DateField(_("tot en met"), null=True, blank=True)
    may_invite = models.BooleanField(
        _("nodigt collega's uit"),
        default=False,
        help_text=_("Nodigt in de partnerruimte collega's van dezelfde organisatie uit."),
    )

    objects = PartnerMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("mensen")
        ordering = ["user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "user"],
                name="partners_partnermember_once",
                violation_error_message=_("Deze persoon hoort al bij deze partner."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="partners_partnermember_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.partner}"


def space_partners(user: User) -> list[Partner]:
    """The partners in whose space this person works: a place there and the role, today.

    Asked once per request, and `own_partner_ids` with it. They come with what tells them apart;
    the rest of their data is asked by who shows it.
    """
    if "space_partners" not in user.memory:
        held = PartnerMember.objects.active(on=timezone.localdate()).filter(user=user)
        known = ("name", "municipality", "archived_at")
        rows = held.select_related("partner").only(
            "partner", *(f"partner__{name}" for name in known)
        )
        places = user.municipality_ids_with(Right.SPACE_USE)
        ordered = rows.order_by("partner__name")
        partners = [member.partner for member in ordered] if places else []
        user.memory["space_partners"] = [
            partner
            for partner in partners
            if partner.municipality_id in places and partner.archived_at is None
        ]
        if places:
            user.memory["partner_ids"] = frozenset(partner.pk for partner in partners)
    found: list[Partner] = user.memory["space_partners"]
    return found


def own_partner_ids(user: User) -> frozenset[int]:
    """The organisations this person works for today; asked once per request."""
    if "partner_ids" not in user.memory:
        today = timezone.localdate()
        rows = PartnerMember.objects.active(on=today).filter(user=user).order_by()
        user.memory["partner_ids"] = frozenset(rows.values_list("partner_id", flat=True))
    found: frozenset[int] = user.memory["partner_ids"]
    return found
