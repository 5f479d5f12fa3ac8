"""A plan of 600 actions: its pages beside the same pages from memory, its report beside WeasyPrint alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import stage

if TYPE_CHECKING:
    from bench.pages import Measured
    from bench.paper import Frozen

HEAD = ("Wat", "Query's", "Wij", "Vergelijking", "Verhouding", "Als verzoek", "Lat")
HOW = (
    "CPU-tijd, de beste van vijfentwintig keer, om beurten; de vergelijking is dezelfde pagina uit het geheugen "
    "getekend, of WeasyPrint alleen op dezelfde HTML; als verzoek is ze gevraagd van een view die niets doet dan "
    "ze tekenen."
)


def main() -> None:
    stage.set_up()
    with stage.own_database():
        table = measured()
    print(table)
    stage.keep(
        "pages", "De pagina's van een plan, en zijn rapport", {"600 acties": f"{HOW}\n\n{table}"}
    )


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


if __name__ == "__main__":
    main()
