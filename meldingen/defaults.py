"""What a new municipality starts with: sources, categories with their norms, reasons and texts.

A start, not a rule: each municipality changes, archives and adds what it wants.
"""

from __future__ import annotations

from typing import NamedTuple

from meldingen.models.reference import Occasion, Spot, WardenRole

FIND, SIGNAL, SENSITISE = WardenRole.FIND, WardenRole.SIGNAL, WardenRole.SENSITISE
BE_THERE, NONE = WardenRole.BE_THERE, WardenRole.NONE


class DefaultSource(NamedTuple):
    code: str
    name: str
    is_public: bool = False
    is_internal: bool = False


class DefaultCategory(NamedTuple):
    code: str
    group: str
    name: str
    handler: str  # the code of a partner; without such a partner nobody
    ack_days: int
    resolve_days: int
    warden_role: WardenRole
    may_sanction: bool = False
    is_external: bool = False
    is_sensitive: bool = False
    hint: str = ""
    urgent_note: str = ""


class DefaultReason(NamedTuple):
    code: str
    name: str
    needs_text: bool = False
    resolves: bool = True


class DefaultText(NamedTuple):
    occasion: Occasion
    dutch: str
    french: str = ""


class DefaultPublicText(NamedTuple):
    spot: Spot
    source: str  # the code of a source, for a privacy notice
    dutch: str
    french: str = ""


