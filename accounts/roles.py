"""Who may do what: the one table of roles, rights and levels. The page "Wie mag wat" draws it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.confidentiality import Level


class Role(models.TextChoices):
    ADMINISTRATOR = "beheerder", _("Functioneel beheerder")
    COORDINATOR = "coordinator", _("Coördinator integrale veiligheid")
    CIV_STAFF = "civ_medewerker", _("Medewerker CIV")
    WARDEN = "gemeenschapswacht", _("Gemeenschapswacht")
    FINDER = "vaststeller", _("Gemeenschapswacht-vaststeller")
    NEIGHBOURHOOD_POLICE = "wijkwerking", _("Wijkwerking lokale politie")
    CORE_GROUP = "kerngroep", _("Lid kerngroep")
    COLLEGE = "schepen", _("Burgemeester of schepen")
    SERVICE = "dienst", _("Gemeentelijke dienst")
    PARTNER = "partner", _("Partner (extern)")
    READER = "lezer", _("Lezer (raadslid, stagiair)")


class Right(models.TextChoices):
    """What a role may do. The label is the sentence on the page "Wie mag wat"."""

    PLAN_READ = "plan_read", _("Vastgestelde plannen en acties lezen")
    PLAN_READ_DRAFT = "plan_read_draft", _("Plannen in opmaak lezen")
    PLAN_EDIT = "plan_edit", _("Plannen en acties maken, wijzigen en bijsturen")
    PLAN_DECIDE = "plan_decide", _("Beslissingen over een plan vastleggen")
    ACTION_UPDATE = "action_update", _("Acties van de eigen organisatie aanvaarden en bijwerken")
    ACTION_UPDATE_ANY = "action_update_any", _("Elke actie bijwerken")
    REPORT_MAKE = "report_make", _("Rapporten opmaken en bevriezen")
    REPORT_READ_CORE = "report_read_core", _("Rapporten voor de kerngroep lezen")
    REPORT_READ_COLLEGE = "report_read_college", _("Rapporten voor het college lezen")
    REPORT_READ_COUNCIL = "report_read_council", _("Rapporten voor de gemeenteraad lezen")
    REPORT_READ_ZONE = (
        "report_read_zone",
        _("Rapporten voor de zonale veiligheidsraad lezen, en wat die besliste"),
    )
    REPORT_DECIDE = "report_decide", _("Vastleggen wat over een rapport beslist is")
    MEETING_EDIT = "meeting_edit", _("Overleg en beslissingen vastleggen en opvolgen")
    PARTNER_READ = "partner_read", _("Partners raadplegen")
    PARTNER_EDIT = "partner_edit", _("Partners beheren")
    COMPETENCE_READ = "competence_read", _("Opzoeken wie waarvoor bevoegd is")
    OWN_PARTNER_READ = "own_partner_read", _("De eigen organisatie en haar mensen raadplegen")
    SHARE_MAKE = "share_make", _("Een actie met een partner delen, en dat weer intrekken")
    SHARING_READ = "sharing_read", _("Nakijken wat met welke partner is gedeeld")
    SPACE_USE = "space_use", _("Werken in de partnerruimte: alleen wat gedeeld is")
    NOTE_WRITE = "note_write", _("Een vertrouwelijke nota schrijven en haar lezers aanwijzen")
    NOTE_RESCUE = (
        "note_rescue",
        _("Een nieuwe lezer aanwijzen voor een vertrouwelijke nota die niemand nog kan lezen"),
    )
    REFERRAL_MAKE = "referral_make", _("Doorverwijzen naar een partner")
    REFERRAL_READ = "referral_read", _("Alle doorverwijzingen van de gemeente lezen")
    AGREEMENT_READ = "agreement_read", _("Afspraken tussen partners lezen")
    AGREEMENT_EDIT = "agreement_edit", _("Afspraken maken, opvolgen en beëindigen")
    EVALUATION_EDIT = "evaluation_edit", _("Evaluaties plannen, opvolgen en heropenen")
    ENGAGEMENT_READ = "engagement_read", _("Zien hoe partners nakomen wat ze beloofden")
    ENGAGEMENT_EDIT = "engagement_edit", _("Stappen op de ladder noteren")
    PARTNER_NOTE = "partner_note", _("Interne notities over partners lezen en maken")
    KEY_FIGURE_READ = "key_figure_read", _("Sleutelfiguren raadplegen")
    KEY_FIGURE_EDIT = "key_figure_edit", _("Sleutelfiguren beheren")
    PRACTICE_EDIT = "practice_edit", _("Goede praktijken beheren")
    MELDING_READ = "melding_read", _("Meldingen van de gemeente lezen, en nieuwe invoeren")
    MELDING_READ_OWN = "melding_read_own", _("Meldingen van de eigen dienst of wijk lezen")
    MELDING_HANDLE = "melding_handle", _("Een melding behandelen en afsluiten")
    MELDING_TRIAGE = "melding_triage", _("Meldingen toewijzen, samenvoegen en in bulk afsluiten")
    MELDING_LISTS = "melding_lists", _("Categorieën, bronnen, redenen en teksten beheren")
    REPORTER_READ = "reporter_read", _("Zien wie iets meldde; elke keer wordt genoteerd")
    MAILBOX_EDIT = "mailbox_edit", _("Pro?bleemboxen en hun routes beheren")
    ROUND_WALK = "round_walk", _("De ronde van de Pro?bleemboxen doen")
    INBOX_EDIT = "inbox_edit", _("Postvakken instellen waaruit meldingen komen")
    PEOPLE_MANAGE = "people_manage", _("Personen uitnodigen, rollen geven en toegang stoppen")
    REMINDER_EDIT = "reminder_edit", _("Instellen wie wanneer een herinnering krijgt")
    REMINDER_FOLLOW = (
        "reminder_follow",
        _("Nakijken wie welke herinnering krijgt, en de punten voor de kerngroep opvolgen"),
    )
    MAIL_TEXTS = "mail_texts", _("Teksten van mails schrijven")
    MAIL_FOLLOW = "mail_follow", _("Opvolgen welke mail niet aankwam")
    HEALTH_READ = "health_read", _("De toestand van de installatie bekijken")


_STAFF = frozenset(
    {
        Right.PLAN_READ,
        Right.ACTION_UPDATE,
        Right.PARTNER_READ,
        Right.OWN_PARTNER_READ,
        Right.COMPETENCE_READ,
        Right.AGREEMENT_READ,
    }
)
_STREET = _STAFF - {Right.PARTNER_READ, Right.AGREEMENT_READ}
_ON_THE_STREET = frozenset(
    {Right.REFERRAL_MAKE, Right.MELDING_READ, Right.MELDING_HANDLE, Right.ROUND_WALK}
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Right.PEOPLE_MANAGE,
            Right.HEALTH_READ,
            Right.PARTNER_READ,
            Right.MELDING_LISTS,
            Right.INBOX_EDIT,
            Right.REMINDER_EDIT,
            Right.MAIL_TEXTS,
        }
    ),
    Role.COORDINATOR: frozenset(Right)
    - {Right.PEOPLE_MANAGE, Right.HEALTH_READ, Right.SPACE_USE, Right.INBOX_EDIT},
    Role.CIV_STAFF: _STAFF
    | {
        Right.PLAN_READ_DRAFT,
        Right.REPORT_READ_COUNCIL,
        Right.SHARING_READ,
        Right.ENGAGEMENT_READ,
        Right.NOTE_WRITE,
        Right.REFERRAL_MAKE,
        Right.REFERRAL_READ,
        Right.KEY_FIGURE_READ,
        Right.KEY_FIGURE_EDIT,
        Right.PRACTICE_EDIT,
        Right.MELDING_READ,
        Right.MELDING_HANDLE,
        Right.MELDING_TRIAGE,
        Right.REPORTER_READ,
        Right.MAILBOX_EDIT,
        Right.ROUND_WALK,
    },
    Role.WARDEN: _STREET | _ON_THE_STREET,
    Role.FINDER: _STREET | _ON_THE_STREET,
    # Key figures of their own neighbourhoods alone; see KeyFigureQuerySet.visible_to().
    Role.NEIGHBOURHOOD_POLICE: _STAFF
    | {
        Right.NOTE_WRITE,
        Right.REFERRAL_MAKE,
        Right.KEY_FIGURE_READ,
        Right.MELDING_READ_OWN,
        Right.MELDING_HANDLE,
        Right.ROUND_WALK,
    },
    Role.CORE_GROUP: _STAFF
    | {
        Right.PLAN_READ_DRAFT,
        Right.REPORT_READ_CORE,
        Right.REPORT_READ_COLLEGE,
        Right.REPORT_READ_COUNCIL,
        Right.REPORT_READ_ZONE,
        Right.PARTNER_NOTE,
        Right.ENGAGEMENT_READ,
    },
    Role.COLLEGE: frozenset(
        {
            Right.PLAN_READ,
            Right.REPORT_READ_COLLEGE,
            Right.REPORT_READ_COUNCIL,
            Right.REPORT_DECIDE,
            Right.PARTNER_READ,
            Right.COMPETENCE_READ,
            Right.AGREEMENT_READ,
        }
    ),
    Role.SERVICE: _STAFF | {Right.REFERRAL_MAKE, Right.MELDING_READ_OWN, Right.MELDING_HANDLE},
    Role.PARTNER: frozenset({Right.SPACE_USE}),
    Role.READER: frozenset({Right.OWN_PARTNER_READ, Right.REPORT_READ_COUNCIL}),
}

_INTERNAL = frozenset({Level.PUBLIC, Level.INTERNAL})
_SHARED = _INTERNAL | {Level.PARTNERS}
_CORE = _SHARED | {Level.RESTRICTED}

# The levels a role reads throughout its municipality …
LEVELS: dict[Role, frozenset[Level]] = {
    Role.ADMINISTRATOR: frozenset({Level.PUBLIC}),
    Role.COORDINATOR: frozenset(Level),
    Role.CIV_STAFF: _SHARED,
    Role.WARDEN: _INTERNAL,
    Role.FINDER: _INTERNAL,
    Role.NEIGHBOURHOOD_POLICE: _INTERNAL,
    Role.CORE_GROUP: _CORE,
    Role.COLLEGE: _SHARED,
    Role.SERVICE: _INTERNAL,
    Role.PARTNER: frozenset(),  # not even what is public: a partner sees what was shared
    Role.READER: frozenset({Level.PUBLIC}),
}

# … and those it also reads on what its own organisation takes part in, or leads.
INVOLVED_LEVELS = _SHARED
LEADING_LEVELS = _CORE
# Only these roles read more because their organisation is involved.
INVOLVED_ROLES = frozenset(role for role in Role if Right.ACTION_UPDATE in RIGHTS[role])


def rights_of(roles: set[Role]) -> frozenset[Right]:
    """All that a person with these roles may do."""
    return frozenset().union(*(RIGHTS[role] for role in roles))
