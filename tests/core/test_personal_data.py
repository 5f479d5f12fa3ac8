"""What looks like personal data in a text is seen; what only looks a little like it is not."""

from __future__ import annotations

import pytest

from core.personal_data import has_national_number, traces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail jan.peeters@zandrode.example even.", ["een e-mailadres"]),
        ("Bel 0475 12 34 56.", ["een telefoonnummer"]),
        ("Bel 03/123.45.67.", ["een telefoonnummer"]),
        ("Bel +32 475 12 34 56", ["een telefoonnummer"]),
        ("Rekening BE71 0961 2345 6769.", ["een rekeningnummer"]),
        ("Jan Van den Berghe vraagt hulp.", ["een naam"]),
        ("Mevrouw Peeters, 0475 12 34 56.", ["een naam", "een telefoonnummer"]),
        ("Iemand genaamd Yildiz.", ["een naam"]),
        ("Woont in de Kerkstraat 12.", ["een adres"]),
        ("Aan de Kerkstraat en het Stationsplein, met Jan, op de Grote Markt.", []),
        ("De Lokale Politie, Openbaar Domein en Sam of An bellen. Het plein heet nu anders.", []),
        ("Op 12/03/2026 om 10 uur, dossier 2026-0899, 2000 Antwerpen.", []),
        ("Artikel 135 § 2, 1.250 euro, 62 % van 1450 gezinnen.", []),
    ],
)
def test_traces(text: str, found: list[str]) -> None:
    assert traces(text) == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("85.07.30-033 28", True),
        ("85073003328", True),
        ("00.01.01-003 64", False),
        ("02.05.28-001 07", False),
        ("85.07.30-033 29", False),
        ("0475123456", False),
    ],
)
def test_a_national_number_has_to_add_up(text: str, is_one: bool) -> None:
    assert has_national_number(f"Voor {text}, dringend.") is is_one


def test_born_since_2000_the_sum_is_another() -> None:
    head = "000101003"
    check = 97 - int("2" + head) % 97
    assert has_national_number(f"{head}{check:02}")