SOURCES = (
    DefaultSource("loket", "Loket of onthaal"),
    DefaultSource("telefoon", "Telefoon"),
    DefaultSource("mail", "E-mail"),
    DefaultSource("brief", "Brief"),
    DefaultSource("web", "Webformulier", is_public=True),
    DefaultSource("facebook", "Sociale media"),
    DefaultSource("box", "Pro?bleembox"),
    DefaultSource("dienst", "Andere gemeentedienst", is_internal=True),
    DefaultSource("wijk", "Wijkwerking", is_internal=True),
    DefaultSource("extern", "Externe dienst"),
    DefaultSource("werkgroep", "Beslissing in werkgroep", is_internal=True),
    DefaultSource("project", "Project in de wijk", is_internal=True),
    DefaultSource("eigen", "Eigen vaststelling gemeenschapswacht", is_internal=True),
)
GROUPS = (
    ("netheid", "Netheid"),
    ("groen", "Groen"),
    ("verkeer", "Weg en verkeer"),
    ("nuts", "Verlichting en water"),
    ("geluid", "Geluid"),
    ("samenleven", "Samenleven"),
    ("gebouwen", "Gebouwen"),
    ("andere", "Andere"),
)
CATEGORIES = (
    DefaultCategory("N01", "netheid", "Sluikstort", "tech", 2, 3, FIND, may_sanction=True),
    DefaultCategory(
        "N02", "netheid", "Zwerfvuil en volle vuilnisbak", "tech", 2, 5, SIGNAL, may_sanction=True
    ),
    DefaultCategory("N03", "netheid", "Hondenpoep", "gw", 2, 10, FIND, may_sanction=True),
    DefaultCategory(
        "N04", "netheid", "Vandalisme en graffiti", "tech", 1, 5, SIGNAL, may_sanction=True
    ),
    DefaultCategory(
        "N05", "netheid", "Afval verkeerd buitengezet", "afval", 2, 5, SENSITISE, may_sanction=True
    ),
    DefaultCategory("G01", "groen", "Hinderlijke begroeiing", "gw", 2, 15, FIND, may_sanction=True),
    DefaultCategory("G02", "groen", "Groenonderhoud en gevaarlijke boom", "tech", 2, 20, SIGNAL),
    DefaultCategory("R01", "verkeer", "Schade aan weg of voetpad", "tech", 2, 15, SIGNAL),
    DefaultCategory(
        "R02",
        "verkeer",
        "Hinderlijk of gevaarlijk parkeren",
        "politie_wijk",
        1,
        5,
        SENSITISE,
        may_sanction=True,
    ),
    DefaultCategory(
        "R03", "verkeer", "Te snel of gevaarlijk rijden", "politie_korps", 2, 20, SIGNAL
    ),
    DefaultCategory("R04", "verkeer", "Schoolomgeving en oversteek", "mobiliteit", 2, 15, SIGNAL),
    DefaultCategory("R05", "verkeer", "Verkeersbord of markering", "tech", 2, 10, SIGNAL),
    DefaultCategory("R06", "verkeer", "Achtergelaten fiets of voertuig", "gw", 2, 20, FIND),
    DefaultCategory(
        "V01",
        "nuts",
        "Openbare verlichting",
        "nuts",
        1,
        10,
        SIGNAL,
        is_external=True,
        hint="Noteer het paalnummer als je het ziet.",
    ),
    DefaultCategory(
        "V02",
        "nuts",
        "Water, riool en kolk",
        "nuts",
        1,
        5,
        SIGNAL,
        is_external=True,
        urgent_note="Bij acuut gevaar: bel het noodnummer van de hulpdiensten.",
    ),
    DefaultCategory(
        "L01",
        "geluid",
        "Geluid van buren of dieren",
        "politie_wijk",
        2,
        10,
        SENSITISE,
        may_sanction=True,
        is_sensitive=True,
    ),
    DefaultCategory(
        "L02",
        "geluid",
        "Geluid van horeca, feest of werf",
        "politie_korps",
        1,
        5,
        SIGNAL,
        may_sanction=True,
    ),
    DefaultCategory(
        "S01",
        "samenleven",
        "Rondhangende jongeren",
        "civ",
        2,
        15,
        BE_THERE,
        is_sensitive=True,
        hint="Beschrijf gedrag en plaats, geen namen.",
    ),
    DefaultCategory("S02", "samenleven", "Onveilige plek of onveilig gevoel", "civ", 2, 20, SIGNAL),
    DefaultCategory(
        "S03",
        "samenleven",
        "Spanning tussen buren",
        "bemiddeling",
        3,
        15,
        NONE,
        is_external=True,
        is_sensitive=True,
    ),
    DefaultCategory("S04", "samenleven", "Dieren", "tech", 2, 5, SIGNAL),
    DefaultCategory(
        "S05",
        "samenleven",
        "Signaal over drugs",
        "politie_wijk",
        1,
        10,
        SIGNAL,
        is_external=True,
        is_sensitive=True,
        urgent_note="Gaat het nu om een misdrijf? Bel de politie. Anonieme signalen worden niet bewaard met jouw naam.",
    ),
    DefaultCategory("O01", "gebouwen", "Leegstand of verval", "omgeving", 3, 30, SIGNAL),
    DefaultCategory(
        "O02", "gebouwen", "Huisnummer of brievenbus", "gw", 3, 20, FIND, may_sanction=True
    ),
    DefaultCategory(
        "O03", "gebouwen", "Station en halte", "spoor", 1, 10, SIGNAL, is_external=True
    ),
    DefaultCategory("X01", "andere", "Idee, vraag of compliment", "civ", 3, 15, NONE),
    DefaultCategory("X02", "andere", "Andere of onduidelijk", "civ", 2, 10, SIGNAL),
)
REASONS = (
    DefaultReason("opgelost", "Opgelost"),
    DefaultReason("niet_gevonden", "Niet (meer) vastgesteld"),
    DefaultReason("niet_controleerbaar", "Niet te controleren", resolves=False),
    DefaultReason("doorgegeven", "Doorgegeven aan bevoegde dienst"),
    DefaultReason("dubbel", "Dubbele melding", resolves=False),
    DefaultReason("privaat", "Privaat geschil of privaat terrein", needs_text=True, resolves=False),
    DefaultReason("geen_overtreding", "Geen overtreding van de regels", needs_text=True),
    DefaultReason("onvoldoende", "Te weinig gegevens", needs_text=True, resolves=False),
    DefaultReason("opgenomen", "Opgenomen in het plan of een project", needs_text=True),
    DefaultReason("klacht", "Behandeld als klacht over de dienst", needs_text=True),
    DefaultReason("anders", "Andere reden", needs_text=True, resolves=False),
)
TEXTS = (
    DefaultText(
        Occasion.RECEIVED,
        "Bedankt voor uw melding over {categorie} aan {plaats}. Uw nummer is {ref}. We "
        "bekijken ze en laten u iets weten voor {norm}. Volgen kan via {link}.",
        "Merci pour votre signalement concernant {categorie}, {plaats}. Votre numéro est "
        "{ref}. Nous l'examinons et vous répondrons avant le {norm}. Suivi : {link}.",
    ),
    DefaultText(
        Occasion.ASSIGNED,
        "Uw melding {ref} ligt nu bij {dienst}. U krijgt bericht zodra er nieuws is.",
        "Votre signalement {ref} est maintenant traité par {dienst}. Vous serez informé "
        "dès qu'il y a du nouveau.",
    ),
    DefaultText(
        Occasion.EXTERNAL,
        "Uw melding {ref} hoort bij {dienst}. We gaven ze op {datum} door, zonder uw "
        "gegevens. {dienst} beslist zelf over de oplossing.",
        "Votre signalement {ref} relève de {dienst}. Nous l'avons transmis le {datum}, "
        "sans vos données. {dienst} décide de la solution.",
    ),
    DefaultText(
        Occasion.DELAY,
        "Uw melding {ref} vraagt meer tijd dan we dachten. Reden: {reden}. We hopen u "
        "voor {norm} meer te kunnen zeggen.",
    ),
    DefaultText(
        Occasion.CLOSED,
        "Uw melding {ref} is afgehandeld. {reden} Is het niet opgelost? Antwoord dan "
        "binnen veertien dagen via {link}; we openen ze opnieuw.",
        "Votre signalement {ref} est clôturé. {reden} Le problème persiste ? Répondez "
        "dans les quatorze jours via {link}.",
    ),
    DefaultText(
        Occasion.NO_ACTION,
        "We bekeken uw melding {ref} en doen niets meer. Reden: {reden}. Bent u het niet "
        "eens over hoe de gemeente u hielp, dan kunt u een klacht indienen.",
    ),
)
# What citizens read in French, by the code of a category or a reason.
FRENCH = {
    "N01": "Dépôt clandestin",
    "N02": "Déchets sauvages et poubelle pleine",
    "N03": "Déjections canines",
    "N04": "Vandalisme et graffiti",
    "N05": "Déchets mal sortis",
    "G01": "Végétation gênante",
    "G02": "Entretien des espaces verts et arbre dangereux",
    "R01": "Dégâts à la route ou au trottoir",
    "R02": "Stationnement gênant ou dangereux",
    "R03": "Conduite trop rapide ou dangereuse",
    "R04": "Abords d'école et passage pour piétons",
    "R05": "Panneau ou marquage routier",
    "R06": "Vélo ou véhicule abandonné",
    "V01": "Éclairage public",
    "V02": "Eau, égout et avaloir",
    "L01": "Bruit de voisins ou d'animaux",
    "L02": "Bruit d'horeca, de fête ou de chantier",
    "S01": "Jeunes qui traînent",
    "S02": "Lieu ou sentiment d'insécurité",
    "S03": "Tensions entre voisins",
    "S04": "Animaux",
    "S05": "Signal concernant la drogue",
    "O01": "Inoccupation ou délabrement",
    "O02": "Numéro de maison ou boîte aux lettres",
    "O03": "Gare et arrêt",
    "X01": "Idée, question ou compliment",
    "X02": "Autre ou pas clair",
    "opgelost": "Résolu",
    "niet_gevonden": "Pas (ou plus) constaté",
    "niet_controleerbaar": "Impossible à contrôler",
    "doorgegeven": "Transmis au service compétent",
    "dubbel": "Signalement en double",
    "privaat": "Conflit privé ou terrain privé",
    "geen_overtreding": "Pas d'infraction aux règles",
    "onvoldoende": "Données insuffisantes",
    "opgenomen": "Repris dans le plan ou un projet",
    "klacht": "Traité comme plainte sur le service",
    "anders": "Autre raison",
}
PUBLIC_TEXTS = (
    DefaultPublicText(
        Spot.START,
        "",
        "Iets gezien dat beter kan? Meld het hier, aan de telefoon of aan het loket.",
        "Vous avez remarqué un problème ? Signalez-le ici, par téléphone ou au guichet.",
    ),
    DefaultPublicText(
        Spot.BOX,
        "",
        "De Pro?bleembox is er voor kleine problemen, opmerkingen en ideeën.",
        "La Pro?bleembox sert aux petits problèmes, remarques et idées.",
    ),
    DefaultPublicText(
        Spot.PRIVACY,
        "web",
        "Naam en contact zijn niet verplicht. We gebruiken ze alleen om u te antwoorden en "
        "verwijderen ze ten laatste {termijn} na afhandeling.",
        "Le nom et le contact ne sont pas obligatoires. Ils servent uniquement à vous répondre et "
        "sont effacés au plus tard {termijn} après la clôture.",
    ),
    DefaultPublicText(
        Spot.PRIVACY,
        "box",
        "Een briefje zonder naam is prima. Schrijf geen namen van anderen op. Wat ermee gebeurt, "
        "leest u op de affiche bij de bus.",
        "Un billet sans nom convient. N'écrivez pas le nom d'autres personnes. La suite est "
        "affichée près de la boîte.",
    ),
    DefaultPublicText(
        Spot.PRIVACY,
        "telefoon",
        "De medewerker noteert de plaats, het probleem en enkel als u dat wilt uw nummer. Dat "
        "wissen we ten laatste {termijn} na afhandeling.",
    ),
    DefaultPublicText(
        Spot.PRIVACY,
        "loket",
        "De medewerker noteert de plaats, het probleem en enkel als u dat wilt uw naam en contact. "
        "Die wissen we ten laatste {termijn} na afhandeling.",
    ),
    DefaultPublicText(
        Spot.PRIVACY,
        "facebook",
        "We nemen enkel de plaats en het probleem over. Stuur liever een bericht via het "
        "webformulier.",
    ),
    DefaultPublicText(
        Spot.PRIVACY,
        "wijk",
        "Politiegegevens horen hier niet thuis; noteer enkel plaats, aard en wat er moet gebeuren.",
    ),
)
