"""E-mail: one message (.eml) or a mailbox of many (.mbox), each message a source.

Headers give title, author and date. Of a message that comes as text and as HTML the text is read;
one that has only HTML is read as a page. Quoted lines lose their marks and stay, the signature
stays in the text and is in no passage. Attachments are named and not opened.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from ingest import mailbox, segment
from ingest.books import naming
from ingest.books.encoding import decode
from ingest.errors import EncryptedFileError, NoTextError, TooLargeError, UnsupportedFileError
from ingest.json_lines import in_sections
from ingest.records import Notice, Reading, Source

READER = "mail/1"

Report = Callable[[int, int, str], None]
Check = Callable[[], None]

_MOST_SUBJECT = 300
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)


def read(
    path: Path, *, title: str | None = None, start_section: int = 0, report: Report, cancel: Check
) -> Iterator[Reading]:
    """Each message as a `Source` and one `Section`, and a `Notice` of what is attached to it.

    In a mailbox every message has its own title and all of them come: `title` and `start_section`
    count for a single message only. Raises `NoTextError` and `EncryptedFileError`.
    """
    with path.open("rb") as file:
        many = file.read(5) == b"From "
    if not many:
        raw = next(mailbox.messages(path, cancel, alone=True))
        if raw.data is None:
            raise TooLargeError(
                f"This message holds more than {mailbox.MOST_MESSAGE // 1_000_000} MB of text.",
                "Save the text that you need from it as a file and add that.",
            )
        yield from _message(raw, title or naming.from_file_name(path), title, alone=True)
        report(raw.length, raw.length, "bytes")
        return
    yield from _mailbox(path, report, cancel)


def _mailbox(path: Path, report: Report, cancel: Check) -> Iterator[Reading]:
    total = path.stat().st_size
    done = 0
    found = False
    for raw in mailbox.messages(path, cancel):
        cancel()
        if raw.data is None:
            yield Notice(
                "message_too_large",
                f"The message that begins at byte {done:,} holds more than "
                f"{mailbox.MOST_MESSAGE // 1_000_000} MB of text and was left out.",
                "Save it from your mail program and add what you need of it.",
            )
        else:
            for record in _message(raw, "", None, alone=False):
                found = found or isinstance(record, Source)
                yield record
        done += raw.length
        report(done, total, "bytes")
    if not found:
        raise NoTextError(
            "No message of this mailbox has text that can be read.",
            "Check that it is the right file, or export the messages without encryption.",
        )


def _message(raw: mailbox.Raw, name: str, title: str | None, *, alone: bool) -> Iterator[Reading]:
    message = message_from_bytes(raw.data or b"")
    subject = _header(message, "Subject")[:_MOST_SUBJECT]
    what = f"“{subject}”" if subject else "A message without a subject"
    text, attached = _contents(message)
    if not any(character.isalnum() for character in text) and not subject:
        if alone:
            raise _unread(message)
        yield Notice("message_without_text", f"{what} has no text and was left out.")
        return
    if message.get_content_type() in _ENCRYPTED:
        if alone:
            raise _unread(message)
        yield Notice("message_encrypted", f"{what} is encrypted and was left out.")
        return
    body, signature = _parts(text)
    if not any(character.isalnum() for character in body):
        body = subject
    laid = _laid(body)
    sender = _people(message, "From")
    metadata = {
        key: value[:500]
        for key, value in (
            ("to", _people(message, "To")),
            ("cc", _people(message, "Cc")),
            ("message_id", _header(message, "Message-ID")),
            ("reply_to", _header(message, "In-Reply-To")),
        )
        if value
    }
    language = segment.detect_language(laid)
    whole = laid if not signature else f"{laid}\n\n{signature}"
    yield Source(
        title=title or subject or name or (f"Message from {sender}" if sender else "Message"),
        kind="mail",
        reader=READER,
        author=sender,
        language=language,
        date=_date(message),
        content_hash=None if alone else raw.digest,
        characters=len(whole),
        sections=1,
        metadata=metadata,
    )
    yield from in_sections(whole, language, len(laid))
    if attached:
        names = ", ".join(f"“{each}”" for each in attached[:20])
        more = f" and {len(attached) - 20} more" if len(attached) > 20 else ""
        yield Notice(
            code="attachments",
            message=f"Attached to this message and not read: {names}{more}.",
            hint="Save what you need from it and add that.",
        )


def _unread(message: Message) -> EncryptedFileError | NoTextError | UnsupportedFileError:
    if message.get_content_type() in _ENCRYPTED:
        return EncryptedFileError(
            "This message is encrypted.", "Save it decrypted from your mail program and add that."
        )
    return NoTextError(
        "This message holds no text.", "Save what is attached to it and add that instead."
    )


# -- headers ---------------------------------------------------------------------------------------


def _raw(message: Message, name: str) -> list[str]:
    """The values of a header as they came: bytes beyond ASCII are surrogates."""
    return [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def _header(message: Message, name: str) -> str:
    return _decoded(next(iter(_raw(message, name)), ""))


def _decoded(value: str) -> str:
    """A header's words, whatever they were encoded in."""
    try:
        value = decode(value.encode("utf-8", "surrogateescape")).text
        words = str(make_header(decode_header(value)))
    except (LookupError, ValueError, UnsupportedFileError):
        words = value
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def _people(message: Message, name: str) -> str:
    """Names of people, where there is none their addresses."""
    found = []
    for person, address in getaddresses(_raw(message, name)):
        words = _decoded(person) or address
        if words:
            found.append(words)
    return ", ".join(dict.fromkeys(found))


