"""What nobody wrote, in the Brain tab: its path, its odds, a yes, a no and a second thought."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of
from workbench.brain.records import Lit
from workbench.library import Library
from workbench.ui.brain.tab import BrainTab

_TOWNS = ("Aldby", "Berholm", "Corsund", "Dalvik")
_LINES = (
    "{} is a harbour where herring and salt are shipped by sailors.",
    "In {} the sailors mend herring nets beside the harbour.",
    "Ships bring salt and herring to the harbour at {} every autumn.",
)
_FAIR = (
    "Berholm and Corsund and the Frost Fair.",
    "Berholm, Dalvik and the Frost Fair.",
    "The Frost Fair, Corsund, Dalvik.",
)


def _taught(library: Library) -> None:
    for town in _TOWNS:
        library.facts.tell("\n".join(line.format(town) for line in _LINES))
    for number, line in enumerate(_FAIR):
        library.add_text(line, title=f"Note {number}")
    library.graph.link()
    library.brain.configure(scale=0.02)
    # What nobody wrote is looked for before, so that the window need not wait for it.
    library.brain.recall("Aldby", patience=None)


def _fair(tab: BrainTab) -> Lit | None:
    return next((each for each in tab.lit.rows if each.name == "Frost Fair"), None)


@pytest.mark.slow
def test_a_link_that_nobody_wrote_is_judged_where_it_is_shown(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    _taught(library)
    window.actions_by_name["tab_brain"].trigger()
    tab = window.navigate.lab
    tab.recall("Aldby")
    qtbot.waitUntil(lambda: _fair(tab) is not None, timeout=60_000)
    assert not tab.hypothesis.isVisible()
    lit = _fair(tab)
    assert lit is not None
    assert lit.tag == "emergent"
    tab.lit_table.setCurrentIndex(tab.lit.index(tab.lit.rows.index(lit), 0))
    shown = tab.hypothesis
    assert shown.isVisible()
    assert shown.title.text() == "Aldby – Frost Fair?"
    assert shown.path.text().startswith("Suggested by ")
    assert "hypothesis: about one in" in shown.odds.text()
    shown.no.click()
    qtbot.waitUntil(lambda: _fair(tab) is None, timeout=60_000)
    assert "suggested again" in shown.said.text()
    shown.undo.click()
    qtbot.waitUntil(lambda: _fair(tab) is not None, timeout=60_000)
    lit = _fair(tab)
    assert lit is not None
    tab.lit_table.setCurrentIndex(tab.lit.index(tab.lit.rows.index(lit), 0))
    shown.yes.click()

    def agreed() -> bool:
        now = _fair(tab)
        return now is not None and now.tag == "confirmed"

    qtbot.waitUntil(agreed, timeout=60_000)
