"""E-mail: single messages and mailboxes, their headers, bodies, quotations and attachments."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest import mailbox as mailboxes
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import Read, check_laws

FERRY = "The ferry left at seven. Ines was on it."
NOTE = "Her brother Tomas found the note under the salt jar on the third day."


def letter(body: str = FERRY, subject: str = "The ferry", sender: str = "") -> EmailMessage:
    """A message."""
    message = EmailMessage()
    message["From"] = sender or "Imogen Häle <imogen@example.org>"
    message["To"] = "Tomas Reed <tomas@example.org>, ines@example.org"
    message["Subject"] = subject
    message["Date"] = "Mon, 06 May 2024 10:11:12 +0200"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(body)
    return message


def save(folder: Path, content: bytes, name: str = "wrong.txt") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_message_is_a_source(tmp_path: Path, read: Read) -> None:
    path = save(tmp_path, letter("Grüße aus Łódź.\n\n" + FERRY, "Été à la mer").as_bytes())
    found = read(path)
    source = found.source
    assert ingest.sniff(path) == "mail"
    assert (source.kind, source.title, source.author) == ("mail", "Été à la mer", "Imogen Häle")
    assert source.date == "2024-05-06"
    assert source.metadata["to"] == "Tomas Reed, ines@example.org"
    assert source.metadata["message_id"] == "<1@example.org>"
    assert found.text == f"Grüße aus Łódź.\n\n{FERRY}"
    assert read(path, title="Mine").source.title == "Mine"


def test_quotations_lose_their_marks_and_signatures_are_no_passage(
    tmp_path: Path, read: Read
) -> None:
    body = (
        "Dear Tomas,\n\nshe sold the mill to her cousin, packed two trunks of letters, and told\n"
        "nobody where she meant to go, which is all that I know of it for now.\n\n"
        "On 5 May Tomas wrote:\n"
        "> Her brother, who kept the accounts of the harbour, found the note\n"
        "> under the salt jar on the third day, and he read it twice before he put it\n"
        "> back.\n>> Was it long?\n\n-- \nImogen Häle\nThe Coast, room 12\n"
    )
    found = read(save(tmp_path, letter(body).as_bytes()))
    assert "told nobody where" in found.text
    assert "found the note under the salt jar" in found.text
    assert ">" not in found.text
    assert found.text.endswith("Imogen Häle\nThe Coast, room 12")
    assert not any("room 12" in passage.text for passage in found.passages)
    assert not any("wrote:" in passage.text for passage in found.passages)
    by_heading = {passage.locator.chapter: passage.text for passage in found.passages}
    assert list(by_heading) == [
        "Imogen Häle to Tomas Reed and ines@example.org, 6 May 2024",
        "Tomas, quoted by Imogen Häle",
        "quoted by Imogen Häle",
    ]
    assert by_heading["quoted by Imogen Häle"] == "Was it long?"


def test_the_text_is_read_where_there_is_also_html(tmp_path: Path, read: Read) -> None:
    message = letter()
    message.add_alternative(f"<html><body><p>{NOTE}</p></body></html>", subtype="html")
    assert read(save(tmp_path, message.as_bytes())).text == FERRY


def test_html_alone_is_read_as_a_page(tmp_path: Path, read: Read) -> None:
    message = EmailMessage()
    for name, value in letter().items():
        if not name.lower().startswith(("content", "mime")):
            message[name] = value
    page = f"<html><body><style>x</style><p>{FERRY}</p><div>{NOTE}</div></body></html>"
    message.set_content(page, subtype="html")
    assert read(save(tmp_path, message.as_bytes())).text == f"{FERRY}\n\n{NOTE}"


def test_nothing_of_a_letter_in_html_is_taken_for_a_menu(tmp_path: Path, read: Read) -> None:
    message = EmailMessage()
    for name, value in letter().items():
        if not name.lower().startswith(("content", "mime")):
            message[name] = value
    said = "".join(f"<p>{FERRY} {NOTE}</p>" for _ in range(5))
    page = f'Yes.<br><div class="footer">See you</div><blockquote>{said}</blockquote><div>Ann</div>'
    message.set_content(f"<html><body>{page}</body></html>", subtype="html")
    text = read(save(tmp_path, message.as_bytes())).text
    assert [word for word in ("Yes.", "See you", FERRY, "Ann") if word not in text] == []


def test_a_forwarded_message_is_read_with_the_letter(tmp_path: Path, read: Read) -> None:
    message = letter()
    message.add_attachment(letter(NOTE, "The note"))
    found = read(save(tmp_path, message.as_bytes()))
    assert FERRY in found.text
    assert "Imogen Häle: The note" in found.text
    assert NOTE in found.text


def zipped(**files: bytes) -> bytes:
    """An archive of these files, whose names end in `.eml`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.eml", content)
    return packed.getvalue()


