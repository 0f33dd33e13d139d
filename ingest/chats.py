"""Chats exported by ChatGPT, Claude, Telegram, Messenger, Instagram, Slack and WhatsApp.

Each is a source by messages. A message is a section below that of its day, and begins with its
speaker ("Ada: ..."), so that a citation reads "2024-03-12, Ada, 18:03"; of a forwarded one the
speaker is who wrote it. Polls, files and pasted documents are read with their message. Of a
branched conversation the branch shown last is read. System messages are in the text but in no
passage.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest import scripts, segment
from ingest.books import markdown, naming
from ingest.books.encoding import decode
from ingest.books.naming import TURNING
from ingest.errors import NoTextError
from ingest.parts import Parts
from ingest.patterns import later
from ingest.records import Check, Reading, ReadRequest, Report, Section, Source

READER = "chat/4"
_YOU = "You"
#: Speakers listed as the authors of a source.
_MAX_NAMED = 8


@dataclass(frozen=True, slots=True)
class Message:
    """What `who` wrote, on a `day` (ISO 8601) at a `time` (24 hours), if known.

    System messages have no `who`. `by` forwarded it.
    """

    who: str
    text: str
    day: str = ""
    time: str = ""
    by: str = ""


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read a WhatsApp text export: `Source` and its `Section`s.

    Raises `NoTextError` if it has no messages.
    """
    words = list(_messages(decode(path.read_bytes()).text))
    request.cancel()
    people = _speakers(words)
    title = request.title or (
        ", ".join(people) if path.stem == "_chat" else naming.from_file_name(path)
    )
    records = list(_as_source(words, title, people, segment.EVERY_LINE))
    if len(records) < 2:
        raise NoTextError("Nobody says anything in this chat.", "Export it again and add that.")
    yield records[0]
    for ordinal, record in enumerate(records[1:]):
        request.cancel()
        if ordinal >= request.start_section:
            yield record
        request.report(ordinal + 1, len(records) - 1, "messages")


def read_export(
    export: Iterable[Mapping[str, Any]], report: Report, cancel: Check, title: str = ""
) -> Iterator[Reading]:
    """Yield the conversations of an export as sources with hash and key.

    `title` is that of a conversation without one. Raises `NoTextError` if there are no messages.
    """
    parts = Parts("conversation")
    results = False
    total = len(export) if isinstance(export, list) else 0
    for number, item in enumerate(parts.stream("what follows", iter(export))):
        cancel()
        report(number, total, "conversations")
        name = _mended(_words(item.get("title")) or _words(item.get("name"))) or title
        records = parts.items(name or str(number + 1), partial(_conversation, item, name))
        results = results or bool(records)
        yield from records
    if not results:
        raise parts.error(
            NoTextError("No conversation of this export contains a message.", "Export it again.")
        )
    yield from parts.notices()
    report(total, total, "conversations")


def conversations(content: object) -> list[Mapping[str, Any]]:
    """The conversations in a JSON file, [] for another file."""
    if isinstance(content, dict) and isinstance(content.get("chats"), dict):
        # A complete Telegram export.
        content = content["chats"].get("list")
    if _is_slack(content):
        return [{"slack": content}]
    has_any = content if isinstance(content, list) else [content]
    return [item for item in has_any if isinstance(item, dict) and _is_conversation(item)]


def _is_conversation(item: Mapping[str, Any]) -> bool:
    return (
        isinstance(item.get("mapping"), dict)
        or isinstance(item.get("chat_messages"), list)
        or isinstance(item.get("slack"), list)
        or (isinstance(item.get("messages"), list) and "type" in item and "id" in item)
        or (isinstance(item.get("messages"), list) and isinstance(item.get("participants"), list))
    )


def _conversation(item: Mapping[str, Any], name: str) -> list[Reading]:
    by_chat = {
        "mapping": _chatgpt,
        "chat_messages": _claude,
        "slack": _slack,
        "participants": _messenger,
        "messages": _telegram,
    }
    words = list(next(read(item) for name, read in by_chat.items() if name in item))
    worded = [message.text for message in words]
    if not worded:
        return []
    title = name or markdown.inline(worded[0])[:60]
    key = _words(item.get("conversation_id") or item.get("id") or item.get("uuid"))
    told = json.dumps(
        [
            *(key, title),
            *(
                (item.who, item.day, item.time, item.text, *filter(None, [item.by]))
                for item in words
            ),
        ]
    )
    people = [person for person in _speakers(words) if person != _YOU]
    digest = hashlib.sha256(told.encode()).hexdigest()
    return list(_as_source(words, title, people, segment.BLANK_LINE, key or None, digest))


