"""python -m bench: measures a plan of 600 actions, prints one table and keeps it."""

from __future__ import annotations

import datetime as dt
import os
import platform
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from bench.pages import Measured
    from bench.paper import Frozen

RESULTS = Path(__file__).resolve().parent / "results"
HEAD = ("Wat", "Query's", "Wij", "Vergelijking", "Verhouding", "Als verzoek", "Lat")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from django.db import connection  # noqa: PLC0415 - only once Django is set up
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    # A database of our own: nothing that exists is touched.
    created = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        table = measured()
    finally:
        connection.creation.destroy_test_db(created, verbosity=0)
    print(table)
    keep(table)


def measured() -> str:
    from bench import generator, pages, paper  # noqa: PLC0415 - need Django

    made = generator.make()
    with tempfile.TemporaryDirectory() as folder:
        frozen = paper.measure(made, Path(folder))
    return "\n".join(_lines([*map(_page, pages.measure_all(made)), *_paper(frozen)]))


def _page(page: Measured) -> tuple[str, ...]:
    return (page.name, str(page.queries), f"{page.page:.1f} ms", f"{page.memory:.1f} ms",
            f"{page.ratio:.2f}", f"{page.ratio_of_request:.2f}", "2,00" if page.is_list else "–")  # fmt: skip


def _paper(frozen: Frozen) -> list[tuple[str, ...]]:
    ours, alone = frozen.product, frozen.alone
    return [
        ("Bevriezen van 600 acties", str(frozen.queries), f"{frozen.seconds:.2f} s", "–", "–", "–",
         "30 query's, 1 s"),
        (f"Pdf van {ours['pages']:.0f} bladzijden", "0", f"{ours['seconds']:.1f} s",
         f"{alone['seconds']:.1f} s", f"{ours['seconds'] / alone['seconds']:.2f}", "–", "1,30 en 60 s"),
        ("Geheugen bij de pdf", "–", f"{ours['megabytes']:.0f} MB",
         f"{alone['megabytes']:.0f} MB", f"{ours['megabytes'] / alone['megabytes']:.2f}",
         "–", "1.000 MB"),
    ]  # fmt: skip


def _lines(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[n]) for row in [HEAD, *rows]) for n in range(len(HEAD))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [HEAD, *rows]
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return [shown[0], rule, *shown[1:]]


def keep(table: str) -> None:
    today = dt.date.today()  # noqa: DTZ011 - the date on this machine's wall
    place = f"{os.cpu_count()} kernen, Python {platform.python_version()}"
    RESULTS.mkdir(exist_ok=True)
    text = (
        f"# Metingen van {today:%d/%m/%Y}\n\n{place}. CPU-tijd, de beste van vijfentwintig keer, om beurten; de "
        "vergelijking is dezelfde pagina uit het geheugen getekend, of WeasyPrint alleen op dezelfde HTML; als "
        "verzoek is ze gevraagd van een view die niets doet dan ze tekenen.\n\n"
        f"{table}\n"
    )
    (RESULTS / f"{today:%Y-%m-%d}.md").write_text(text)


if __name__ == "__main__":
    main()