def attach(message: EmailMessage, content: bytes, name: str) -> EmailMessage:
    """The message with a file attached to it."""
    message.add_attachment(content, maintype="application", subtype="x-any", filename=name)
    return message


def read_all(path: Path) -> tuple[list[Source], str, list[Notice]]:
    """The sources, the words of all of them, and the notices."""
    records = list(ingest.read(path))
    return (
        [each for each in records if isinstance(each, Source)],
        "\n".join(each.text for each in records if isinstance(each, Section)),
        [each for each in records if isinstance(each, Notice)],
    )


def test_what_is_attached_is_a_document_of_its_own(tmp_path: Path) -> None:
    message = attach(letter(), f"<html><body><p>{NOTE}</p></body></html>".encode(), "Łódź.html")
    attach(message, b"Salt\n====\n\nWe grow cool in June, he wrote.\n", "../../salt.md")
    sources, text, notices = read_all(save(tmp_path, message.as_bytes()))
    assert [each.kind for each in sources] == ["mail", "html", "markdown"]
    assert NOTE in text
    assert "We grow cool in June" in text
    assert not notices
    assert sources[0].content_hash is None
    assert sources[1].content_hash != sources[2].content_hash
    assert dict(sources[1].metadata)["attached_to"] == "The ferry"
    assert dict(sources[1].metadata)["attached_to_id"] == "<1@example.org>"
    assert dict(sources[2].metadata)["member"] == "salt.md"
    assert not list(tmp_path.parent.glob("salt.md"))


def test_what_cannot_be_read_of_a_message_is_named_with_the_reason(tmp_path: Path) -> None:
    message = attach(attach(letter(), b"%PDF-1.4", "Łódź.pdf"), b"\x7fELF\x00", "a.png")
    attach(message, b"", "empty.txt")
    attach(message, NOTE.encode(), "note.txt")
    sources, text, notices = read_all(save(tmp_path, message.as_bytes()))
    assert [each.kind for each in sources] == ["mail", "text"]
    assert NOTE in text
    said = " ".join(each.message for each in notices)
    assert all(f"The attachment “{name}” was left out" in said for name in ("Łódź.pdf", "a.png"))
    assert "empty.txt" in said


def test_a_message_of_nothing_but_an_attachment_is_read(tmp_path: Path) -> None:
    message = attach(letter(" ", ""), NOTE.encode(), "note.txt")
    sources, text, _ = read_all(save(tmp_path, mailbox(message)))
    assert [each.kind for each in sources] == ["text"]
    assert text == NOTE


def test_messages_and_archives_in_each_other_are_opened_two_deep(tmp_path: Path) -> None:
    deepest = attach(letter("The mill stands.", "Three"), b"Nobody reads this.", "four.txt")
    two = zipped(two=attach(letter(NOTE, "Two"), deepest.as_bytes(), "three.eml").as_bytes())
    path = save(tmp_path, attach(letter(FERRY, "One"), two, "two.zip").as_bytes())
    sources, _, notices = read_all(path)
    assert [each.title for each in sources] == ["One", "Two"]
    assert "three.eml" in " ".join(each.message for each in notices)


def test_what_is_too_heavy_in_a_mailbox_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "MAX_ATTACHMENT_BYTES", 2000)
    message = attach(attach(letter(), NOTE.encode() * 50, "heavy.txt"), NOTE.encode(), "light.txt")
    sources, text, notices = read_all(save(tmp_path, mailbox(message, letter(NOTE, "Two"))))
    assert [each.title for each in sources] == ["The ferry", "Light", "Two"]
    assert text.count(NOTE) == 2
    assert "heavy.txt" in notices[0].message


