"""Exported chats on their whole way: added, found, cited, and added again when they have grown."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.ingest.test_chats import APPLE, chatgpt, claude
from workbench.library import Library


def test_a_message_is_found_and_cited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Retrieval alone puts the question that stands in the chat before its answer.
    monkeypatch.delenv("WORKBENCH_READER")
    packed = tmp_path / "WhatsApp Chat - Mooring.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", APPLE)
    chats = tmp_path / "conversations.json"
    chats.write_text(json.dumps([chatgpt(), claude()]), encoding="utf-8")
    later = tmp_path / "later.json"
    later.write_text(json.dumps([chatgpt(), claude(), chatgpt("A third", "c-3")]), encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        assert [each.state for each in library.add([packed, chats])] == ["verified"] * 3
        shown = library.ask("Which number has the berth?").evidence[0]
        assert shown.quote.startswith("Ada: The berth is number nine.")
        assert shown.locator.chapter == "2024-03-12 · Ada, 18:03"
        shown = library.ask("How long is the lock of Arques?").evidence[0]
        assert "38.5 metres" in shown.quote
        assert shown.locator.chapter == "2024-03-12 · Claude, 18:05"
        # The export of a month later has the same conversations, and a new one.
        library.add([later])
        titles = sorted(source.title for source in library.sources.list())
        assert titles == ["A third", "Ada, Ben O’Hara", "Locks", "Pump of the boat"]
