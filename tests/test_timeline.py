"""Dated statements in the order of time: which dates are read, filtered, listed and exported."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.library.options import TimelineOptions
from workbench.recall.answered.timelines import exported_timeline
from workbench.recall.records import Chronology
from workbench.recall.timeline import DatedSpan, DateReader, iso

_LETTER = (
    "York, 3 June 1885. Last week the weir broke. It was built in 1811, and Jane Orme tarred it"
    " on 5 March 1870. She wrote yesterday."
)
_REPORT = "The weir of York broke in May 1885. It was 1800 feet long. Miss Orme left in 49 BC."


def _read(*sentences: str, language: str = "en", written: str = "") -> list[list[str]]:
    reader = DateReader(language, written, " ".join(sentences))
    return [
        [f"{iso(s.first)}/{iso(s.last)} {s.doubt}".strip() for s in reader.read(text)]
        for text in sentences
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "dates"),
    [
        ("de", "Am 3. Mai 1945 war alles zu Ende.", ["1945-05-03/1945-05-03"]),
        ("de", "Vom 3. bis 5. Mai 1945 regnete es.", ["1945-05-03/1945-05-05"]),
        ("fr", "Le 3 mai 1871 il partit.", ["1871-05-03/1871-05-03"]),
        ("fr", "Le 1er août 1914 elle éclata.", ["1914-08-01/1914-08-01"]),
        ("fr", "Du 3 au 5 juin 1832 on tira.", ["1832-06-03/1832-06-05"]),
        ("es", "El 2 de mayo de 1808 se levantó.", ["1808-05-02/1808-05-02"]),
    ],
)
def test_days_of_other_languages_are_read(language: str, sentence: str, dates: list[str]) -> None:
    assert _read(sentence, language=language) == [dates]


def test_an_entry_of_a_diary_carries_what_it_says(tmp_path: Path) -> None:
    headed = "# Diary of 1885\n\n## May 3\n\nWe caught two cod. The wind rose.\n"
    with Library.open(tmp_path / "x.brain") as library:
        for name, words in (("headed.md", headed), ("plain.txt", "3 June 1886.\n\nIt rained.\n")):
            (tmp_path / name).write_text(words, encoding="utf-8")
            library.add(tmp_path / name)
        statements = library.timeline.list().statements
    assert [(item.date, item.doubt, item.sentence.text) for item in statements] == [
        ("1885-05-03", "year", "We caught two cod."),
        ("1886-06-03", "", "3 June 1886. It rained."),
    ]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("It opened on 5 June 1885.", ["1885-06-05/1885-06-05"]),
        ("It was shut from 1914 to 1918.", ["1914/1918"]),
        ("On Christmas Day 1890 Ada was born.", ["1890-12-25/1890-12-25"]),
        ("It was rebuilt in the years 1861–64.", ["1861/1864"]),
        ("Between 3 and 5 May 1850 it rained.", ["1850-05-03/1850-05-05"]),
        ("MARCH 7th, 1835.--We stayed.", ["1835-03-07/1835-03-07"]),
        ("The 1870s and the 14th century", ["1870/1879", "1300/1399"]),
        ("It fell in 146 BC.", ["-0145/-0145"]),
        ("About 1830 it leaned.", ["1830/1830 about"]),
        ("It is due on 03/04/2021.", ["2021-04-03/2021-04-03 order"]),
        ("It is due on 2021-04-03.", ["2021-04-03/2021-04-03"]),
        ("It was held on 2 September 1752 (O.S.).", ["1752-09-02/1752-09-02 style"]),
        ("It was signed on the third day of September 1783.", ["1783-09-03/1783-09-03"]),
        ("They sailed on the twenty-first of June, 1850.", ["1850-06-21/1850-06-21"]),
        # Amounts, works that are cited, and days that there are not.
        ("It weighs from 1200 to 1500 pounds.", []),
        ("Others found the opposite (Harker, 2009; Lind & Roe, 2012).", []),
        ("It happened on 30 February 1811.", []),
        # Nothing says of which year they are, nor from when they are counted.
        ("They met on 3 May.", []),
        ("They met last week.", []),
    ],
)
def test_dates_are_read_and_nothing_else(sentence: str, dates: list[str]) -> None:
    assert _read(sentence) == [dates]


def test_relative_dates_are_counted_from_the_head_of_the_letter() -> None:
    head, week, month = _read(
        "Bristol, 12 May 1885.",
        "Last week it burst.",
        "We leave next month.",
    )
    assert head == ["1885-05-12/1885-05-12"]
    assert week == ["1885-05-04/1885-05-10 relative"]
    assert month == ["1885-06/1885-06 relative"]


def test_a_source_bears_the_date_only_where_it_is_of_its_time() -> None:
    assert _read("We met yesterday in 2024.", written="2024-03-02") == [
        ["2024-03-01/2024-03-01 relative", "2024/2024"]
    ]
    # A scan made in 2020 of what speaks of 1885.
    assert _read("We met yesterday, as in 1885.", written="2020-03-02") == [["1885/1885"]]


def test_entries_of_a_diary_go_on_in_the_next_year() -> None:
    entries = ["December 27th, 1831.--We sailed."]
    entries += [f"{day}.--Calm." for day in ("December 30th", "January 6th", "March 2nd")]
    dates = [day for (day,) in _read(*entries)]
    assert dates[1:] == [
        "1831-12-30/1831-12-30 year", "1832-01-06/1832-01-06 year", "1832-03-02/1832-03-02 year"
    ]  # fmt: skip


def test_days_are_counted_only_from_a_day() -> None:
    assert _read(
        "12 May 1885. We sailed from Kiel with oats.",
        "From 1880 to May 1884 I lived alone in a house in Kiel.",
        "Last week we sold it.",
    )[1:] == [["1880/1884-05"], ["1885-05-04/1885-05-10 relative"]]


def test_no_day_is_read_that_the_next_year_lacks() -> None:
    letter = ["Kiel, 12 May 2001.", "We will marry on 29 February next year in Kiel."]
    assert _read(*letter)[1] == []
    letter[0] = "Kiel, 12 May 2003."
    assert _read(*letter)[1] == ["2004-02-29/2004-02-29 relative"]


def test_other_languages_have_days_and_years() -> None:
    assert _read("Am 4. März 1843 wurde sie eröffnet.", language="de") == [
        ["1843-03-04/1843-03-04"]
    ]
    assert _read("Sie ist 1200 Meter lang.", language="de") == [[]]
    assert _read("Le 14 juillet 1789 elle fut prise.", language="fr") == [["1789-07-14/1789-07-14"]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(_LETTER, title="Letter", collection="Weir")
        library.add_text(_REPORT, title="Report")
        yield library


def _dates(chronology: Chronology) -> list[str]:
    return [item.date for item in chronology.statements]


def test_statements_come_in_the_order_of_time(library: Library) -> None:
    everything = library.timeline.list()
    assert _dates(everything) == [
        "-0048", "1811", "1870-03-05", "1885-05", "1885-05-25/1885-05-31", "1885-06-02",
        "1885-06-03",
    ]  # fmt: skip
    built = everything.statements[1].sentence
    assert [built.text[start:end] for start, end in built.marks] == ["1811"]
    assert (built.source.title, built.place.start) == ("Letter", _LETTER.index("It was"))
    first = library.timeline.list(limit=2)
    assert (_dates(first), first.total) == (["-0048", "1811"], 7)


def test_timeline_is_of_sources_words_and_names(library: Library) -> None:
    def dates(**given: object) -> list[str]:
        return _dates(library.timeline.list(options=TimelineOptions(**given)))  # type: ignore[arg-type]

    assert dates(sources=[2]) == ["-0048", "1885-05"]
    assert len(dates(collection="Weir")) == 5
    assert dates(query="weir broke") == ["1885-05", "1885-05-25/1885-05-31"]
    assert dates(names=["Orme"]) == ["-0048", "1811", "1870-03-05"]
    assert dates(names=["Orme"], sources=[2]) == ["-0048"]
    assert dates(names=["Nobody"]) == []
    with pytest.raises(NotFoundError):
        dates(collection="None")
    with pytest.raises(NotFoundError):
        dates(sources=[9])


def test_timeline_is_stopped_and_checked(library: Library) -> None:
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        library.timeline.list(cancel=stop)
    with pytest.raises(UsageError):
        library.timeline.list(limit=0)
    with pytest.raises(UsageError):
        library.timeline.export("bibtex")


def test_two_copies_of_a_work_date_an_event_once(tmp_path: Path) -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    things = ("lamp", "rope", "net", "sail", "oar", "mast", "keel", "bell")
    told = [f"On {day} Orsola Thane gave the {thing} away." for day in days for thing in things]
    told += ["The weir was built in 1911.", "It broke in the flood of 1925."]
    text, page = tmp_path / "boat.txt", tmp_path / "boat.html"
    text.write_text("\n\n".join(told), "utf-8")
    page.write_text(f"<title>Boat</title>{''.join(f'<p>{said}</p>' for said in told)}", "utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add([text])
        library.add([page])
        library.add_text("The weir was built in 1911.", title="Report")
        assert len(library.sources.forms(1)) == 2
        found = library.timeline.list()
    assert [item.date[:4] for item in found.statements] == ["1911", "1911", "1925"]
    assert [item.sentence.source.id for item in found.statements] == [1, 3, 1]
    assert found.total == 3


def test_timeline_is_exported(library: Library, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(library.timeline.export("csv"))))
    assert rows[0][:3] == ["from", "to", "uncertain"]
    assert ["1885-05-25", "1885-05-31", "relative", "Last week the weir broke.", "Letter"] in [
        row[:5] for row in rows
    ]
    file = Path(library.timeline.export(file=tmp_path / "x.ics"))
    lines = file.read_bytes().decode().split("\r\n")
    # A calendar begins with the year 1.
    assert lines.count("BEGIN:VEVENT") == 6
    assert max(len(line.encode()) for line in lines) <= 75
    at = lines.index("DTSTART;VALUE=DATE:18850501")
    assert lines[at + 1] == "DTEND;VALUE=DATE:18850601"
    assert "**1811**" in library.timeline.export()
    assert "**49 BC**" in library.timeline.export()


def test_calendar_folds_and_escapes(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(f"In December 9999 the wei, {'ä; ' * 60} broke.", title="Längen")
        text = exported_timeline(library.timeline.list(), "ics")
    assert "DTEND" not in text
    unfolded = text.replace("\r\n ", "")
    assert "In December 9999 the wei\\, ä\\; ä" in unfolded


def test_years_of_a_calendar_have_four_digits(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("In AD 885 the Vikings besieged Paris.", title="Siege")
        lines = library.timeline.export("ics").split("\r\n")
    assert "DTSTART;VALUE=DATE:08850101" in lines
    assert "DTEND;VALUE=DATE:08860101" in lines


def test_timeline_is_listed_on_the_command_line(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.close()
    path = str(tmp_path / "x.brain")
    assert main(["timeline", "list", "--names", "Orme", "--library", path]) == 0
    assert "1870-03-05  It was built in 1811" in capsys.readouterr().out
    assert main(["timeline", "list", "--library", path]) == 0
    assert "49 BC  Miss Orme left in 49 BC." in capsys.readouterr().out


def test_dates_are_read_once_until_other_statements_count(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    once = DateReader.read

    def counting(self: DateReader, sentence: str) -> list[DatedSpan]:
        read.append(sentence)
        return once(self, sentence)

    monkeypatch.setattr(DateReader, "read", counting)
    everything = library.timeline.list()
    count = len(read)
    assert library.timeline.list() == everything
    assert library.timeline.list(options=TimelineOptions(names=["Orme"])).total == 3
    assert len(read) == count
    library.sources.trash([2])
    assert library.timeline.list().total == everything.total - 2
    library.add_text("It was mended in 1901.", title="Note")
    assert library.timeline.list().total == everything.total - 1


#: Sentences and the years that they date.
_YEARS = [
    ("The field emerged in the 1930s.", ["1930"]),
    ("Built 1902, burnt down 1911.", ["1902", "1911"]),
    ("1848: the lighthouse is built.", ["1848"]),
    ("The 1848 revolution failed.", ["1848"]),
    ("Ida Kern (1850–1903) kept the light.", ["1850"]),
    ("In the 1970 census there were 1050 people.", ["1970"]),
    ("He was born in 1850 and died 1903.", ["1850", "1903"]),
    ("The summer of 1880 was hot.", ["1880"]),
    ("Since early 2003 it is open.", ["2003"]),
    ("The reserve runs out by 2100.", ["2100"]),
    ("In 1900 visitors came, and by 1910 workers had left.", ["1900", "1910"]),
    ("The 1900 census named it, and since 1750 the mill stands.", ["1900", "1750"]),
    ("From 1800 to 1900 wages rose, and in about 1920 prices fell.", ["1800", "1920"]),
    ("3. The founding of the mill (1811), by Anna Brook.", ["1811"]),
    ("From 2020 to 2100 it rises, in the 2120s it falls.", ["2020", "2120"]),
]
#: What has four digits and is no year: amounts, ranges, designations, output of programs.
_NO_YEARS = [
    "Both encode at 100–200 MB/s and decode at 400–1000 MB/s.",
    "Shops operate in the range of 1000- 5000 nodes.",
    "The cluster has 10s to 1000s of machines.",
    "A larger number of nodes (over 1024) failed.",
    "In 1024 steps it converges.",
    "It has a budget of 2000 euros and a total of 1500 users.",
    "Port 2049 and room 1848 are open, and so is flight 1549.",
    "The table has 1999 rows on page 1234.",
    "5. Ribot (1881).",
    "34. O'Keefe and Nadel (1978).",
    "It costs 2100 euros, weighs 2150 kg and has 2105 books.",
    "It rose from 1200 to 1500 metres.",
    "RFC 1035 and ISO 2022 say so, and Windows 2000 does it.",
    "$ backup list latest at 2025-02-03 08:16:05 by root",
    "About 1900 visitors came.",
    "It cost about 2050 crowns, and about 2100 sacks were sold.",
    "Around 1700 litres of oil and about 1950 square metres burnt.",
    "From 1800 to 2000 volts were measured.",
    "Since 1750 kilograms were too heavy, it was left.",
    "Wages rose from 1200 to 1500 ducats.",
    "They did so in 1500 trials.",
    "-rw-rw-r-- 1000 1000 2834 2025-02-03 08:09:35 /home/find.go",
]


@pytest.mark.parametrize(("sentence", "years"), _YEARS)
def test_a_bare_number_is_a_year_with_a_cue(sentence: str, years: list[str]) -> None:
    assert [iso(span.first) for span in DateReader("en").read(sentence)] == years


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Von 1800 bis 2000 Volt wurden gemessen.", []),
        ("Seit 1750 Kilogramm gewogen wurden, ruht es in 1900 Metern Höhe.", []),
        ("Die Miete stieg von 1200 auf 1500 Kronen.", []),
        ("Um 1900 kamen Besucher, und seit 1750 steht die Mühle.", ["1900", "1750"]),
        ("Er war von 1890 bis 1900 Direktor.", ["1890"]),
    ],
)
def test_a_number_of_units_is_no_year_in_german(sentence: str, years: list[str]) -> None:
    assert [iso(span.first) for span in DateReader("de").read(sentence)] == years


@pytest.mark.parametrize("sentence", _NO_YEARS)
def test_amounts_ranges_and_designations_are_no_years(tmp_path: Path, sentence: str) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(f"{sentence} The keeper wrote it down.", title="Notes")
        assert library.timeline.list().statements == ()


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Meeting held last Friday, we will send minutes.", "2019-07-26"),
        ("Board meeting this Friday", "2019-08-02"),
        ("The vote is on Monday.", "2019-08-05"),
        ("The board met on Monday.", "2019-07-29"),
        ("The release is due by Wednesday.", "2019-08-07"),
    ],
)
def test_a_weekday_is_the_last_or_the_next_by_its_word_and_tense(sentence: str, day: str) -> None:
    # A Wednesday.
    reader = DateReader("en", "2019-07-31", "2019")
    assert [iso(span.first) for span in reader.read(sentence)] == [day]


def test_a_letter_is_shown_by_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "letter.md"
    file.write_text(
        "# Letters\n\n## 14 November 1901\n\nDear Ida,\n\nThe lamp of the pier is out again.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as library:
        library.add(file)
        (row,) = library.timeline.list().statements
    assert row.sentence.text == "The lamp of the pier is out again."


def test_a_reprint_dates_nothing_of_its_text(tmp_path: Path) -> None:
    reader = DateReader(
        "en", "2026-01-05", "In 1830 and 1837, 1844 and 1857, in 1861 and 1864, 1870, in 2004."
    )
    assert reader.read("On the sixth of April the river rose.") == []