@pytest.mark.parametrize(
    ("raw", "author", "date", "words"),
    [
        (b"From: =?utf-8?q?Im=C3=A9?= <a@x>\nDate: nonsense\nTo: b\n\nSalt.", "Imé", "", "Salt."),
        (
            b"From: =?no-such?q?Im?= <a@x>\nDate: 2024-05-06\nTo: b\n\nSalt.",
            "",
            "2024-05-06",
            "Salt.",
        ),
        (b"From: Im\xc3\xa9 <a@x>\r\nDate: x\r\nTo: b\r\n\r\nSalt.\r\n", "Imé", "", "Salt."),
        (
            b"From: a@x\nTo: b\nDate: x\nContent-Type: text/plain; charset=nope\n\n"
            b"caf\xe9 ferm\xe9",
            "a@x",
            "",
            "café fermé",
        ),
        (
            b"From: a@x\nTo: b\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
            b"The ferry \nleft at \nseven.\n",
            "a@x",
            "",
            "The ferry left at seven.",
        ),
        (
            b"From: a@x\nTo: b\nMIME-Version: 1.0\n"
            b"Content-Type: text/plain; format=flowed; delsp=yes\n\n"
            b"The fer \nry left  \nat seven.\n",
            "a@x",
            "",
            "The ferry left at seven.",
        ),
        (
            b"From: a@x\nTo: b\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nU2FsdC4=\n",
            "a@x",
            "",
            "Salt.",
        ),
    ],
)
def test_sloppy_messages_are_read(
    raw: bytes, author: str, date: str, words: str, tmp_path: Path, read: Read
) -> None:
    found = read(save(tmp_path, raw))
    assert (found.source.kind, found.source.date, found.text) == ("mail", date, words)
    assert author in found.source.author


def mailbox(*messages: EmailMessage) -> bytes:
    """A mailbox, as programs write it."""
    out = b""
    for message in messages:
        raw = message.as_bytes().replace(b"\nFrom ", b"\n>From ")
        out += b"From imogen@example.org Mon May  6 10:11:12 2024\n" + raw.rstrip(b"\n") + b"\n\n"
    return out


def test_each_message_of_a_mailbox_is_a_source(tmp_path: Path) -> None:
    first = letter(f"{FERRY}\nFrom then on nobody saw her.\n", "One")
    path = save(tmp_path, mailbox(first, letter(NOTE, "Two"), letter(NOTE, "")))
    assert ingest.sniff(path) == "mailbox"
    seen: list[tuple[int, int, str]] = []
    records = list(
        ingest.read(path, ingest.ReadRequest(report=lambda *progress: seen.append(progress)))
    )
    sources = [r for r in records if isinstance(r, Source)]
    sections = [r for r in records if isinstance(r, Section)]
    assert [s.title for s in sources] == ["One", "Two", "Message from Imogen Häle"]
    assert len({s.content_hash for s in sources}) == 3
    assert [s.ordinal for s in sections] == [0, 0, 0]
    assert "From then on nobody saw her." in sections[0].text
    assert ">From" not in sections[0].text
    assert seen[-1][0] == seen[-1][1] == path.stat().st_size


def test_from_inside_a_message_does_not_part_it(tmp_path: Path) -> None:
    raw = mailbox(letter("One.\n\nHERE A LINE BEGINS at noon.\n\nTwo."))
    raw = raw.replace(b"HERE A LINE BEGINS", b"From here to there")
    sources = [r for r in ingest.read(save(tmp_path, raw)) if isinstance(r, Source)]
    assert len(sources) == 1


STAMP = b"From imogen@example.org Mon May  6 10:11:12 2024\n"


def titles(path: Path) -> list[str]:
    """The titles of what is read from a file."""
    return [record.title for record in ingest.read(path) if isinstance(record, Source)]


def test_messages_without_headers_are_apart(tmp_path: Path) -> None:
    raw = STAMP + b"\nThe ferry left.\nInes was on it.\n\n" + STAMP + b"\nThe mill stands.\n"
    path = save(tmp_path, raw, "a.mbox")
    assert ingest.sniff(path) == "mailbox"
    assert titles(path) == ["The ferry left.", "The mill stands."]


def test_messages_without_an_empty_line_between_them_are_apart(tmp_path: Path) -> None:
    one, two = (letter(FERRY, subject).as_bytes().rstrip() + b"\n" for subject in ("One", "Two"))
    quoted = b"I found this line in an old file:\n" + STAMP + b"It says little.\n"
    path = save(tmp_path, STAMP + one + STAMP + two + quoted)
    assert titles(path) == ["One", "Two"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b"From imogen@example.org\n"),
        (b"", b">From imogen@example.org Mon May  6 10:11:12 2024\n"),
        (b"\nSubject:", b",\n\t\n\tcc@example.org\nSubject:"),
        (b"\nSubject:", b"\nReferences: <a@b>, <invalid.  \nthing@b>\nSubject:"),
        (b"\nSubject:", b"\nnonsense without a name\nSubject:"),
    ],
)
def test_a_message_with_broken_headers_keeps_its_subject(
    old: bytes, new: bytes, tmp_path: Path, read: Read
) -> None:
    raw = letter().as_bytes().replace(old, new, 1)
    found = read(save(tmp_path, raw, "a.eml"))
    source = found.source
    assert (source.kind, source.title, source.author) == ("mail", "The ferry", "Imogen Häle")
    assert source.date == "2024-05-06"
    assert found.text == FERRY


