"""What a new municipality starts with: the usual kinds of agreement and the questions of the street.

A start, not a rule: each municipality changes, archives and adds what it wants.
"""

from __future__ import annotations

from typing import NamedTuple

from partners.models.agreements import DataSharing, Form

YES, LIMITED, NO = DataSharing.YES, DataSharing.LIMITED, DataSharing.NO


class DefaultType(NamedTuple):
    code: str
    name: str
    form: Form
    default_term_months: int
    evaluation_months: int
    data_sharing: DataSharing
    legal_note: str = ""


class DefaultCompetence(NamedTuple):
    code: str
    title: str
    question: str


AGREEMENT_TYPES = (
    DefaultType(
        "A01", "Convenant sociale veiligheid openbaar vervoer", Form.COVENANT, 36, 12, LIMITED
    ),
    DefaultType(
        "A02",
        "Protocol gemengde inbreuken met het parket",
        Form.PROTOCOL,
        72,
        12,
        YES,
        "bijlage bij het politiereglement",
    ),
    DefaultType(
        "A03", "Samenwerking gemeenschapswachten en politiezone", Form.CONTRACT, 36, 12, LIMITED
    ),
    DefaultType("A04", "Charter kerngroep", Form.CHARTER, 72, 24, NO),
    DefaultType("A05", "Schoolprotocol veilige omgeving", Form.PROTOCOL, 36, 12, LIMITED),
    DefaultType(
        "A06", "Buurtinformatienetwerk (bewoners of zelfstandigen)", Form.CHARTER, 24, 12, NO
    ),
    DefaultType("A07", "Gezamenlijke bewaking bedrijventerrein", Form.CONTRACT, 24, 6, NO),
    DefaultType("A08", "Fuif- en horecacharter", Form.CHARTER, 12, 12, NO),
    DefaultType("A09", "Leefbaarheidsafspraken sociale huur", Form.CONTRACT, 24, 6, LIMITED),
    DefaultType("A10", "Verwijsafspraak welzijn en hulp", Form.WORKING, 24, 12, LIMITED),
    DefaultType(
        "A11",
        "Gegevensprotocol (AVG)",
        Form.PROTOCOL,
        60,
        24,
        YES,
        "advies functionaris gegevensbescherming en publicatie",
    ),
    DefaultType("A12", "Intergemeentelijke dienstverlening", Form.CONTRACT, 60, 12, LIMITED),
    DefaultType("A13", "Subsidieovereenkomst veiligheid en preventie", Form.CONTRACT, 12, 12, NO),
    DefaultType("A14", "Stageovereenkomst veiligheidsberoepen", Form.CONTRACT, 10, 10, NO),
)
COMPETENCES = (
    DefaultCompetence(
        "C01", "Vaststellen van overlast (GAS)", "Wie mag sluikstort of hondenpoep vaststellen?"
    ),
    DefaultCompetence("C02", "Proces-verbaal opstellen", "Wie maakt een proces-verbaal?"),
    DefaultCompetence(
        "C03", "Opleggen van een administratieve boete", "Wie beslist over de boete?"
    ),
    DefaultCompetence("C04", "Vervolgen van misdrijven", "Wie beslist of er vervolgd wordt?"),
    DefaultCompetence("C05", "Opruimen van openbaar domein", "Wie ruimt sluikstort op?"),
    DefaultCompetence(
        "C06", "Herstellen van gemeenteweg en voetpad", "Wie herstelt een put in de stoep?"
    ),
    DefaultCompetence("C07", "Beheer van gewestweg", "Wie beheert de steenweg?"),
    DefaultCompetence("C08", "Openbare verlichting", "Wie herstelt een defecte lamp?"),
    DefaultCompetence("C09", "Riolering en waterlopen", "Bij wie meld ik een verstopt rioolputje?"),
    DefaultCompetence(
        "C10", "Milieuhandhaving", "Wie controleert geluid of verbranding bij een bedrijf?"
    ),
    DefaultCompetence(
        "C11", "Stedenbouwkundige handhaving", "Wie treedt op tegen verwaarloosde panden?"
    ),
    DefaultCompetence("C12", "Bemiddelen tussen buren", "Wie kan helpen bij een burenruzie?"),
    DefaultCompetence(
        "C13", "Hulp bij geweld in het gezin", "Waar kan iemand terecht bij geweld thuis?"
    ),
    DefaultCompetence("C14", "Hulp bij middelengebruik", "Wie begeleidt iemand die wil stoppen?"),
    DefaultCompetence(
        "C15", "Vindplaatsgericht jongerenwerk", "Wie spreekt jongeren aan in het park?"
    ),
    DefaultCompetence("C16", "Leerplicht en spijbelen", "Wie volgt spijbelen op?"),
    DefaultCompetence(
        "C17", "Leefbaarheid in sociale huur", "Wie spreekt een sociale huurder aan?"
    ),
    DefaultCompetence(
        "C18", "Veiligheid op bus en tram", "Wie reageert op problemen aan de halte of op de bus?"
    ),
    DefaultCompetence("C19", "Veiligheid in station en trein", "Wie is bevoegd in het station?"),
    DefaultCompetence(
        "C20",
        "Herstelbemiddeling en werkstraf",
        "Wie begeleidt bemiddeling tussen dader en slachtoffer?",
    ),
    DefaultCompetence(
        "C21",
        "Brandveiligheid en advies evenementen",
        "Wie adviseert over brandveiligheid van een fuif?",
    ),
    DefaultCompetence("C22", "Vergunnen van evenementen", "Wie vergunt een evenement?"),
    DefaultCompetence("C23", "Inzamelen van huisvuil", "Wie haalt vergeten huisvuil op?"),
    DefaultCompetence(
        "C24",
        "Dringende hulp bij zorgwekkende situaties",
        "Bij wie meld ik dat iemand zichzelf verwaarloost?",
    ),
    DefaultCompetence(
        "C25", "Bewaken van bedrijventerrein", "Wie bewaakt de Kanaalzone na sluitingstijd?"
    ),
    DefaultCompetence(
        "C26", "Kinderen laten oversteken", "Wie mag verkeer stilleggen voor kinderen?"
    ),
    DefaultCompetence("C27", "Toestemming voor casusoverleg", "Wie kan een casusoverleg toelaten?"),
    DefaultCompetence(
        "C28", "Bestuurlijke maatregel van de burgemeester", "Wie kan een zaak tijdelijk sluiten?"
    ),
    DefaultCompetence(
        "C29", "Meldingen verdelen en opvolgen", "Wie weet hoever mijn melding staat?"
    ),
    DefaultCompetence(
        "C30",
        "Verkeersmaatregelen voorbereiden",
        "Wie bekijkt of een straat een drempel nodig heeft?",
    ),
    DefaultCompetence(
        "C31", "Steun aan jeugdverenigingen en fuiven", "Wie helpt een jeugdclub met haar fuif?"
    ),
    DefaultCompetence(
        "C32", "Inwoners informeren", "Wie maakt de flyer of het bericht voor de wijk?"
    ),
    DefaultCompetence(
        "C33", "Bewonersgroepen begeleiden", "Wie helpt bewoners om samen iets te doen?"
    ),
    DefaultCompetence(
        "C34", "Informatienetwerk voor zelfstandigen dragen", "Wie verwittigt de andere winkels?"
    ),
    DefaultCompetence("C35", "Huisregels in de horeca", "Wie maakt afspraken met de uitbaters?"),
    DefaultCompetence(
        "C36",
        "Eerste zorg en doorverwijzing",
        "Waar kan iemand met lichamelijke klachten door gebruik terecht?",
    ),
    DefaultCompetence("C37", "Stem van inwoners", "Wie kent de zorgen van de straat?"),
    DefaultCompetence(
        "C38", "Subsidie en advies preventie", "Wie geeft steun voor een preventieproject?"
    ),
    DefaultCompetence(
        "C39", "Advies diefstalpreventie aan huis", "Wie komt bekijken of mijn deur veilig is?"
    ),
    DefaultCompetence(
        "C40", "Camerabeelden opvragen", "Wie mag beelden van de openbare weg bekijken?"
    ),
)
