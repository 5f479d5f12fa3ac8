"""The words between braces in a text to citizens, with what each looks like in an example."""

EXAMPLES = {
    "ref": "ZAN-2026-00421",
    "gemeente": "Zandrode",
    "categorie": "Sluikstort",
    "plaats": "Glasbol De Linde",
    "dienst": "Openbaar domein",
    "datum": "21/11/2026",
    "norm": "26/11/2026",
    "reden": "Opgelost.",
    "link": "https://meldingen.example/volg/",
}
