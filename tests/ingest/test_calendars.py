"""Calendars and address books: each entry is a row under its name."""

from pathlib import Path

import pytest

import ingest
from tests.ingest.conftest import Read

_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Harbour
BEGIN:VTIMEZONE
TZID:Europe/Vienna
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Europe/Vienna:20200305T140000
DTEND;TZID=Europe/Vienna:20200305T153000
SUMMARY:Interview with the master
LOCATION:Harbour Office\\, Skerry
DESCRIPTION:Ask about the crane.\\nBring the recorder and the long
  microphone.
ORGANIZER;CN="Lee, Ann";ROLE=CHAIR:mailto:ann@example.org
ATTENDEE:mailto:bo@example.org
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200401
DTEND;VALUE=DATE:20200404
SUMMARY:Fair
RRULE:FREQ=YEARLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
DTSTART:20200501T220000Z
DTEND:20200502T010000Z
SUMMARY:Night watch
END:VEVENT
BEGIN:VEVENT
DTSTART:20209999
SUMMARY:Some day
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_events_say_when_and_where(end: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "export.ics"
    path.write_bytes(_CALENDAR.replace("\n", end).encode())
    assert ingest.sniff(path) == "calendar"
    book = read(path)
    assert book.source.title == "Harbour"
    assert book.titles == ["Interview with the master", "Fair", "Night watch", "Some day"]
    assert book.sentences == [
        "Interview with the master | When: 5 March 2020, 14:00–15:30 Europe/Vienna | "
        "Where: Harbour Office, Skerry | With: Lee, Ann, bo@example.org",
        "Ask about the crane.",
        "Bring the recorder and the long microphone.",
        "Fair | When: 1 April 2020 – 3 April 2020 | Repeats: yearly, 3 times",
        "Night watch | When: 1 May 2020, 22:00 – 2 May 2020, 01:00 UTC",
        "Some day",
    ]


def test_people_of_an_address_book(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "people"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nN:Lee;Ann;;;\nFN:Ann Lee\nORG:Harbour Office;Skerry\n"
        "TITLE:Harbour master\nitem1.TEL;TYPE=CELL:+43 555 0101\nBDAY:1970-03-05\n"
        "ADR;TYPE=HOME:;;Quay 3;Skerry;;1010;Ireland\nNOTE:Calls after four.\n"
        "PHOTO;ENCODING=b:AAAA\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\n"
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen\nTEL:+43 555 0202\nEND:VCARD\n",
        encoding="utf-8",
    )
    assert read(path).sentences == [
        "Ann Lee | Address: Quay 3, Skerry, 1010, Ireland (home) | "
        "Organisation: Harbour Office, Skerry | "
        "Position: Harbour master | Phone: +43 555 0101 (mobile) | Born: 5 March 1970",
        "Calls after four.",
        "Jürgen | Phone: +43 555 0202",
    ]


def test_long_and_cut_off_entries_keep_their_words(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "people.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Tove\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE:Calls after four.=0D=0A=\nNever on =\nSundays.\n"
        "EMAIL:tove@example.org\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\n"
        "FN:Ann Lee\nTEL:+43 555 0101\n",
        encoding="utf-8",
    )
    assert read(path).sentences == [
        "Müller, Tove | E-mail: tove@example.org",
        "Calls after four.",
        "Never on Sundays.",
        "Ann Lee | Phone: +43 555 0101",
    ]


def test_what_is_written_about_an_event_comes_in_one_order(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.ics"
    kinds = ("NOTE", "COMMENT", "DESCRIPTION")
    said = "".join(f"{kind}:Its {kind.lower()} is short.\n" for kind in kinds)
    path.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Fair\n{said}END:VEVENT\n")
    found = [f"Its {kind.lower()} is short." for kind in reversed(kinds)]
    assert read(path).sentences == ["Fair", *found]


def test_a_calendar_without_entries_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", encoding="utf-8")
    with pytest.raises(ingest.NoTextError):
        list(ingest.read(path))


def _event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", "SUMMARY:Drill", *lines, "END:VEVENT", ""))


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (("DTSTART;TZID=Asia/Tokyo:20270104T090000",), "4 January 2027, 09:00 Asia/Tokyo"),
        (
            ("DTSTART;TZID=America/New_York:20270104T2330", "DURATION:PT1H30M"),
            "4 January 2027, 23:30 – 5 January 2027, 01:00 America/New York",
        ),
        (
            (
                "DTSTART;TZID=/x.org/1/Europe/Oslo:20270104T0900",
                "DTEND;TZID=Asia/Tokyo:20270105T0700",
            ),
            "4 January 2027, 09:00 Europe/Oslo – 5 January 2027, 07:00 Asia/Tokyo",
        ),
        (
            ('DTSTART;TZID="W. Europe Standard Time":20270104T090000',),
            "4 January 2027, 09:00 W. Europe Standard Time",
        ),
        (("DTSTART:20270104T090000", "DURATION:PT45M"), "4 January 2027, 09:00–09:45"),
        (("DTSTART;VALUE=DATE:20270104", "DURATION:P2D"), "4 January 2027 – 5 January 2027"),
        (("DTSTART;VALUE=DATE:20270104", "DTEND:20270105T000000Z"), "4 January 2027"),
        (("DTSTART:99991231T230000", "DURATION:P9000W"), "31 December 9999, 23:00"),
    ],
)
def test_times_have_their_zone(
    lines: tuple[str, ...], when: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "a.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{_event(*lines)}END:VCALENDAR\n", encoding="utf-8")
    assert read(path).sentences == [f"Drill | When: {when}"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY;COUNT=5", "daily, 5 times"),
        (
            "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270601",
            "weekly on Monday and Thursday, until 1 June 2027",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "every 2 weeks"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "monthly on last Friday"),
        ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=2", "monthly on second Wednesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-2", "monthly on day 15 and the second to last day"),
        ("FREQ=YEARLY;BYMONTH=3,13;BYDAY=4SU", "yearly on 4th Sunday in March"),
        ("FREQ=WEEKLY;UNTIL=20270602T013000Z", "weekly, until 1 June 2027"),
        (
            "FREQ=WEEKLY;UNTIL=99991231T235959Z;BYDAY=XX,?",
            "weekly on XX and ?, until 31 December 9999",
        ),
    ],
)
def test_rules_of_repetition_keep_their_days_and_their_end(
    rule: str, said: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "a.ics"
    event = _event("DTSTART;TZID=America/Lima:20270104T200000", f"RRULE:{rule}")
    path.write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    when = "4 January 2027, 20:00 America/Lima"
    assert read(path).sentences == [f"Drill | When: {when} | Repeats: {said}"]


def test_dates_that_a_series_leaves_out_or_moves(tmp_path: Path, read: Read) -> None:
    zone = "TZID=America/Lima"
    series = _event(
        "UID:7",
        f"DTSTART;{zone}:20270104T200000",
        "RRULE:FREQ=WEEKLY",
        f"EXDATE;{zone}:20270111T200000,20270118T200000",
        "EXDATE:20270126T010000Z",
        "RDATE;VALUE=DATE:20270107",
    )
    moved = _event("UID:7", "RECURRENCE-ID:20270202T010000Z", f"DTSTART;{zone}:20270203T180000")
    off = _event("UID:7", f"RECURRENCE-ID;{zone}:20270208T200000", "STATUS:CANCELLED")
    other = _event("UID:8", "DTSTART:20270104")
    path = tmp_path / "a.ics"
    path.write_text(
        f"BEGIN:VCALENDAR\n{moved}{series}{off}{other}END:VCALENDAR\n", encoding="utf-8"
    )
    assert read(path).sentences == [
        "Drill | When: 3 February 2027, 18:00 America/Lima | Instead of: 1 February 2027",
        "Drill | When: 4 January 2027, 20:00 America/Lima | Repeats: weekly | "
        "Also on: 7 January 2027 | Except: 11 January 2027, 18 January 2027, 25 January 2027, "
        "1 February 2027 (then 3 February 2027, 18:00 America/Lima), 8 February 2027",
        "Drill | Instead of: 8 February 2027 | Status: CANCELLED",
        "Drill | When: 4 January 2027",
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "Born: 29 February"),
        ("BDAY:--0617", "Born: 17 June"),
        ("BDAY:--06-17", "Born: 17 June"), ("BDAY:19710617", "Born: 17 June 1971"),
        ("ANNIVERSARY:20010603", "Anniversary: 3 June 2001"),
        ("TEL;CELL:555 01\nTEL;HOME;FAX:555 02", "Phone: 555 01 (mobile), 555 02 (home fax)"),
        ("TEL;TYPE=CELL,VOICE,pref:555 01", "Phone: 555 01 (mobile)"),
        ('TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:555-01', "Phone: 555-01 (work)"),
        ("item1.TEL:555 01\nitem1.X-ABLabel:_$!<Boathouse>!$_", "Phone: 555 01 (boathouse)"),
        ("item2.X-ABRELATEDNAMES:Odd Berg\nitem2.X-ABLabel:_$!<Spouse>!$_",
         "Related: Odd Berg (spouse)"),
        ("RELATED;TYPE=sibling;VALUE=text:Kari Lie", "Related: Kari Lie (sibling)"),
        ("RELATED;TYPE=friend:urn:uuid:77\nNICKNAME:Willa", "Nickname: Willa"),
    ],
)  # fmt: skip
def test_days_numbers_and_relations_of_people(
    lines: str, text: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "a.vcf"
    path.write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:Wilma Sand\n{lines}\nEND:VCARD\n")
    assert read(path).sentences == [f"Wilma Sand | {text}"]


def test_answers_to_an_invitation_are_said(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Weavers meet\nATTENDEE;CN=Odd Berg;"
        "PARTSTAT=DECLINED:mailto:o@berg.example\nATTENDEE;CN=Kari;PARTSTAT=NEEDS-ACTION:mailto:k@x\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    assert read(path).sentences == ["Weavers meet | With: Odd Berg (declined), Kari"]
