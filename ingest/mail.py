"""E-mail: one message (.eml) or a mailbox of many (.mbox), each message a source.

Headers give title, author and date. The plain text alternative is preferred; HTML alone is read as
a page, and so is HTML that says more. The invitation of a calendar is part of the text. Each
section has one person's words (`quotations`): quote marks are removed, and the author
is in the heading; attribution lines and signatures are in the text but in no passage. Attachments
are documents of their own (`attachments`).
"""

import mimetypes
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from pathlib import Path

from ingest import (
    alternatives,
    attachments,
    calendars,
    mailbox,
    quotations,
    segment,
    speakers,
    tnef,
    unpacked,
)
from ingest.attachments import Attachment
from ingest.books import naming
from ingest.books.encoding import decode, decode_declared
from ingest.errors import (
    EncryptedFileError,
    NoTextError,
    TooLargeError,
    UnsupportedFileError,
)
from ingest.parts import Parts
from ingest.records import Check, Notice, Reading, ReadRequest, Report, Section, Source
from ingest.stretches import stretches

READER = "mail/6"

_MAX_SUBJECT = 300
_MAX_HEAD = 1 << 16
_DEEPEST = 12
_LONGEST_OPENING = 70
#: The length of the message before one of Apple Mail (.emlx).
_LENGTH = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_SUBJECT = re.compile(rb"^subject:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
#: What only other versions say: how the notice begins, and what to do.
_ELSEWHERE = "Left out since only another version of the message says it"
_OPEN = "Open the original to see the whole message."
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield each message as a `Source` and one `Section`, followed by its attachments.

    In a mailbox every message has its own title and all are returned: `title` and `start_section`
    apply to a single message only. Raises `NoTextError` and `EncryptedFileError`.
    """
    unpacked.sweep()
    with path.open("rb") as file:
        head = file.read(_MAX_HEAD)
    if not mailbox.is_mailbox(head):
        length = _LENGTH.match(head)
        raw = next(
            mailbox.messages(
                path,
                request.cancel,
                single=True,
                span=(length.end(), int(length[1])) if length else None,
            )
        )

        def beat() -> None:
            request.cancel()
            request.report(0, raw.length, "bytes")

        name = request.title or naming.from_file_name(path)
        yield from _message(raw, path, name, request.title, is_single=True, beat=beat)
        request.report(raw.length, raw.length, "bytes")
        return
    yield from _mailbox(path, request.report, request.cancel)


def _mailbox(path: Path, report: Report, cancel: Check) -> Iterator[Reading]:
    total = path.stat().st_size
    finished = 0
    results = False
    parts = Parts("message", cancel=cancel)

    def beat() -> None:
        parts.check()
        report(finished, total, "bytes")

    for raw in mailbox.messages(path, cancel):
        cancel()
        name = _name(raw, finished)
        records = parts.stream(name, _message(raw, path, "", None, is_single=False, beat=beat))
        for record in records:
            results = True
            yield record
        finished += raw.length
        report(finished, total, "bytes")
    if not results:
        raise NoTextError(
            "No message of this mailbox has text that can be read.",
            "Check that it is the right file, or export the messages without encryption.",
        )
    yield from parts.notices()


def _name(raw: mailbox.Raw, starts: int) -> str:
    """The name of a message that may be unparsable."""
    subject = _SUBJECT.search((raw.data or b"")[:_MAX_HEAD].partition(b"\n\n")[0])
    words = _decoded(subject[1].decode("ascii", "surrogateescape")) if subject else ""
    return words[:_MAX_SUBJECT] or f"at byte {starts:,}"


def _parsed(raw: mailbox.Raw) -> Message:
    if raw.data is None:
        raise TooLargeError(
            f"This message contains more than {mailbox.MAX_MESSAGE_BYTES // 1_000_000} MB of text.",
            "Save the text that you need from it as a file and add that.",
        )
    return mailbox.parsed(raw.data)


def _message(
    raw: mailbox.Raw, path: Path, name: str, title: str | None, *, is_single: bool, beat: Check
) -> Iterator[Reading]:
    message = _parsed(raw)
    subject = _header(message, "Subject")[:_MAX_SUBJECT]
    parts = Parts("part")
    attached: list[Attachment] = []
    letters = [item for item in _letters(message, attached, 0, parts) if item.text.strip()]
    if message.get_content_type() in _ENCRYPTED:
        raise EncryptedFileError(
            "This message is encrypted.", "Save it decrypted from your mail program and add that."
        )
    sender = _people(message, "From")
    body = "\n\n".join(item.text.strip("\n") for item in letters)
    worded = any(character.isalnum() for character in body)
    heading = title or subject or name
    heading = heading or (f"Message from {sender}" if sender or not worded else _opening(body))
    facts = {"attached_to": heading, "attached_to_id": _header(message, "Message-ID")[:500]}
    files = Parts("attachment", cancel=beat)
    documents = attachments.read(
        attached, path, files, {key: value for key, value in facts.items() if value}, files.check
    )
    if worded or subject:
        if not worded:
            letters = [_Letter(message, subject)]
        # Read completely first, so that a failure leaves no part of the message.
        yield from list(_document(message, raw, heading, letters, is_single=is_single))
    elif not documents:
        raise parts.error(
            files.error(
                NoTextError("This message contains no text.", "Check that it was saved completely.")
            )
        )
    yield from _unread(letters)
    yield from parts.notices()
    yield from files.notices()
    for document in documents:
        yield from document


def _unread(letters: Sequence["_Letter"]) -> Iterator[Notice]:
    from ingest.books import web_page

    if hidden := [words for item in letters for words in item.hidden]:
        yield web_page.unshown(hidden)
    if others := [words for item in letters for words in item.elsewhere]:
        yield web_page.left_out("other_version", _ELSEWHERE, others, hint=_OPEN)


@dataclass(frozen=True, slots=True)
class _Letter:
    """The text of a message, possibly a forwarded one, which `opening` introduces.

    `hidden` are words that no mail program shows, `elsewhere` sentences that only another version
    of it has, `links` the lines that are links.
    """

    message: Message
    text: str
    opening: str = ""
    hidden: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one speaker under a heading; `aside` below them is in no passage."""

    heading: str
    kind: str
    introduction: str
    text: str
    aside: str = ""


def _document(
    message: Message, raw: mailbox.Raw, title: str, letters: Sequence[_Letter], *, is_single: bool
) -> Iterator[Reading]:
    """The source and sections of a message."""
    words = [item for letter in letters for item in _speeches(message, letter)]
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
    language = segment.detect_language("\n\n".join(item.text for item in words))
    sections = list(_sections(words, language))
    yield Source(
        title=title,
        kind="mail",
        reader=READER,
        author=_people(message, "From"),
        language=language,
        date=_date(message),
        content_hash=None if is_single else raw.digest,
        characters=sections[-1].end if sections else 0,
        sections=len(sections),
        metadata=metadata,
    )
    yield from sections


def _speeches(message: Message, letter: _Letter) -> Iterator[_Words]:
    """What each speaker says in a letter: `message` contains it, or is the letter itself."""
    sender, day = _sender(letter.message), _date(letter.message)
    by = _sender(message)
    body, signature = _parts(letter.text)
    people = {
        address.casefold(): quotations.name_of(_decoded(name))
        for header in ("From", "To", "Cc")
        for name, address in _addresses(message, header)
        if name and address
    }
    opening = letter.opening
    for turn in quotations.turns(body, sender, day, people):
        introduction = _laid("\n".join(filter(None, (opening, *turn.introduction))))
        opening = ""
        quoted = turn.quoted or letter.message is not message
        if quoted:
            heading = speakers.heading(turn.speaker, (), turn.day, by)
        else:
            heading = speakers.heading(sender, _names(message, "To"), day)
        words, aside = _parts(turn.text) if quoted else (turn.text, "")
        kind = "quoted" if quoted else "body"
        yield _Words(heading, kind, introduction, _laid(words), aside)
    if signature:
        yield _Words(speakers.heading(sender, (), day), "back", "", "", signature)


def _sections(words: Sequence[_Words], language: str) -> Iterator[Section]:
    at = ordinal = 0
    for number, item in enumerate(words):
        parts = [part for part in (item.introduction, item.text, item.aside) if part]
        text = "\n\n".join(parts) + ("" if number == len(words) - 1 else "\n\n")
        begin = len(text) - len(text.removeprefix(item.introduction).lstrip("\n"))
        end = begin + len(item.text)
        for start, stop in stretches(text, 0, len(text), segment.BLANK_LINE):
            inner = text[start:stop]
            left, right = max(begin - start, 0), min(end - start, len(inner))
            passages = segment.passages(
                inner,
                at + start,
                language,
                chapter=item.heading,
                body=[(left, right)] if left < right else [],
            )
            yield Section(ordinal, item.heading, at + start, inner, passages, kind=item.kind)
            ordinal += 1
        at += len(text)


def _opening(body: str) -> str:
    """The first line of a message without a subject."""
    line = body.strip().partition("\n")[0]
    return textwrap.shorten(line, _LONGEST_OPENING, placeholder=" …") or "Message"


# -- headers ---------------------------------------------------------------------------------------


def _raw(message: Message, name: str) -> list[str]:
    """The raw values of a header, with bytes beyond ASCII as surrogates."""
    return [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def _header(message: Message, name: str) -> str:
    return _decoded(next(iter(_raw(message, name)), ""))


def _decoded(value: str) -> str:
    """Decode a header's words."""
    try:
        value = decode(value.encode("utf-8", "surrogateescape")).text
        words = str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError, UnsupportedFileError):
        words = value
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def _addresses(message: Message, header: str) -> list[tuple[str, str]]:
    """Names and addresses in a header; none if comments are nested too deeply."""
    try:
        return getaddresses(_raw(message, header))
    except RecursionError:
        return []


def _people(message: Message, name: str) -> str:
    """Names of people, or else their addresses."""
    results = []
    for person, address in _addresses(message, name):
        words = _decoded(person) or address
        if words:
            results.append(words)
    return ", ".join(dict.fromkeys(results))


def _sender(message: Message) -> str:
    return next(iter(_names(message, "From")), "")


def _names(message: Message, header: str) -> list[str]:
    pairs = _addresses(message, header)
    names = (quotations.name_of(_decoded(name)) or address for name, address in pairs)
    return [name for name in dict.fromkeys(names) if name]


def _date(message: Message) -> str:
    try:
        instant = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return naming.iso_date(_header(message, "Date"))
    return instant.date().isoformat()


# -- contents --------------------------------------------------------------------------------------


_AMP = "text/x-amp-html"
#: The words of a part without any.
_NOTHING: tuple[str, list[str], list[str]] = ("", [], [])
#: Outlook's container of a message and its files.
_OUTLOOK = ("application/ms-tnef", "application/vnd.ms-tnef")


def _letters(
    message: Message,
    attached: list[Attachment],
    depth: int,
    parts: Parts,
    of: Message | None = None,
    opening: str = "",
) -> Iterator[_Letter]:
    """The texts of a message, including enclosed messages; collects attachments."""
    of = of or message
    kind = message.get_content_type()
    if kind == "message/rfc822" and depth and depth < 6:
        # A forwarded message is part of the text.
        for inner in _inner(message):
            line = f"{_people(inner, 'From')}: {_header(inner, 'Subject')}".strip(": ")
            yield from _letters(inner, attached, depth + 1, parts, inner, line)
        return
    if message.is_multipart():
        inside = _inner(message)
        if kind == "multipart/alternative":
            yield from _best(inside, attached, depth, parts, of, opening)
        elif depth < _DEEPEST:
            for part in inside:
                for letter in _letters(part, attached, depth + 1, parts, of, opening):
                    opening = ""
                    yield letter
        else:
            parts.leave_out(kind, "too_deep", "It is nested too deeply.", "")
        return
    name = _decoded(message.get_filename() or "")
    if depth < _DEEPEST and (kind in _OUTLOOK or name.lower() == "winmail.dat"):
        content = message.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        if pending := parts.value(name or kind, partial(tnef.message, data)):
            yield from _letters(pending, attached, depth + 1, parts, of, opening)
        return
    is_attached = message.get_content_disposition() == "attachment"
    is_text = kind in {"text/plain", "text/html"} or (kind.startswith("text/") and not name)
    if is_text and not is_attached:
        text, hidden, links = parts.value(name or kind, partial(_words, message, kind)) or _NOTHING
        yield _Letter(of, text, opening, tuple(hidden), links=frozenset(links))
    elif name or is_attached or not kind.startswith(("text/", "message/", "multipart/")):
        # Scanners and telephones send documents without a name.
        unnamed = f"{message.get_content_maintype()}{mimetypes.guess_extension(kind) or ''}"
        attached.append(Attachment(name or unnamed, message))


def _inner(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _best(
    versions: Sequence[Message],
    attached: list[Attachment],
    depth: int,
    parts: Parts,
    of: Message,
    opening: str,
) -> Iterator[_Letter]:
    """The plain text of alternatives, or the first that has any text, and all invitations.

    If the plain text only says that there is another, or lacks part of it, the fullest is the best.
    AMP repeats the HTML as a program.
    """
    versions = [part for part in versions if part.get_content_type() != _AMP] or versions
    found: list[list[_Letter]] = []
    invitations: list[_Letter] = []
    for part in sorted(versions, key=lambda part: part.get_content_type() != "text/plain"):
        attachments: list[Attachment] = []
        letters = _letters(part, attachments, depth + 1, parts, of, opening)
        texts = [letter for letter in letters if letter.text.strip()]
        attached.extend(item for item in attachments if item not in attached)
        if part.get_content_type() == "text/calendar":
            invitations += texts
        elif texts:
            found.append(texts)
    if found:
        best, elsewhere = alternatives.choose([_version(texts) for texts in found])
        first, *others = found[best]
        yield replace(first, elsewhere=(*first.elsewhere, *elsewhere))
        yield from others
    yield from invitations


def _version(texts: Sequence[_Letter]) -> alternatives.Version:
    links = frozenset[str]().union(*(letter.links for letter in texts))
    return alternatives.Version("\n".join(letter.text for letter in texts), links)


def _words(part: Message, kind: str) -> tuple[str, list[str], list[str]]:
    """The text of a part, hidden words, and the lines that are links."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        text = decode_declared(data, part.get_content_charset() or "")
    except UnsupportedFileError:
        return _NOTHING
    text = text.replace("\x00", "")
    if kind == "text/calendar":
        return calendars.words(text), [], []
    if kind in {"text/html", "text/enriched"}:
        from ingest.books import web_page

        return web_page.letter(text)
    if str(part.get_param("format", "") or "").lower() == "flowed":
        stuffed = [line[1:] if line.startswith(" ") else line for line in text.split("\n")]
        # Where it is deleted (DelSp, RFC 3676), the space is no part of the text.
        if str(part.get_param("delsp", "") or "").lower() == "yes":
            broken, joint = r"(?<!^-- ) \n(?=[^\s>])", ""
        else:
            broken, joint = r"(?<!^-- )(?<=\S) \n(?=[^\s>])", " "
        text = re.sub(broken, joint, "\n".join(stuffed), flags=re.MULTILINE)
    return text, [], []


# -- body ------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[ \t]?>")
#: Above a signature, or the footer of a mailing list; not above headers.
_SIGNATURE = re.compile(
    r"^(?:[ \t]{0,2}--[ \t]?|_{30,}[ \t]*)\n(?![ \t]*\n*[ \t*]*\w+[*]?:)", re.MULTILINE
)
_MAX_SIGNATURE = 15


def _parts(text: str) -> tuple[str, str]:
    """The text, and the signature below; a quotation below the signature is text, too."""
    text = text.strip("\n")
    marks = list(_SIGNATURE.finditer(text))
    if not marks:
        return text, ""
    final = marks[-1]
    following = text[final.end() :]
    lines = following.split("\n")
    end = next((n for n, line in enumerate(lines) if _QUOTED.match(line)), len(lines))
    if end > _MAX_SIGNATURE:
        return text, ""
    remainder = "\n".join(lines[end:])
    body = text[: final.start()].rstrip()
    return (f"{body}\n\n{remainder}" if remainder.strip() else body), "\n".join(lines[:end]).strip()


def _laid(text: str) -> str:
    """The text with wrapped lines joined to paragraphs."""
    from ingest.books.plain import laid_out

    if not text.strip():
        return ""
    laid, breaks = laid_out(text)
    # Each line its own paragraph, or only blank lines: then the latter decide.
    return (laid if breaks is segment.BLANK_LINE else breaks.sub("\n\n", laid)).strip()
