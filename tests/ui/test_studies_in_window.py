"""Studies in the window: written in Activity, shown with their places, and made into cards."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, ollama_server
from tests.recall.test_studies import _BOOK, _MORE, writes
from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.stage import library_of, words_of
from workbench.models import choices, server


@pytest.mark.slow
def test_questions_with_answers_are_written_shown_and_made_into_cards(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "valley.md").write_text(_BOOK.format(more=_MORE), encoding="utf-8")
    server.forget()
    with ollama_server(FakeModel("writer:3b", says=writes, context=4096)) as ollama:
        choices.change({"address": ollama.address, "dialogue": "writer:3b"})
        window = make_window(size=(1200, 900))
        qtbot.waitUntil(lambda: window.shelf.library is not None)
        library = library_of(window)
        library.add([tmp_path / "valley.md"])
        qtbot.waitUntil(lambda: len(window.shelf.sources) == 1)
        window.navigate.show_sources([window.shelf.sources[0].id])
        qtbot.waitUntil(lambda: window.actions_by_name["study_questions"].isEnabled())
        assert not window.actions_by_name["study_cards"].isEnabled()
        window.actions_by_name["study_questions"].trigger()
        tab = window.ask_tab
        qtbot.waitUntil(lambda: tab.result is not None and tab.result.answer_view is not None)
        assert tab.result is not None
        assert tab.result.answer_view is not None
        text = tab.result.answer_view.toPlainText()
        assert "What about The Ferrow mill?\nThe Ferrow mill was built by Anna Brook" in text
        assert tab.result.answer_view.citations() == [1, 2, 3]
        qtbot.waitUntil(lambda: "3 sentences left out" in words_of(tab))
        assert unnamed(window) == []
        window.actions_by_name["study_cards"].trigger()
        cited = [item.engram for item in tab.result.answer.evidence]
        qtbot.waitUntil(lambda: len(library.memory.reviews(*cited)) == 3)
    server.forget()