def _speakers(text: Iterable[Message]) -> list[str]:
    return list(dict.fromkeys(message.who for message in text if message.who))[:_MAX_NAMED]


def _as_source(
    words: Sequence[Message],
    title: str,
    people: Sequence[str],
    breaks: re.Pattern[str],
    key: str | None = None,
    digest: str | None = None,
) -> Iterator[Reading]:
    """A conversation as a `Source` and its `Section`s; nothing without messages."""
    worded = [message.text for message in words if message.who]
    language = segment.detect_language("\n\n".join(worded))
    sections = _sections(words, language, breaks)
    if not any(section.passages for section in sections):
        return
    yield Source(
        title=title,
        kind="chat",
        reader=READER,
        author=", ".join(people),
        language=language,
        date=next((message.day for message in words if message.day), ""),
        key=key,
        content_hash=digest,
        characters=sections[-1].end,
        sections=len(sections),
        # “Ada, Otto” would be one person with the family name Ada.
        metadata={"authors": "\n".join(people)} if people else {},
    )
    yield from sections


def _sections(words: Sequence[Message], language: str, breaks: re.Pattern[str]) -> list[Section]:
    """A section for each day, with its heading, and for each message below it."""
    results: list[Section] = []
    at, day = 0, ""
    for message in words:
        starts_day = message.day != day
        day = message.day
        if starts_day or not results:
            results.append(Section(len(results), day, at, f"{day}\n\n" if day else "", ()))
            at = results[-1].end
        if not message.who:
            results[-1] = replace(results[-1], text=f"{results[-1].text}{message.text}\n\n")
        else:
            text = f"{message.who}: {message.text}\n\n"
            by = f"forwarded by {message.by}" if message.by else ""
            title = ", ".join(filter(None, (message.who, by, message.time)))
            worded = any(character.isalnum() for character in message.text)
            passages = segment.passages(
                text, at, language, chapter=title, breaks=breaks, body=None if worded else ()
            )
            results.append(Section(len(results), title, at, text, passages, level=2))
        at = results[-1].end
    return results


# -- ChatGPT, Claude -------------------------------------------------------------------------------

#: ChatGPT's citation marks, which are meaningless by themselves.
_CITED = later("\ue200[^\ue201]{0,2000}\ue201|[\ue200-\ue2ff]|【[^】]{0,200}†[^】]{0,200}】")


def _chatgpt(conversation: Mapping[str, Any]) -> Iterator[Message]:
    """The messages from the root of the tree to the current node."""
    tree = conversation["mapping"]
    node: Any = conversation.get("current_node")
    if node not in tree:
        node = next(reversed(tree), None)
    path: dict[str, Any] = {}
    while node in tree and node not in path:
        path[node] = tree[node].get("message")
        node = tree[node].get("parent")
    for message in reversed(path.values()):
        if not message or message.get("recipient", "all") != "all":
            continue
        content, person = message["content"], message["author"]["role"]
        hidden = (message.get("metadata") or {}).get("is_visually_hidden_from_conversation")
        if hidden or person not in ("user", "assistant"):
            continue
        if content.get("content_type") in ("text", "multimodal_text"):
            parts = [
                part.get("text") if isinstance(part, dict) else part for part in content["parts"]
            ]
            yield from _message(person, "ChatGPT", parts, message.get("create_time"))


def _claude(conversation: Mapping[str, Any]) -> Iterator[Message]:
    """The messages of a conversation; of those with the same parent the last branch."""
    messages = conversation["chat_messages"]
    final = {item.get("parent_message_uuid"): item.get("uuid") for item in messages}
    removed: set[str] = set()
    for item in messages:
        parent = item.get("parent_message_uuid")
        if parent is not None and (parent in removed or final[parent] != item["uuid"]):
            removed.add(item["uuid"])
            continue
        parts = [
            single.get("text")
            for single in item.get("content") or ()
            if single.get("type") == "text"
        ]
        person = "user" if item["sender"] == "human" else item["sender"]
        when = item.get("created_at")
        yield from _message(person, "Claude", parts or [item.get("text")], when)
        for name, text in (*_pasted(item), *_artifacts(item)):
            yield from _message("user", "", [text], when, name)


