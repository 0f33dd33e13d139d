"""Ask over a library in memory."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.ask.asking import ARABIC, WHAT, WHEN
from tests.ui.fake_library import FakeLibrary, as_library
from workbench.ui.ask.tab import AskTab
from workbench.ui.jobs import Jobs
from workbench.ui.shelf.wanted import Wanted


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.put(
        "The Trace",
        [("1 Lists", "In 1885 he published.\n\n"), ("9 Night", "Sleep settles it. It rests.")],
        author="A. Writer",
        collections=["Thesis"],
    )
    made.put("كتاب", [("الفصل", ARABIC)], collections=["Teaching"])
    evidence = [
        made.quote(1, "Sleep settles it.", 1),
        made.quote(1, "In 1885 he published.", 2),
        made.quote(2, ARABIC, 3),
    ]
    made.answer(WHAT, evidence)
    made.answer(WHEN, [made.quote(1, "In 1885 he published.", 1)], value="1885")
    return made


@pytest.fixture
def tab(qtbot: QtBot, library: FakeLibrary, jobs: Jobs) -> AskTab:
    made = AskTab(as_library(library), jobs, Wanted())
    qtbot.addWidget(made)
    made.resize(828, 640)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: not made.composer.scopes.isHidden())
    return made
