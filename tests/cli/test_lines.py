"""Lines for people: where each goes, what they take from a record, and what stays as it is."""

from pathlib import Path

import pytest

from workbench.cli.lines.form import cut, fields, listed, optional, short
from workbench.cli.output import Output
from workbench.cli.render import show
from workbench.intake.records import LookUp, Watched
from workbench.recall.similar_words import NearWord
from workbench.store.backup import Backup


def _printed(record: object, capsys: pytest.CaptureFixture[str], **arguments: object) -> str:
    show(record, Output(), arguments)
    return capsys.readouterr().out


def test_a_record_is_shown_by_its_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert _printed(NearWord("tide", 0.8123), capsys) == "0.81  tide\n"


def test_what_no_renderer_knows_is_shown_by_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert _printed({"name": "tide", "empty": ""}, capsys) == "name         tide\n"


def test_a_complaint_and_a_remark_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    backup = Backup(Path("a.brain"), 1, 2, 3, "", 9, 0.1, problems=("a row is torn",))
    show(backup, Output(), {})
    printed = capsys.readouterr()
    assert printed.out.startswith("✓ a.brain\n  1 source, 2 passages, 3 statements")
    assert printed.err == "✗ Damaged in the library, and therefore in the backup: a row is torn\n"
    show(LookUp("https://doi.org/1"), Output(quiet=True), {})
    assert capsys.readouterr() == ("https://doi.org/1\n", "")


def test_words_of_a_document_are_never_read_as_a_template(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = "{row} [¦] ⇒ {0}"
    watched = Watched(folder, "a={b}", 0.0, "")
    assert _printed(watched, capsys) == f"{folder}  → a={{b}}\n"


def test_a_part_without_a_value_is_left_out() -> None:
    assert optional("Ana") + optional("") + optional(None, ", {}") == " · Ana"
    assert listed(["sea", "ebb"]) + listed(()) == " · sea, ebb"
    assert list(fields(6, ("Title", "Tides"), ("By", ""))) == ["Title  Tides"]


def test_a_long_text_is_cut() -> None:
    assert cut("high water", 5) == "high…"
    assert short("a\nb\x1bc") == "a b c"
    assert len(short("word " * 100)) == 200