def _pasted(item: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The documents that were attached to a message, or pasted into it."""
    for attachment in item.get("attachments") or ():
        name = _words(attachment.get("file_name")) or "Pasted text"
        yield name, attachment.get("extracted_content")


def _artifacts(item: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The documents that the assistant wrote beside its message."""
    for part in item.get("content") or ():
        given = part.get("input") if part.get("type") == "tool_use" else None
        if isinstance(given, dict):
            name = _words(given.get("title")) or _words(given.get("path")) or "Document"
            text = given.get("content") or given.get("file_text") or given.get("new_str")
            yield name.rpartition("/")[2], text


# -- Telegram, Messenger, Instagram, Slack ---------------------------------------------------------


def _telegram(chat: Mapping[str, Any]) -> Iterator[Message]:
    """The messages, in the local time of the export."""
    for item in chat["messages"]:
        text = scripts.without_marks(_piece(item.get("text"))).strip()
        beside = " ".join(word for name in _BESIDE for word in _strings(item.get(name)))
        day, _, time = str(item.get("date") or "").partition("T")
        person = _words(item.get("from")) or "Somebody"
        text = "\n\n".join(filter(None, (text, _poll(item.get("poll")), beside)))
        if item.get("type") != "message":
            action = _words(item.get("action")).replace("_", " ")
            actor = _words(item.get("actor"))
            if action:
                yield Message("", f"{actor}: {action} {beside}".strip(": "), day, time[:5])
        elif text and "forwarded_from" in item:
            writer = _words(item["forwarded_from"]) or "Somebody"
            yield Message(writer, text, day, time[:5], person)
        elif text:
            yield Message(person, text, day, time[:5])
        if file := next((_words(item.get(name)) for name in _FILES if item.get(name)), ""):
            # What an export leaves out is told in brackets.
            name = item.get("file_name") or file.rpartition("/")[2].partition("(")[0].strip()
            yield Message("", f"{person}: file {name or 'not included'}", day, time[:5])


def _piece(piece: object) -> str:
    """A text, which may be a list of pieces with their looks."""
    if isinstance(piece, list):
        return "".join(map(_piece, piece))
    if isinstance(piece, dict):
        text = _piece(piece.get("text"))
        return scripts.struck(text) if piece.get("type") == "strikethrough" else text
    return piece if isinstance(piece, str) else ""


def _strings(value: object) -> Iterator[str]:
    """All texts in a value."""
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _strings(item)
    if isinstance(value, str) and value:
        yield value


#: What a message has beside its text: a song, a place, a person, a list, who came.
_BESIDE = (
    *("performer", "title", "place_name", "address", "contact_information", "todo_list"),
    *("game_title", "game_description", "members"),
)
_FILES = ("file", "photo", "media_type")


def _poll(poll: object) -> str:
    """A poll: its question, and each answer with its votes."""
    if not isinstance(poll, dict):
        return ""
    answers = [item for item in poll.get("answers") or () if isinstance(item, dict)]
    votes = ", ".join(f"{_piece(item.get('text'))} ({item.get('voters', 0)})" for item in answers)
    return f"Poll: {_piece(poll.get('question'))} {votes}"


def _mended(text: str) -> str:
    """A text whose UTF-8 was taken for Latin-1 when it was exported."""
    try:
        return text if text.isascii() else text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _messenger(chat: Mapping[str, Any]) -> Iterator[Message]:
    """The messages of Messenger or Instagram, which exports the newest first, in UTC."""
    messages = [item for item in chat["messages"] if isinstance(item, dict)]
    for item in sorted(messages, key=lambda item: item.get("timestamp_ms") or 0):
        day, time = _date_and_time((item.get("timestamp_ms") or 0) / 1000)
        person = _mended(_words(item.get("sender_name"))) or "Somebody"
        shared = item.get("share")
        link = shared if isinstance(shared, dict) else {}
        parts = (item.get("content"), link.get("share_text"), link.get("link"))
        text = "\n\n".join(_mended(part) for part in parts if isinstance(part, str)).strip()
        if text:
            yield Message(person, text, day, time)
        for kind in ("photos", "videos", "audio_files", "files", "gifs"):
            if item.get(kind):
                yield Message("", f"{person}: {kind.replace('_', ' ')}", day, time)


def _is_slack(content: object) -> bool:
    """Whether a JSON list is a day of a Slack channel."""
    return (
        isinstance(content, list)
        and bool(content)
        and all(
            isinstance(item, dict) and item.get("type") == "message" and "ts" in item
            for item in content
        )
    )


#: Slack's references: people, channels and addresses, each perhaps with the words for it.
_REFERENCE = later(r"<([@#!]?)([^<>|]{1,2000})(?:\|([^<>]{0,2000}))?>")


def _slack(chat: Mapping[str, Any]) -> Iterator[Message]:
    """The messages of a day, in UTC."""
    messages = chat["slack"]
    names: dict[str, str] = dict(chat.get("names") or {})
    for item in messages:
        profile = item.get("user_profile") or {}
        name = _words(profile.get("real_name")) or _words(profile.get("display_name"))
        names.setdefault(str(item.get("user")), name or str(item.get("user") or ""))

    def referred(match: re.Match[str]) -> str:
        sign, target, label = match[1], match[2], match[3] or ""
        if sign == "@":
            return "@" + (label or names.get(target, target))
        if sign:
            return ("#" if sign == "#" else "@") + (label or target)
        return f"{label} ({target})" if label and label not in target else target

    for item in messages:
        day, time = _date_and_time(float(item["ts"]))
        person = names.get(str(item.get("user")), "") or _words(item.get("username")) or "Somebody"
        attached = [entry for entry in item.get("attachments") or () if isinstance(entry, dict)]
        parts = [
            item.get("text"),
            *(entry.get("text") or entry.get("fallback") for entry in attached),
        ]
        words = "\n\n".join(part for part in parts if isinstance(part, str) and part)
        text = _marked(html.unescape(_REFERENCE.sub(referred, words))).strip()
        is_system = str(item.get("subtype", "")).startswith(("channel_", "group_"))
        if text:
            yield Message("" if is_system else person, text, day, time)
        for file in item.get("files") or ():
            if isinstance(file, dict) and (name := _words(file.get("name"))):
                yield Message("", f"{person}: file {name}", day, time)


#: Words that WhatsApp and Slack show struck out.
_STRUCK = later(r"(?<![\w~/])~(?=\S)([^~\n]{1,1000})(?<=\S)~(?![\w~])")


def _marked(text: str) -> str:
    """A text with its struck-out words marked."""
    return scripts.without_marks(_STRUCK.sub(lambda match: scripts.struck(match[1]), text))


def _message(
    role: str, assistant: str, parts: Sequence[object], date: object, name: str = _YOU
) -> Iterator[Message]:
    text = "\n\n".join(part for part in parts if isinstance(part, str))
    if role == "user":
        text = text.strip()
    else:
        text = "\n\n".join(block.text for block in markdown.blocks(_CITED.sub("", text)))
    if text:
        day, time = _date_and_time(date)
        # JSON may have unpaired surrogates, which no file or database accepts.
        text = text.encode("utf-8", "replace").decode()
        yield Message(name if role == "user" else assistant, text, day, time)


def _date_and_time(when: object) -> tuple[str, str]:
    """Day and time, in UTC, of seconds since the epoch or of ISO 8601; empty for anything else."""
    try:
        if isinstance(when, str):
            instant = datetime.fromisoformat(when)
        elif isinstance(when, int | float):
            instant = datetime.fromtimestamp(when, UTC)
        else:
            return "", ""
        instant = instant.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return "", ""
    return instant.date().isoformat(), instant.strftime("%H:%M")


def _words(value: object) -> str:
    return naming.one_line(value) if isinstance(value, str) else ""


# -- WhatsApp --------------------------------------------------------------------------------------

#: A left-to-right mark at the beginning of a text marks system messages.
_REMARK = "\u200e"
_EDITED = later(r"\s*\u200e<[^<>\n]{1,60}>\s*\Z")
#: A timestamp in the formats of WhatsApp's languages: "[12.03.24, 18:03:22] ", "3/12/24, 6:03 PM -
#: ", "12.3.2024 klo 18.03 - ", "12/03/2024 6:03 p. m. - ", "[2024/3/12 下午6:03:22] ".
_STAMP = later(
    r"(?P<open>\[)?(?P<first>\d{1,4})(?P<sign>[./-])\s?(?P<second>\d{1,2})(?P=sign)\s?"
    r"(?P<third>\d{1,4})\.?[,،]?\s*(?P<before>[^\W\d_]{1,6}\.?)?\s*"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.]\d\d)?\s?(?P<half>(?:[^\W\d_]\.?\s?){1,2})?"
    r"(?(open)\]\s?|\s?[-–]\s)"
)
#: A speaker, and the message; system messages quote names that contain a colon.
_MESSAGE = later(r"(?P<who>[^:“”\"«»„\n]{1,60}):(?:\s|\Z)(?P<text>.*)", re.DOTALL)
_AFTERNOON = frozenset({"pm", "م", "μμ", "下午", "晚上", "中午", "午後", "오후"})
_MORNING = frozenset({"am", "ص", "πμ", "上午", "早上", "凌晨", "午前", "오전"})
#: Orders of day, month and year, likeliest first.
_ORDERS = ((2, 1, 0), (2, 0, 1), (0, 1, 2))
_FIRST_YEAR, _LAST_YEAR = 2009, 2100