def _date(message: Message) -> str:
    try:
        when = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return naming.iso_date(_header(message, "Date"))
    return when.date().isoformat()


# -- contents --------------------------------------------------------------------------------------


def _contents(message: Message) -> tuple[str, list[str]]:
    """The text of a message, and the names of what is attached to it."""
    attached: list[str] = []
    texts = list(_texts(message, attached, 0))
    return "\n\n".join(text.strip("\n") for text in texts if text.strip()), attached


def _texts(message: Message, attached: list[str], depth: int) -> Iterator[str]:
    kind = message.get_content_type()
    if kind == "message/rfc822" and depth and depth < 6:
        # A message forwarded whole is part of what was said.
        for inner in _inner(message):
            line = f"{_people(inner, 'From')}: {_header(inner, 'Subject')}".strip(": ")
            yield f"{line}\n"
            yield from _texts(inner, attached, depth + 1)
        return
    if message.is_multipart():
        parts = _inner(message)
        if kind == "multipart/alternative":
            yield from _best(parts, attached, depth)
        elif depth < 12:
            for part in parts:
                yield from _texts(part, attached, depth + 1)
        return
    name = _decoded(message.get_filename() or "")
    if message.get_content_disposition() == "attachment" or kind.split("/")[0] != "text":
        if name or message.get_content_disposition() == "attachment":
            attached.append(name or kind)
        return
    if name and kind not in {"text/plain", "text/html"}:
        attached.append(name)
        return
    yield _words(message, kind)


def _inner(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _best(parts: Sequence[Message], attached: list[str], depth: int) -> Iterator[str]:
    """Of versions of the same thing the plain text, or the first that has any."""
    versions = sorted(parts, key=lambda part: part.get_content_type() != "text/plain")
    chosen = False
    for part in versions:
        aside: list[str] = []
        texts = [text for text in _texts(part, aside, depth + 1) if text.strip()]
        attached.extend(each for each in aside if each not in attached)
        if texts and not chosen:
            chosen = True
            yield from texts


def _words(part: Message, kind: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or ""
    try:
        text = data.decode(
            "cp1252" if charset in {"iso-8859-1", "us-ascii"} else charset or "utf-8"
        )
    except (LookupError, UnicodeDecodeError, ValueError):
        try:
            text = decode(data).text
        except UnsupportedFileError:
            return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if kind == "text/html":
        from ingest.books import web_page

        return "\n\n".join(block.text for block in web_page.parsed(text).blocks if block.text)
    if str(part.get_param("format", "") or "").lower() == "flowed":
        stuffed = [line[1:] if line.startswith(" ") else line for line in text.split("\n")]
        text = re.sub(r"(?<!^-- )(?<=\S) \n(?=[^\s>])", " ", "\n".join(stuffed), flags=re.MULTILINE)
    return text


# -- body ------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"^(?:[ \t]?>)+[ \t]?", re.MULTILINE)
_SIGNATURE = re.compile(r"^--[ \t]?\n", re.MULTILINE)
_FOOTER = re.compile(r"^_{20,}\n.*mailing list", re.MULTILINE | re.IGNORECASE)
_MOST_SIGNATURE = 15


def _parts(text: str) -> tuple[str, str]:
    """What is said, and the signature under it; a quotation below the signature is said, too."""
    text = text.strip("\n")
    marks = list(_SIGNATURE.finditer(text))
    if not marks:
        return text, ""
    last = marks[-1]
    below = text[last.end() :]
    lines = below.split("\n")
    end = next((n for n, line in enumerate(lines) if _QUOTED.match(line)), len(lines))
    if end > _MOST_SIGNATURE:
        return text, ""
    rest = "\n".join(lines[end:])
    body = text[: last.start()].rstrip()
    return (f"{body}\n\n{rest}" if rest.strip() else body), "\n".join(lines[:end]).strip()


def _laid(text: str) -> str:
    """Without the marks of quotations, lines that were wrapped joined to paragraphs."""
    from ingest.books.plain import laid_out

    runs: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        quoted = bool(_QUOTED.match(line))
        if not runs or runs[-1][0] != quoted:
            runs.append((quoted, []))
        runs[-1][1].append(_QUOTED.sub("", line).rstrip())
    parts = []
    for _, lines in runs:
        run = "\n".join(lines).strip("\n")
        if run.strip():
            laid, breaks = laid_out(run)
            # Every line its own paragraph, or only blank lines: in the end the latter counts.
            parts.append(laid if breaks is segment.BLANK_LINE else breaks.sub("\n\n", laid))
    return "\n\n".join(part.strip() for part in parts)