@pytest.mark.parametrize("header", ["From", "To", "Cc"])
@pytest.mark.parametrize("sign", ["(", ":", "(a) "])
def test_people_beyond_reading_cost_no_words(
    header: str, sign: str, tmp_path: Path, read: Read
) -> None:
    sender = "" if header == "From" else "From: Ida <ida@example.org>\n"
    head = f"{sender}{header}: {sign * 3000}\nSubject: Ferry\nMIME-Version: 1.0\n"
    found = read(save(tmp_path, f"{head}\n{FERRY}\n".encode()))
    assert FERRY in found.text
    assert found.source.title == "Ferry"


def test_a_message_without_an_empty_line_below_its_headers_is_read(
    tmp_path: Path, read: Read
) -> None:
    raw = b"From: a@x.org\nTo: b@x.org\nSubject: Salt\nDate: Mon, 06 May 2024 10:11:12 +0200\n"
    found = read(save(tmp_path, raw + FERRY.encode() + b"\n\n" + NOTE.encode(), "a.eml"))
    assert (found.source.title, found.text) == ("Salt", f"{FERRY}\n\n{NOTE}")


def test_messages_without_text_are_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    empty = letter(" ", "")
    records = list(ingest.read(save(tmp_path, mailbox(letter(), empty, letter(NOTE, "Two")))))
    assert [r.title for r in records if isinstance(r, Source)] == ["The ferry", "Two"]
    assert [r.code for r in records if isinstance(r, Notice)] == ["message_no_text"]


def test_encrypted_and_empty_messages_are_refused(tmp_path: Path) -> None:
    head = b"From: a@x\nTo: b\nMIME-Version: 1.0\nSubject: s\nContent-Type: "
    locked = head + b'multipart/encrypted; boundary="q"\n\n--q\n\nVersion: 1\n--q--\n'
    with pytest.raises(ingest.EncryptedFileError):
        list(ingest.read(save(tmp_path, locked)))
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(save(tmp_path, b"From: a@x\nTo: b\nDate: x\n\n \n")))


def test_a_letter_in_a_novel_is_no_mail(tmp_path: Path) -> None:
    text = f"From: Ines\nTo: Tomas\n\n{FERRY}\n"
    assert ingest.sniff(save(tmp_path, text.encode())) == "text"
    assert ingest.sniff(save(tmp_path, b"From here the road goes on.\nIt is long.\n")) == "text"


PIECES = st.sampled_from(
    [
        *(b"\n", b"\n\n", b"Subject: x", b"Content-Type: multipart/mixed; boundary=q\n", b"--q\n"),
        *(
            b"--q--\n",
            b"Content-Type: text/html\n",
            b"Content-Transfer-Encoding: base64\n",
            b"U2Fs",
        ),
        *(b"=?utf-8?b?////?=", b"<p>", b"> quoted.\n", b"-- \n", b"Salt. ", b"\xff\xfe", b"\x00"),
        *(b"Content-Disposition: attachment; filename*=x''%\n", b"Content-Type: message/rfc822\n"),
        *(b"Content-Type: text/plain; charset=utf-16\n", b"From x Mon May 6 10:11:12 2024\n"),
    ]
)


@pytest.mark.slow
@given(pieces=st.lists(PIECES, max_size=40), many=st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_message_keeps_the_law_or_is_refused(
    pieces: list[bytes], many: bool, tmp_path: Path
) -> None:
    opening = b"From x Mon May  6 10:11:12 2024\n" if many else b""
    raw = opening + b"From: a@x\nTo: b\nDate: x\n" + b"".join(pieces)
    try:
        records = list(ingest.read(save(tmp_path, raw)))
    except ingest.IngestError:
        # Any other error would fail the test.
        return
    letters: list[list[Section]] = []
    for record in records:
        if isinstance(record, Source):
            letters.append([])
        elif isinstance(record, Section):
            letters[-1].append(record)
    for sections in letters:
        check_laws(sections, "".join(section.text for section in sections))