def opens(head: bytes, name: str) -> bool:
    """Whether a file that begins so is a WhatsApp chat: logs have times before names, too."""
    text = head.decode("utf-8", "replace")
    if name != "_chat.txt" and not ("whatsapp" in name or "WhatsApp" in text or _REMARK in text):
        return False
    return bool(_STAMP.match(_plain(text[:200]).lstrip()))


def _plain(text: str) -> str:
    return TURNING.sub("", text).replace("\u202f", " ").replace("\xa0", " ")


def _messages(text: str) -> Iterator[Message]:
    """Yield the messages of a chat; a line without a timestamp continues the previous one."""
    stamps: list[re.Match[str]] = []
    value: list[list[str]] = []
    for line in text.split("\n"):
        if stamp := _STAMP.match(_plain(line)):
            stamps.append(stamp)
            # The text after the timestamp, with direction marks.
            value.append([_remainder(line, stamp.end())])
        elif value:
            value[-1].append(line)
    days = _days(stamps)
    for stamp, lines, day in zip(stamps, value, days, strict=True):
        full = _EDITED.sub("", "\n".join(lines).rstrip())
        results = _MESSAGE.match(TURNING.sub("", full))
        person, words = (results["who"].strip(), results["text"]) if results else ("", "")
        first, _, remainder = words.partition("\n")
        noted = full.partition(":")[2].lstrip(" ").startswith(_REMARK)
        if not results:
            yield Message("", TURNING.sub("", full).strip(), day, _time(stamp))
        elif noted or (first.startswith("<") and first.endswith(">")):
            # A picture or a system message; text may follow.
            yield Message("", f"{person}: {first}", day, _time(stamp))
            words = remainder
        if words.strip():
            yield Message(person, _marked(words).strip(), day, _time(stamp))


