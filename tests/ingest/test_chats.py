"""Chats of ChatGPT, Claude, Telegram, WhatsApp: each message is quoted with speaker and time."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest.records import Notice, Source
from tests.ingest.conftest import Book, Read

_SOME_TIME = 1710266580.25  # 12 March 2024, 18:03 UTC


def _save(folder: Path, text: str, name: str = "_chat.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _quoted(book: Book) -> list[tuple[str | None, str]]:
    return [(each.locator.chapter, each.text) for each in book.passages]


# -- ChatGPT ---------------------------------------------------------------------------------------


def _node(
    id: str, parent: str | None, role: str, text: str, seconds: float | None = None, **more: object
) -> dict[str, Any]:
    message = {
        "id": id,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": seconds,
        "content": {"content_type": "text", "parts": [text]},
        "status": "finished_successfully",
        "weight": 1.0,
        "metadata": {},
        "recipient": "all",
        **more,
    }
    return {"id": id, "message": message, "parent": parent, "children": []}


def chatgpt(title: str = "Pump of the boat", id: str = "c-1") -> dict[str, Any]:
    """A conversation with a hidden root, a tool call, and a question that was asked anew."""
    hidden: dict[str, Any] = {"metadata": {"is_visually_hidden_from_conversation": True}}
    nodes = [
        {"id": "root", "message": None, "parent": None, "children": ["sys"]},
        _node("sys", "root", "system", "", **hidden),
        _node("q1", "sys", "user", "Which pump fits a nine metre boat?", _SOME_TIME),
        _node("a1", "q1", "assistant", "A hand pump fits.", _SOME_TIME + 5),
        _node("q2", "sys", "user", "Which bilge pump fits a boat of nine metres?", _SOME_TIME + 60),
        _node("call", "q2", "assistant", "search(pumps)", _SOME_TIME + 61, recipient="browser"),
        _node("tool", "call", "tool", "A page of results.", _SOME_TIME + 62),
        _node(
            "a2", "tool", "assistant",
            "A **diaphragm pump** of 2000 litres an hour fits.\ue200cite\ue202turn0\ue201\n\n"
            "- Mount it high.\n- Fit a strainer.", _SOME_TIME + 90000,
        ),
    ]  # fmt: skip
    return {
        "title": title,
        "create_time": _SOME_TIME,
        "update_time": _SOME_TIME + 90000,
        "mapping": {node["id"]: node for node in nodes},
        "current_node": "a2",
        "conversation_id": id,
        "id": id,
    }


def test_a_conversation_of_chatgpt_is_read_along_the_branch_shown_last(
    tmp_path: Path, read: Read
) -> None:
    book = read(_save(tmp_path, json.dumps([chatgpt()]), "conversations.json"))
    assert (book.source.kind, book.source.title) == ("chat", "Pump of the boat")
    assert (book.source.author, book.source.date, book.source.key) == (
        "ChatGPT", "2024-03-12", "c-1",
    )  # fmt: skip
    assert [section.title for section in book.sections if section.level == 1] == [
        "2024-03-12", "2024-03-13",
    ]  # fmt: skip
    assert _quoted(book) == [
        ("You, 18:04", "You: Which bilge pump fits a boat of nine metres?"),
        (
            "ChatGPT, 19:03",
            "ChatGPT: A diaphragm pump of 2000 litres an hour fits.\n\n"
            "Mount it high.\n\nFit a strainer.",
        ),
    ]
    assert not book.notices


@pytest.mark.parametrize("current", ["nowhere", None])
def test_without_a_current_node_the_last_branch_counts(
    current: str | None, tmp_path: Path, read: Read
) -> None:
    told = {**chatgpt(), "current_node": current}
    book = read(_save(tmp_path, json.dumps([told]), "conversations.json"))
    assert _quoted(book)[0][1].startswith("You: Which bilge pump")


def test_a_conversation_that_is_broken_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    circle = chatgpt("In a circle", "c-2")
    circle["mapping"]["root"]["parent"] = "a2"
    odd = {"title": "Odd", "mapping": {"a": {"message": {"author": 3}, "parent": None}}}
    path = _save(tmp_path, json.dumps([odd, circle, {"mapping": {}}]), "conversations.json")
    records = list(ingest.read(path))
    assert [each.title for each in records if isinstance(each, Source)] == ["In a circle"]
    (notice,) = [each for each in records if isinstance(each, Notice)]
    assert "The conversation “Odd” was left out" in notice.message


def test_an_export_without_a_message_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = _save(tmp_path, json.dumps([{"title": "Empty", "mapping": {}}]), "conversations.json")
    with pytest.raises(ingest.IngestError, match="No conversation of this export"):
        list(ingest.read(path))


def _large(folder: Path, *more: str) -> Path:
    """An export of more than 64 MB that lacks its end: two conversations, and what follows."""
    long = [{**chatgpt(f"Long {n}", f"l-{n}"), "picture": "é" * 17_000_000} for n in (1, 2)]
    said = ",\n".join([*(json.dumps(each, ensure_ascii=False) for each in long), *more])
    return _save(folder, f"\ufeff[{said}", "conversations.json")


@pytest.mark.slow
def test_an_export_that_is_too_large_to_be_held_is_read_one_by_one(tmp_path: Path) -> None:
    records = list(ingest.read(_large(tmp_path, json.dumps(chatgpt("Last")) + "]\n")))
    titles = [each.title for each in records if isinstance(each, Source)]
    assert titles == ["Long 1", "Long 2", "Last"]
    assert not [each for each in records if isinstance(each, Notice)]


@pytest.mark.slow
def test_of_a_large_export_that_is_cut_off_what_is_there_is_read(tmp_path: Path) -> None:
    records = list(ingest.read(_large(tmp_path, '{"title": "Cut')))
    titles = [each.title for each in records if isinstance(each, Source)]
    assert titles == ["Long 1", "Long 2"]
    (notice,) = [each for each in records if isinstance(each, Notice)]
    assert "cut off" in notice.message


@pytest.mark.slow
@pytest.mark.parametrize("begin", ['{"articles": [', "[1, "])
def test_a_file_that_is_too_large_says_how_to_split_it(begin: str, tmp_path: Path) -> None:
    path = _save(tmp_path, begin + " " * 64_000_000, "articles.json")
    with pytest.raises(ingest.IngestError, match=r"64 MB[^\n]*Split its list .*“\[” to “\]”"):
        list(ingest.read(path))


def test_of_a_zip_the_conversations_are_read_and_not_what_is_kept_beside_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        both = json.dumps([chatgpt(), chatgpt("Another", "c-2")])
        archive.writestr("conversations.json", both)
        archive.writestr("chat.html", "<html><script>var jsonData = [];</script></html>")
        archive.writestr("user.json", '{"id": "u", "email": "ada@example.org"}')
        archive.writestr("message_feedback.json", '[{"content": "words that nobody reads"}]')
    records = list(ingest.read(path))
    titles = [each.title for each in records if isinstance(each, Source)]
    assert titles == ["Pump of the boat", "Another"]
    assert not any(isinstance(each, Notice) for each in records)


# -- Claude ----------------------------------------------------------------------------------------


def claude(**more: Any) -> dict[str, Any]:
    def said(id: str, sender: str, text: str, minute: int, parent: str) -> dict[str, Any]:
        return {
            "uuid": id, "text": text, "sender": sender, "attachments": [], "files": [],
            "content": [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": text}],
            "created_at": f"2024-03-12T18:0{minute}:22.000000Z", "parent_message_uuid": parent,
        }  # fmt: skip

    messages: list[dict[str, Any]] = [
        said("1", "human", "How long is the lock of Arques?", 3, "0"),
        said("2", "assistant", "It is some forty metres long.", 4, "1"),
        said("3", "assistant", "The lock of Arques is **38.5 metres** long.", 5, "1"),
        said("4", "human", "Thank you for the length.", 6, "3"),
    ]
    return {
        "uuid": "k-1", "name": "Locks", "summary": "", "account": {"uuid": "x"},
        "created_at": "2024-03-12T18:03:22.000000Z", "chat_messages": messages, **more,
    }  # fmt: skip


def test_a_conversation_of_claude_is_read_with_the_answer_given_last(
    tmp_path: Path, read: Read
) -> None:
    book = read(_save(tmp_path, json.dumps([claude()], indent=2), "conversations.json"))
    assert (book.source.title, book.source.author) == ("Locks", "Claude")
    assert _quoted(book) == [
        ("You, 18:03", "You: How long is the lock of Arques?"),
        ("Claude, 18:05", "Claude: The lock of Arques is 38.5 metres long."),
        ("You, 18:06", "You: Thank you for the length."),
    ]


def test_older_exports_without_parents_and_names_are_read_whole(tmp_path: Path, read: Read) -> None:
    told = claude(name="")
    for message in told["chat_messages"]:
        del message["content"], message["parent_message_uuid"]
    book = read(_save(tmp_path, json.dumps([told]), "conversations.json"))
    assert book.source.title == "How long is the lock of Arques?"
    assert len(book.passages) == 4


@pytest.mark.parametrize("all_chats", [False, True])
def test_a_chat_of_telegram_is_read_by_its_messages(
    all_chats: bool, tmp_path: Path, read: Read
) -> None:
    meeting = ["Meet at ", {"type": "bold", "text": "Crianlarich"}, " station, 8:40."]
    messages: list[dict[str, Any]] = [
        {"type": "service", "date": "2020-05-01T10:00:00", "action": "create_group", "text": ""},
        {"type": "message", "date": "2020-05-01T10:02:11", "from": "Mo", "text": meeting},
        {"type": "message", "date": "2020-05-01T10:02:40", "from": "Mo", "text": "", "photo": "a"},
        {"type": "message", "date": "2020-05-02T07:03:00", "from": None, "text": "I bring rope."},
    ]
    told: dict[str, Any] = {"name": "Hill Walkers", "type": "private_group", "id": 7}
    told["messages"] = [{"id": number, **each} for number, each in enumerate(messages)]
    if all_chats:
        told = {"about": "All", "chats": {"about": "Here they are", "list": [told]}}
    book = read(_save(tmp_path, json.dumps(told), "result.json"))
    source = book.source
    assert (source.kind, source.title, source.author) == ("chat", "Hill Walkers", "Mo, Somebody")
    assert source.date == "2020-05-01"
    assert _quoted(book) == [
        ("Mo, 10:02", "Mo: Meet at Crianlarich station, 8:40."),
        ("Somebody, 07:03", "Somebody: I bring rope."),
    ]


# -- WhatsApp --------------------------------------------------------------------------------------

APPLE = (
    "[12/03/2024, 18:03:22] Mooring: \u200eMessages and calls are end-to-end encrypted. No one "
    "outside of this chat can read them.\r\n"
    "[12/03/2024, 18:03:25] Ada: The berth is number nine.\r\n"
    "It has a red rope: take that one.\r\n"
    "\u200e[12/03/2024, 18:04:01] Ada: \u200e<attached: 00000012-PHOTO.jpg>\r\n"
    "[12/03/2024, 18:05:10] Ben O\u2019Hara: I come at ten, @\u2068Ada\u2069. "
    "\u200e<This message was edited>\r\n"
    "[13/03/2024, 09:00:00] Ada: 👍\r\n"
)


def test_a_chat_of_whatsapp_quotes_each_message_with_speaker_and_time(
    tmp_path: Path, read: Read
) -> None:
    book = read(_save(tmp_path, APPLE))
    assert book.source.kind == "chat"
    assert book.source.title == book.source.author == "Ada, Ben O’Hara"
    assert _quoted(book) == [
        (
            "Ada, 18:03",
            "Ada: The berth is number nine.\nIt has a red rope: take that one.",
        ),
        ("Ben O’Hara, 18:05", "Ben O’Hara: I come at ten, @Ada."),
    ]
    days = [section.title for section in book.sections if section.level == 1]
    assert days == ["2024-03-12", "2024-03-13"]
    assert "encrypted" in book.text
    assert "👍" in book.text
    assert "\u200e" not in book.text


_STYLES = {
    "Apple, United States": "[3/12/24, 6:03:22\u202fPM] ",
    "Apple, Germany": "[12.03.24, 18:03:22] ",
    "Apple, Sweden": "[2024-03-12, 18:03:22] ",
    "Apple, China": "[2024/3/12 下午6:03:22] ",
    "Android, Britain": "12/03/2024, 18:03 - ",
    "Android, United States": "3/12/24, 6:03 PM - ",
    "Android, India": "12/03/24, 6:03 pm - ",
    "Android, Germany": "12.03.24, 18:03 - ",
    "Android, France": "12/03/2024 à 18:03 - ",
    "Android, Finland": "12.3.2024 klo 18.03 - ",
    "Android, Mexico": "12/03/2024, 6:03 p.\xa0m. - ",
    "Android, Indonesia": "12/03/24 18.03 - ",
    "Android, Egypt": "12\u200f/3\u200f/2024، 6:03 م - ",
    "Android, Korea": "2024. 3. 12. 오후 6:03 - ",
}


@pytest.mark.parametrize("place", _STYLES)
def test_dates_are_read_as_they_are_written_there(place: str, tmp_path: Path, read: Read) -> None:
    stamp = _STYLES[place]
    text = f"{stamp}Ada added Ben\n{stamp}Ada: The berth is number nine.\n{stamp}Ben: Good: nine.\n"
    book = read(_save(tmp_path, text, "WhatsApp Chat with Ben.txt"))
    assert book.source.title == "WhatsApp Chat with Ben"
    assert _quoted(book) == [
        ("Ada, 18:03", "Ada: The berth is number nine."),
        ("Ben, 18:03", "Ben: Good: nine."),
    ]


def test_days_and_months_are_told_apart_by_the_order_of_the_messages(
    tmp_path: Path, read: Read
) -> None:
    days = ["02/01/2024", "05/01/2024", "01/02/2024", "03/02/2024"]
    text = "".join(f"{day}, 10:00 - Ada: I wrote this to you.\n" for day in days)
    book = read(_save(tmp_path, text))
    dates = ["2024-01-02", "2024-01-05", "2024-02-01", "2024-02-03"]
    assert [section.title for section in book.sections if section.level == 1] == dates


def test_what_a_program_says_is_nobodys_words(tmp_path: Path, read: Read) -> None:
    stamp = "12/03/2024, 18:03 - "
    lines = [
        "Messages and calls are end-to-end encrypted. Tap to learn more.",
        'Ada changed the group name from "Boat" to "Boat: summer"',
        "Ada: <Media omitted>",
        "Ada: \u200eIMG-20240312-WA0001.jpg (file attached)\nThis is the berth.",
    ]
    text = "".join(f"{stamp}{line}\n" for line in lines)
    book = read(_save(tmp_path, text))
    assert [text for _, text in _quoted(book)] == ["Ada: This is the berth."]


def test_nobody_in_a_chat_is_a_sentence(tmp_path: Path) -> None:
    path = _save(tmp_path, "12/03/2024, 18:03 - Messages are end-to-end encrypted\n")
    with pytest.raises(ingest.NoTextError, match="Nobody says anything"):
        list(ingest.read(path))


@pytest.mark.parametrize(
    "text",
    [
        "[2024-03-12 18:03:22] production.ERROR: it failed\n" * 3,
        "2024-03-12 18:03:22 - INFO: it began\n" * 3,
    ],
)
def test_a_log_is_no_chat(text: str, tmp_path: Path) -> None:
    first = next(ingest.read(_save(tmp_path, text, "program.log")))
    assert isinstance(first, Source)
    assert first.kind == "text"


# -- Telegram's forwards and polls, Claude's documents, Messenger, Slack, Keep ---------------------


def _telegram(*messages: dict[str, Any]) -> str:
    numbered = [
        {
            "id": n,
            "type": "message",
            "date": f"2024-02-05T10:0{n}:00",
            "from": "Wilma Sand",
            **message,
        }
        for n, message in enumerate(messages, 1)
    ]
    return json.dumps({"name": "Mill", "type": "private_group", "id": 4, "messages": numbered})


def test_a_forwarded_message_is_told_of_its_writer(tmp_path: Path, read: Read) -> None:
    said = _telegram(
        {"text": "The loom is sold.", "forwarded_from": "Odd Berg"},
        {"text": "Good.", "forwarded_from": None},
        {"text": "Indeed."},
    )
    book = read(_save(tmp_path, said, "result.json"))
    assert _quoted(book) == [
        ("Odd Berg, forwarded by Wilma Sand, 10:01", "Odd Berg: The loom is sold."),
        ("Somebody, forwarded by Wilma Sand, 10:02", "Somebody: Good."),
        ("Wilma Sand, 10:03", "Wilma Sand: Indeed."),
    ]


def test_polls_and_files_of_a_chat_are_read(tmp_path: Path, read: Read) -> None:
    answers = [{"text": "Monday", "voters": 3}, {"text": "Friday", "voters": 1}]
    said = _telegram(
        {"text": "", "poll": {"question": "When do we meet?", "answers": answers}},
        {"text": "", "file": "files/plan.pdf", "file_name": "plan.pdf"},
        {"text": "Here.", "photo": "(File not included.)"},
    )
    book = read(_save(tmp_path, said, "result.json"))
    assert "Poll: When do we meet? Monday (3), Friday (1)" in book.passages[0].text
    assert "Wilma Sand: file plan.pdf" in book.text
    assert "file not included" in book.text


def test_documents_of_a_conversation_are_read_with_it(tmp_path: Path, read: Read) -> None:
    lease = {"file_name": "lease.txt", "extracted_content": "The mill is let until 4 July 2031."}
    written = {"command": "create", "title": "Letter", "content": "# Dear Odd\n\nThe rent is 70."}
    messages = [
        {"uuid": "1", "sender": "human", "content": [{"type": "text", "text": "Sum it up."}],
         "created_at": "2024-02-05T10:00:00Z", "attachments": [lease]},
        {"uuid": "2", "sender": "assistant", "created_at": "2024-02-05T10:01:00Z", "text": "Done.",
         "content": [{"type": "text", "text": "Done."},
                     {"type": "tool_use", "name": "artifacts", "input": written}]},
    ]  # fmt: skip
    export = [{"uuid": "c", "name": "Lease", "chat_messages": messages}]
    book = read(_save(tmp_path, json.dumps(export), "conversations.json"))
    assert _quoted(book) == [
        ("You, 10:00", "You: Sum it up."),
        ("lease.txt, 10:00", "lease.txt: The mill is let until 4 July 2031."),
        ("Claude, 10:01", "Claude: Done."),
        ("Letter, 10:01", "Letter: # Dear Odd\n\nThe rent is 70."),
    ]


def test_messages_of_messenger_are_in_order_and_their_letters_right(
    tmp_path: Path, read: Read
) -> None:
    name = "Kåre".encode().decode("latin-1")
    messages = [
        {"sender_name": name, "timestamp_ms": 1707127260000, "photos": [{"uri": "a.jpg"}]},
        {"sender_name": name, "timestamp_ms": 1707127200000,
         "content": "Møt meg på kaféen.".encode().decode("latin-1")},
    ]  # fmt: skip
    said = {"participants": [{"name": name}], "messages": messages, "title": name}
    book = read(_save(tmp_path, json.dumps(said), "message_1.json"))
    assert (book.source.title, book.source.author) == ("Kåre", "Kåre")
    assert _quoted(book) == [("Kåre, 10:00", "Kåre: Møt meg på kaféen.")]
    assert "Kåre: photos" in book.text


def test_a_day_of_slack_is_one_chat_with_names(tmp_path: Path, read: Read) -> None:
    folder = tmp_path / "looms"
    folder.mkdir()
    people = [{"id": "U1", "real_name": "Wilma Sand"}, {"id": "U2", "name": "odd"}]
    (tmp_path / "users.json").write_text(json.dumps(people))
    messages = [
        {"type": "message", "user": "U1", "ts": "1707127200.000100",
         "text": "<@U2> sold the loom &amp; the wool, see <https://x.example|the list>."},
        {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1707127260.0",
         "text": "<@U2> has joined the channel"},
    ]  # fmt: skip
    book = read(_save(folder, json.dumps(messages), "2024-02-05.json"))
    assert book.source.title == "looms, 2024-02-05"
    assert _quoted(book) == [
        (
            "Wilma Sand, 10:00",
            "Wilma Sand: @odd sold the loom & the wool, see the list (https://x.example).",
        )
    ]
    assert "@odd has joined" in book.text


def test_notes_of_keep_are_read_and_those_in_the_trash_refused(tmp_path: Path, read: Read) -> None:
    note = {"isTrashed": False, "title": "Mill", "textContent": "The key is in the jar.\nAsk Odd.",
            "userEditedTimestampUsec": 1707127200000000, "labels": [{"name": "home"}]}  # fmt: skip
    book = read(_save(tmp_path, json.dumps(note), "Mill.json"))
    assert (book.source.title, book.source.date) == ("Mill", "2024-02-05")
    assert book.sentences == ["The key is in the jar.", "Ask Odd."]
    tasks = [{"text": "Wool", "isChecked": True}, {"text": "Flax", "isChecked": False}]
    listed = {"isTrashed": False, "title": "Buy", "listContent": tasks}
    book = read(_save(tmp_path, json.dumps(listed), "Buy.json"))
    assert [mark for _, _, mark in book.sections[0].items] == ["☑", "☐"]
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(_save(tmp_path, json.dumps({**note, "isTrashed": True}), "c.json")))


def _whatsapp(text: str) -> str:
    return f"12/03/2024, 18:04 - Ines: {text}\n12/03/2024, 18:05 - Otto: Good.\n"


def _slack(text: str) -> str:
    return json.dumps([{"type": "message", "user": "U1", "ts": "1707127200.0", "text": text}])


@pytest.mark.parametrize(
    ("make", "name"), [(_whatsapp, "WhatsApp Chat with Otto.txt"), (_slack, "2024-02-05.json")]
)
def test_words_between_tildes_in_chats_are_struck_out(
    make: Any, name: str, tmp_path: Path, read: Read
) -> None:
    lines = {
        "The loom costs ~70~ 55 crowns.": "The loom costs 55 crowns. (Struck out: 70.)",
        "~I come at seven.~ At eight.": "At eight. (Struck out: I come at seven.)",
        "It is ~5 or ~6 of them.": "It is ~5 or ~6 of them.",
        "See ~/maps, /home/~ada and ~ada/b.": "See ~/maps, /home/~ada and ~ada/b.",
        "Some ~ 70 ~ crowns, ~~": "Some ~ 70 ~ crowns, ~~",
    }
    for text, seen in lines.items():
        assert seen in read(_save(tmp_path, make(text), name)).passages[0].text


def test_words_that_telegram_strikes_out_are_marked(tmp_path: Path, read: Read) -> None:
    words = ["The loom costs ", {"type": "strikethrough", "text": "70"}, " 55 crowns."]
    book = read(_save(tmp_path, _telegram({"text": words}, {"text": "Good."}), "result.json"))
    assert "The loom costs 55 crowns. (Struck out: 70.)" in book.passages[0].text


def test_what_telegram_tells_beside_texts_is_read(tmp_path: Path, read: Read) -> None:
    poll = {
        "question": [{"type": "plain", "text": "When do "}, {"type": "bold", "text": "we meet?"}],
        "answers": [{"text": [{"type": "plain", "text": "On Monday"}], "voters": 3}],
    }
    contact = {"first_name": "Nils", "last_name": "Krag", "phone_number": "+49 4931 220"}
    said = _telegram(
        {"poll": poll},
        {"contact_information": contact, "contact_vcard": "a.vcf"},
        {
            "place_name": "Red Barn",
            "address": "Pier road 1",
            "location_information": {"latitude": 5},
        },
        {
            "media_type": "audio_file",
            "performer": "The Looms",
            "title": "Rye song",
            "file": "a.mp3",
        },
        {"todo_list": {"title": "For the fair", "answers": [{"text": "Buy wool", "id": 1}]}},
        {"type": "service", "actor": "Odd", "action": "invite_members", "members": ["Ines Dahl"]},
        {"type": "service", "actor": "Odd", "action": "edit_group_title", "title": "Rye people"},
        {"text": "Good."},
    )
    book = read(_save(tmp_path, said, "result.json"))
    assert "Poll: When do we meet? On Monday (3)" in book.passages[0].text
    for words in ("Nils Krag +49 4931 220", "Red Barn Pier road 1", "The Looms Rye song",
                  "For the fair Buy wool"):  # fmt: skip
        assert any(words in passage.text for passage in book.passages)
    assert "Odd: invite members Ines Dahl" in book.text
    assert "Odd: edit group title Rye people" in book.text
    assert "vcf" not in book.text
