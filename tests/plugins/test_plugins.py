"""Plugins extend the program, and one that fails costs what it was asked for and is named."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import ingest
from ingest import plugins
from ingest.errors import PluginError
from tests.plugins.install import install, install_example
from workbench import Library, doctor, translation
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.recall.records import Answer
from workbench.ui import theme

_NOTEBOOK = """notebook Ada Marsh
Tuesday:
The tank was rinsed twice before the trial. The pH of the buffer was 7.4.
Wednesday:
The new pump arrived from Delft.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    result = tmp_path / "installed"
    result.mkdir()
    return result


def _files(tmp_path: Path) -> tuple[Path, Path]:
    notebook, other = tmp_path / "june.lab", tmp_path / "other.txt"
    notebook.write_text(_NOTEBOOK, encoding="utf-8")
    other.write_text("The harbour has nine berths.\n", encoding="utf-8")
    return notebook, other


@pytest.mark.slow
def test_a_plugin_reads_files_of_its_suffix_into_a_library(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_example(folder, monkeypatch)
    with Library.open(tmp_path / "a.brain") as library:
        added = library.add(list(_files(tmp_path)))
        assert not any(one.error for one in added)
        source = next(row for row in library.sources.list() if row.kind == "lab")
        assert source.author == "Ada Marsh"
        answer = library.ask("What was the pH of the buffer?")
        assert "7.4" in answer.sentences[0].text
        assert answer.evidence[0].locator.chapter == "Tuesday"
        cited = library.sources.cite([source.id], style="laboratory")
        assert cited[0].text == f"{{{source.title}}}"
        file = Path(library.answers.export(answer, file=tmp_path / "answer.opml"))
        assert "<outline text=" in file.read_text("utf-8")
    assert "7.4" in file.read_text("utf-8")


def test_a_file_that_its_plugin_refuses_is_read_as_without_it(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_example(folder, monkeypatch)
    file = tmp_path / "bench.lab"
    file.write_text("The bench is two metres long.\n", encoding="utf-8")
    source, section = ingest.read(file)
    assert isinstance(source, ingest.Source)
    assert source.kind == "text"
    assert isinstance(section, ingest.Section)
    assert "two metres" in section.text


_FAULTS = {
    "raises at import": ("raise RuntimeError('no licence')", "failed (“RuntimeError: no licence”)"),
    "does not exist": ("pass", "failed (“AttributeError"),
    "raises amid a file": (
        "from workbench import plugins\n"
        "def plugin(path, request):\n"
        "    yield plugins.Source('One', 'lab', 'lab/1')\n"
        "    raise KeyError('cell')\n",
        "failed (“KeyError: 'cell'”)",
    ),
    "blocks": ("while True: pass", "gave no answer for 2 seconds"),
    "ends the process": ("import os; os._exit(3)", "ended without an answer"),
    "exits": ("raise SystemExit(1)", "failed (“SystemExit: 1”)"),
    "gives something else": ("def plugin(path, request): yield {'a': 1}", "is not where it says"),
    "gives code": (
        "class Code:\n"
        "    def __reduce__(self): return exec, ('raise SystemExit',)\n"
        "def plugin(path, request): yield Code()\n",
        "builtins.exec is no record",
    ),
    "says another place": (
        "from ingest.records import Locator, Passage, Section, Source\n"
        "def plugin(path, request):\n"
        "    yield Source('One', 'lab', 'lab/1')\n"
        "    yield Section(0, '', 0, 'A pump.', (Passage(Locator(2, 9), 'A pump.', ((2, 9),)),))\n",
        "is not where it says",
    ),
    "asks for the network": (
        "import socket\ndef plugin(path, request): socket.create_connection(('127.0.0.1', 9))",
        "failed (“PermissionError",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", _FAULTS)
def test_a_plugin_that_fails_costs_its_file_and_is_named(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    code, message = _FAULTS[fault]
    install(folder, monkeypatch, plugins.READERS, "lab", code)
    monkeypatch.setattr(plugins, "SILENCE_SECONDS", 2.0)
    notebook, other = _files(tmp_path)
    with pytest.raises(PluginError) as error:
        list(ingest.read(notebook))
    assert error.value.message.startswith("The plugin “lab-plugin 0.1”")
    assert message in error.value.message
    assert any("nine berths" in getattr(record, "text", "") for record in ingest.read(other))


@pytest.mark.slow
def test_the_queue_names_a_plugin_that_fails_and_reads_the_next_file(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(folder, monkeypatch, plugins.READERS, "lab", "raise RuntimeError('no licence')")
    with Library.open(tmp_path / "a.brain") as library:
        failed, added = library.add(list(_files(tmp_path)))
        assert failed.error
        assert "“lab-plugin 0.1” failed (“RuntimeError: no licence”)" in failed.error
        assert not added.error
        assert library.ask("How many berths has the harbour?").sentences


def test_a_cancelled_reading_ends_a_plugin(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(folder, monkeypatch, plugins.READERS, "lab", "while True: pass")

    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(ingest.read(_files(tmp_path)[0], ingest.ReadRequest(cancel=cancel)))


def test_styles_and_formats_of_plugins_are_named_and_fail_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(folder, monkeypatch, plugins.CITATION_STYLES, "faulty", "plugin = 1 / 0")
    install(folder, monkeypatch, plugins.EXPORTERS, "opml", "def plugin(answers): answers.none")
    with Library.open(":memory:") as library:
        assert "faulty" in [style.name for style in library.sources.citation_styles]
        note = library.facts.tell("The pump came from Delft.")
        assert note
        answer = library.ask("Where did the pump come from?")
        with pytest.raises(InputError, match=r"“opml-plugin 0\.1” failed \(“AttributeError"):
            library.answers.export(answer, "opml")
        assert isinstance(answer, Answer)
        assert json.loads(library.answers.export(answer, "csl")) == []


def test_a_theme_of_a_plugin_replaces_colours_of_the_dark_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    install_example(folder, monkeypatch)
    try:
        chosen = theme.apply(qapp, "slate")
        assert (chosen.dark, chosen.canvas) == (True, "#1B2027")
        assert chosen.text == theme.THEMES["dark"].text
    finally:
        theme.apply(qapp, "light")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise OSError('gone')", r"“odd-plugin 0\.1” failed \(“OSError: gone”\)"),
        ("plugin = {'canvas': 'white'}", "theme “odd” has something that is not a colour"),
        ("plugin = {'background': '#FFFFFF'}", "theme “odd” has something that is not a colour"),
        ("plugin = None", "theme “odd” has something that is not a colour"),
    ],
)
def test_a_theme_that_fails_leaves_the_one_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, code: str, message: str
) -> None:
    install(folder, monkeypatch, plugins.THEMES, "odd", code)
    before = theme.apply(qapp, "light")
    with pytest.raises(InputError, match=message):
        theme.apply(qapp, "odd")
    with pytest.raises(InputError, match="There is no theme “none”"):
        theme.apply(qapp, "none")
    assert theme.current() is before


def test_what_a_plugin_failed_by_is_said_in_german(monkeypatch: pytest.MonkeyPatch) -> None:
    # A chosen language is in the environment, too.
    monkeypatch.setenv("LANGUAGE", "en")
    translation.choose("de")
    for text in (
        "The plugin “a 1” failed (“KeyError: 1”). Update or uninstall it, then retry.",
        "The plugin “a 1” gave no answer for 120 seconds.",
        "The plugin “a 1” ended without an answer.",
        "The plugin “a 1” gave text that is not where it says.",
        "There is no theme “a”. Choose another one in Settings.",
        "The theme “a” has something that is not a colour of a theme.",
        "Update or uninstall its plugin.",
    ):
        assert translation.known(text) != text
    translation.choose("en")


def test_doctor_lists_plugins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_example(folder, monkeypatch)
    listed = {each.name: each.how for each in doctor.examine()}
    assert listed["lab (readers)"] == listed["slate (themes)"] == "labnotes 1.0"


def test_an_unknown_style_is_no_plugin() -> None:
    with Library.open(":memory:") as library, pytest.raises(NotFoundError):
        library.sources.cite([], style="unheard-of")