def _remainder(line: str, end: int) -> str:
    """The line after its first `end` characters, not counting direction marks."""
    at = 0
    while end:
        end -= not TURNING.match(line, at)
        at += 1
    return line[at:]


def _time(stamp: re.Match[str]) -> str:
    hour = int(stamp["hour"])
    for half in (stamp["before"], stamp["half"]):
        word = re.sub(r"\W", "", half or "").casefold()
        if word in _AFTERNOON:
            hour = hour % 12 + 12
        elif word in _MORNING:
            hour %= 12
    return f"{hour:02}:{int(stamp['minute']):02}"


def _days(stamps: Sequence[re.Match[str]]) -> list[str]:
    """The days of a chat in the order of day, month and year in which time increases.

    If several do, American ones, with PM in capitals, have the month first.
    """
    if not stamps:
        return []
    american = any((stamp["half"] or "").strip() in ("AM", "PM") for stamp in stamps)
    orders = [_ORDERS[at] for at in ((1, 0, 2) if american else (0, 1, 2))]
    interval = [[_day(stamp, order) for stamp in stamps] for order in orders]
    return min(interval, key=lambda days: (days.count(""), sum(a > b for a, b in pairwise(days))))


def _day(stamp: re.Match[str], order: Sequence[int]) -> str:
    numbers = [int(stamp[name]) for name in ("first", "second", "third")]
    year, month, day = (numbers[at] for at in order)
    year += 2000 if year < 100 else 0
    try:
        return datetime(year, month, day).date().isoformat() if _likely(year) else ""
    except ValueError:
        return ""


def _likely(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR
