"""One PDF in a process of its own, so that its memory can be measured (see bench.paper)."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

from core import pdf


def by_product(folder: Path) -> int:
    """From the snapshot to the PDF, as the worker does it."""
    from reports.document import css  # noqa: PLC0415 - only once Django is set up
    from reports.models import Report  # noqa: PLC0415
    from reports.tasks import page_of  # noqa: PLC0415

    snapshot = json.loads((folder / "snapshot.json").read_text())
    html = page_of(Report(snapshot=snapshot))
    return pdf.render_pdf(html, css=css(snapshot), identifier="bench").pages


def alone(folder: Path) -> int:
    """WeasyPrint on the finished page, with nothing around it."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    own, fonts = pdf.fetcher(), FontConfiguration()
    sheet = CSS(string=(folder / "paper.css").read_text(), url_fetcher=own, font_config=fonts,
                base_url=pdf.SCHEME)  # fmt: skip
    page = HTML(string=(folder / "page.html").read_text(), url_fetcher=own, base_url=pdf.SCHEME)
    document: Any = page.render(font_config=fonts, stylesheets=[sheet], **pdf.OPTIONS)
    document.write_pdf(**pdf.OPTIONS)
    return len(document.pages)


def main() -> None:
    django.setup()
    how, folder = sys.argv[1:]
    began = time.process_time()
    pages = (by_product if how == "product" else alone)(Path(folder))
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "pages": pages}))


if __name__ == "__main__":
    main()
