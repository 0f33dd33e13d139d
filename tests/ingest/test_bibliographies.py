"""A list of references in BibTeX is no text to read: it is refused in one sentence."""

import json
from pathlib import Path

import pytest

import ingest
from ingest.errors import UnsupportedFileError
from workbench.cli.main import main

ENTRY = "@article{ebbinghaus1885,\n  title = {Über das Gedächtnis},\n  year = 1885,\n}\n"
BIBLIOGRAPHIES = {
    "plain.bib": ENTRY,
    "nameless.txt": ENTRY,
    "spaced.txt": f"\n\n\t{ENTRY.replace('{ebb', ' { ebb')}",
    "jabref.bib": f"% Encoding: UTF-8\n\n{ENTRY}\n@Comment{{jabref-meta: databaseType:bibtex;}}\n",
    "strings.bib": f'@string{{jan = "January"}}\n@preamble{{"x"}}\n{ENTRY}',
    "remarks.bib": f"Papers that I have to read:\n\n{ENTRY}",
    "upper.bib": ENTRY.replace("@article", "@INPROCEEDINGS"),
    "marked.bib": "\ufeff" + ENTRY,
    "no fields yet.bib": "@misc{web:2020/12,\nurl={http://example.org}}",
}
TEXTS = {
    "about.txt": f"BibTeX keeps a reference like this:\n\n{ENTRY}\nEach has a key.\n",
    "about.md": f"# References\n\n```\n{ENTRY}```\n\nEach has a key, which a text cites.\n",
    "code.txt": "@dataclass(frozen=True, slots=True)\nclass Ferry:\n    name = 1\n",
    "style.txt": "@media screen {\n  body { color: black }\n}\n",
    "mail.txt": "@ida, the ferry leaves at nine.\nBring the letter = that of yesterday.\n",
    "empty.bib": "Nothing is here yet, but there will be.\n",
}


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_bibtex_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(BIBLIOGRAPHIES[name], encoding="utf-8")
    with pytest.raises(UnsupportedFileError, match="list of references in BibTeX") as raised:
        ingest.sniff(path)
    assert "Add the papers" in raised.value.hint


@pytest.mark.parametrize("name", TEXTS)
def test_what_only_looks_like_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], encoding="utf-8")
    assert ingest.sniff(path) in ("text", "markdown")


def test_adding_a_bibliography_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "papers.bib"
    path.write_text(ENTRY, encoding="utf-8")
    assert main(["--json", "--library", str(tmp_path / "a.brain"), "add", str(path)]) == 3
    (added,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert added["state"] == "failed"
    assert "list of references in BibTeX" in added["error"]
