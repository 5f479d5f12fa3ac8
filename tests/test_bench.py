"""The figures of a day: a measurement that is repeated takes the place of its earlier one."""

from pathlib import Path

from bench import stage


def test_only_the_section_that_was_measured_again_changes(tmp_path: Path) -> None:
    stage.keep("faults", "Storingen", {"mails": "| a |", "pdfs": "| b |"}, tmp_path)

    kept = stage.keep("faults", "Storingen", {"mails": "| c |\n| d |\n"}, tmp_path).read_text()

    head, *sections = kept.split("### ")
    assert head.startswith("# Storingen\n\n")
    assert sections == ["mails\n\n| c |\n| d |\n\n", "pdfs\n\n| b |\n"]


def test_the_first_figures_of_a_day_make_their_folder_and_file(tmp_path: Path) -> None:
    kept = stage.keep("pages", "Pagina's", {"600 acties": "| a |"}, tmp_path / "results")

    assert kept.read_text().endswith("### 600 acties\n\n| a |\n")
