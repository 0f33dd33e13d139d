"""Parts of messages that are easily lost: HTML behind a stub, invitations, files without a name."""

from email.message import EmailMessage
from pathlib import Path

import pytest

import ingest
from ingest.records import Section, Source
from tests.ingest.conftest import Read

PAGE = (
    "<html><body><h1>Loom fair</h1><p>The fair moves to Hamar on 3 June and costs 40 crowns. "
    "Bring your own wool, for the stalls there sell none of it.</p></body></html>"
)
STUBS = (
    "This message needs a program that shows HTML.",
    "Having trouble? See it in your browser: https://fair.example/3",
    "Diese Nachricht ist nur in HTML lesbar.",
)
EVENT = "\r\n".join(
    ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:4@fair.example",
     "SUMMARY:Weavers meet", "DTSTART:20240603T160000Z", "DTEND:20240603T170000Z",
     "LOCATION:Mill 7", "END:VEVENT", "END:VCALENDAR", ""]
)  # fmt: skip
PDF_TEXT = "The loom costs 900 crowns."


def _letter(subject: str = "Loom fair") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Wilma Sand <w@sand.example>", "Odd Berg <o@berg.example>"
    message["Date"], message["Subject"] = "Mon, 05 Feb 2024 10:00:00 +0000", subject
    message["Message-ID"] = "<1@sand.example>"
    return message


def _save(folder: Path, message: EmailMessage) -> Path:
    path = folder / "a.eml"
    path.write_bytes(message.as_bytes())
    return path


def _pdf() -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, PDF_TEXT)
    canvas.save()
    return out.getvalue()


_TIMES = "<table><tr><td>Train</td><td>8:40</td></tr></table>"
_FOOT = "<p>Unsubscribe from this list, or write to Pier road 1, Hamar.</p>"
_SAID = "We meet on Friday at the fair of looms. Bring your own wool, for the stalls sell none."


@pytest.mark.parametrize(
    ("plain", "html", "more"),
    [
        (_SAID, f"<p>{_SAID}</p>{_TIMES}", "8:40"),
        (f"{_SAID}\nhttps://x.example/a?b=1\n", f"<p>{_SAID}</p>{_TIMES}", "8:40"),
        (f"{_SAID} Ask Nils.", f"<p>{_SAID}</p>{_TIMES}", ""),
        (_SAID, f"<p>{_SAID}</p>{_FOOT}", ""),
        (_SAID, f"<p>{_SAID}</p>", ""),
    ],
)
def test_what_only_the_html_of_a_message_says_is_read(
    plain: str, html: str, more: str, tmp_path: Path, read: Read
) -> None:
    message = _letter()
    message.set_content(plain)
    message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    text = read(_save(tmp_path, message)).text
    assert _SAID in text
    assert more in text
    assert ("8:40" in text) == (more == "8:40")
    assert "Unsubscribe" not in text


_MASON = "The mason is Piet Moor, who will send a bill."
_KEY = "The key is under the stone pot."
_FEET = (
    "<p>Unsubscribe from this list, or write to Pier road 1, Hamar.</p>"
    "<p>© 2024 Loom Fair. All rights reserved.</p>"
    "<p><a href='https://x.example'>See all looms of this spring</a></p>"
)


@pytest.mark.parametrize(
    ("plain", "html", "is_read", "left_out"),
    [
        (_SAID, f"<p>{_SAID} {_MASON}</p>", True, ""),
        (f"{_SAID}\n[image: plan]\nView this in your browser: https://x.example", None, True, ""),
        (
            f"{_SAID} Pay at the page https://x.example/2041/77 please.",
            f"<p>{_SAID} {_MASON} Pay at <a href='https://x.example/2041/77'>the page</a> please.",
            True,
            "",
        ),
        (f"{_SAID} {_KEY}", f"<p>{_SAID} {_MASON}</p>", False, _MASON),
        (f"{_SAID} {_KEY}", f"<p>{_SAID}</p>{_TIMES}", False, "Train | 8:40"),
        (
            f"{_SAID} The bill is 90 crowns. {_KEY}",
            f"<p>{_SAID} The bill is 80 crowns.",
            False,
            "80",
        ),
        (_SAID, f"<p>{_SAID}</p><p>石匠的名字是王小明。</p>", True, ""),
        (f"See the HTML. {_KEY}", f"<p>{_SAID} {_MASON}</p>", True, _KEY),
        (_SAID, f"<p>{_SAID}</p>{_FEET}", False, ""),
        (_SAID.replace(" ", "\n> "), f"<p>{_SAID}</p><ol><li>{_SAID}</li></ol>", False, ""),
    ],
)
def test_no_sentence_of_another_version_is_lost_in_silence(
    plain: str, html: str | None, is_read: bool, left_out: str, tmp_path: Path, read: Read
) -> None:
    message = _letter()
    message.set_content(plain)
    page = html or f"<p>{_SAID} {_MASON}</p>"
    message.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    message.add_alternative(f"<html amp4email>{_FEET}</html>", subtype="x-amp-html")
    book = read(_save(tmp_path, message))
    assert any(word in book.text for word in ("Moor", "王小明")) == is_read
    notices = [notice for notice in book.notices if notice.code == "other_version"]
    assert len(notices) == bool(left_out)
    for notice in notices:
        assert left_out in notice.message
        assert notice.words


@pytest.mark.parametrize("stub", STUBS)
def test_html_behind_a_stub_is_read(stub: str, tmp_path: Path, read: Read) -> None:
    message = _letter()
    message.set_content(stub)
    message.add_alternative(PAGE, subtype="html")
    assert "costs 40 crowns" in read(_save(tmp_path, message)).text


def test_a_plain_part_that_says_the_same_is_preferred(tmp_path: Path, read: Read) -> None:
    message = _letter()
    message.set_content(
        "Hello,\n\nthe fair moves to Hamar on 3 June and costs 40 crowns. Bring wool."
    )
    message.add_alternative(PAGE, subtype="html")
    assert "Hello" in read(_save(tmp_path, message)).text


def test_an_invitation_belongs_to_its_message(tmp_path: Path, read: Read) -> None:
    message = _letter("Invitation")
    message.set_content("Do come.")
    message.add_alternative("<p>Do come.</p>", subtype="html")
    message.add_alternative(EVENT, subtype="calendar", params={"method": "REQUEST"})
    text = read(_save(tmp_path, message)).text
    assert "Do come." in text
    assert "Weavers meet | When: 3 June 2024, 16:00–17:00 UTC | Where: Mill 7" in text


def test_a_message_that_is_an_invitation_is_read_as_one(tmp_path: Path, read: Read) -> None:
    message = _letter("Invitation")
    message.set_content(EVENT, subtype="calendar")
    text = read(_save(tmp_path, message)).text
    assert "Where: Mill 7" in text
    assert "BEGIN:" not in text


@pytest.mark.parametrize("shape", ["alone", "mixed", "inline"])
def test_documents_without_a_name_are_attachments(shape: str, tmp_path: Path) -> None:
    message = _letter("Scan")
    if shape == "alone":
        message.set_content(_pdf(), maintype="application", subtype="pdf")
        del message["Content-Disposition"]
    else:
        message.set_content("See below.")
        message.add_attachment(_pdf(), maintype="application", subtype="pdf")
        part = next(iter(message.iter_attachments()))
        del part["Content-Disposition"]
        if shape == "inline":
            part["Content-Disposition"] = "inline"
    records = list(ingest.read(_save(tmp_path, message)))
    texts = [record.text for record in records if isinstance(record, Section)]
    assert any(PDF_TEXT in text for text in texts)
    assert [record.kind for record in records if isinstance(record, Source)] == ["mail", "pdf"]


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "windows-1252"])
def test_utf8_of_a_message_that_is_declared_otherwise(
    declared: str, tmp_path: Path, read: Read
) -> None:
    head = "From: a@b.example\nDate: Mon, 05 Feb 2024 10:00:00 +0000\nMessage-ID: <1@b>\n"
    head += f"Subject: Looms\nMIME-Version: 1.0\nContent-Type: text/plain; charset={declared}\n"
    path = tmp_path / "a.eml"
    path.write_bytes(f"{head}Content-Transfer-Encoding: 8bit\n\nDie Mühle kostet 5 €.\n".encode())
    assert read(path).text == "Die Mühle kostet 5 €."


@pytest.mark.parametrize("form", ["html", "xml"])
def test_utf8_of_a_page_that_is_declared_otherwise(form: str, tmp_path: Path, read: Read) -> None:
    words = "Die Mühle in Gößnitz kostet 5 €."
    path = tmp_path / f"a.{form}"
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{words}</p></body></html>'
    article = f'<?xml version="1.0" encoding="ISO-8859-1"?><article><p>{words}</p></article>'
    path.write_bytes((page if form == "html" else article).encode())
    assert read(path).sentences == [words]


def test_pages_in_the_encoding_that_they_declare_stay(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.html"
    for encoding, words in (("iso-8859-1", "Die Mühle ist groß."), ("gbk", "联通公司的网站。")):
        page = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'
        path.write_bytes(page.encode(encoding))
        assert read(path).sentences == [words]


def test_messages_of_apple_mail_are_read(tmp_path: Path, read: Read) -> None:
    message = _letter("Keys")
    message.set_content("The mill opens at nine. Das Tor ist grün.")
    content = message.as_bytes()
    path = tmp_path / "7.emlx"
    plist = b'<?xml version="1.0"?><plist version="1.0"><dict><key>flags</key></dict></plist>'
    path.write_bytes(b"%d\n%s%s" % (len(content), content, plist))
    book = read(path)
    assert (book.source.kind, book.source.author, book.source.title) == (
        *("mail", "Wilma Sand"), "Keys",
    )  # fmt: skip
    assert book.text == "The mill opens at nine. Das Tor ist grün."
