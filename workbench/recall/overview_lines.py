"""The summary sentences of a text: its opening, its people, its parts, and its end.

Sentences are scored by the people in them, by the words of their heading, and by their readability
out of context; front matter, contents, notes and headings are excluded.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile

from ingest.patterns import later
from workbench.recall.content_words import content_stems
from workbench.recall.name_kinds import NameMentions, people
from workbench.recall.overview_question import EDGES, NUMBER_WORDS, OverviewQuery, as_number
from workbench.recall.wording import chapter_number
from workbench.store import text
from workbench.store.records import EngramRow, SectionRow, SourceRow

#: Maximum people in an overview, and in an answer on people.
PEOPLE, CAST = 4, 8
#: The ratio of mentions below which a person is not a main character.
_LESSER = 6
#: Words of a sufficiently long sentence, and the factor for one with a main character.
_ENOUGH, _NAMES = 14, 1.3
#: The number of the most frequent stems, each of which should occur, and what is too seldom.
_CENTRAL, _FEW = 20, 4
#: The factors of a sentence with all words of its heading, in general and for parts.
_HEADED, _HEADED_PARTS = 1.5, 6.0
#: The sentences of the beginning and of the end of a text: a third, so many at most and at least.
_EDGE, _LEAST_EDGE = 40, 3
#: Maximum characters of a title page, the first section without a heading.
_TITLE_PAGE = 800
#: The minimum readability of a sentence.
_READABLE = 0.5
#: The minimum and maximum words of a readable sentence, and its minimum share of letters.
_MINIMUM, _LIMIT, _LETTERS = 7, 42, 0.7
#: Sentences that refer back, or are quoted, are less readable, and questions not at all; speaker
#: labels are not part of the sentence.
_LEANS = later(
    r"\W*(?:and|but|or|so|then|thus|he|she|it|they|his|her|its|their|this|that|these|those|here"
    r"|there|yes|no|oh|well|however|therefore|also|such|next|finally|again)\b",
    re.IGNORECASE,
)
_QUOTED = later(r"[“”\"«»]|^\s*['‘]|[’'][,.!?]?\s*$")
_LABEL = later(r"\A(?:[^\W\d_][\w.'’ -]{0,30}: (?=\S)|\d+:\d+ )")
#: The labels of a sentence of an abstract: “Abstract: BACKGROUND: We”.
LABELS = later(r"\A(?:[^\W\d_][\w.'’ -]{0,30}: )+(?=[A-Z](?:[a-z]| ))")
_SENTENCE = later(r"^[“\"'‘*_]*[^\W\d_a-z].*[.!?…。]['’”\")\]*_]*$", re.DOTALL)
_ENDED = later(r"[.!?…。]['’”\")\]*_]*$")
_LEANING, _SPEECH, _QUESTION, _VERSE = 0.55, 0.6, 0.3, 0.45
#: Headings of lists and other apparatus.
_APPARATUS = later(
    r"(?:[\dIVX]+\.? |chapter |the )?(?:(?:list of |select(?:ed)? |general |subject |author )?"
    r"(?:references|bibliography|works cited|literature cited|sources|contents|table of contents"
    r"|index|abbreviations|figures|tables|illustrations|acknowledge?ments?|notes|endnotes|footnotes"
    r"|further reading|suggested reading|about the author|copyright|colophon)"
    r"(?: and (?:references|notes|sources|further reading))?"
    r"|literatur(?:verzeichnis)?|inhalt(?:sverzeichnis)?|register|anmerkungen|quellen"
    r"|bibliographie|table des matières|bibliografía|índice|оглавление|содержание|литература"
    r"|примечания|参考文献|目录|目錄|المراجع|الفهرس)[.:]?",
    re.IGNORECASE,
)


#: An abstract and what follows it; sentences within which it must begin, and its maximum.
_ABSTRACT = later(r"\s*(?:abstract|summary)\b|.*\bAbstract [A-Z]\w+:", re.IGNORECASE)
_BEHIND = later(
    r"\s*(?:(?:\d|i)?\.? ?(?:introduction|background)\s*$|text:|key ?words|categories and|©)",
    re.IGNORECASE,
)
_TITLE_ROWS, _ABSTRACT_LINES = 40, 7
_AIMS = (
    r"\b(?:aim(?:s|ed)?|goals?|objectives?|purpose|whether|investigate|systematically review"
    r"|(?:in )?this (?:review|paper|study|article|contribution)|we (?:present|propose|describe))\b"
)
_CONCLUDING = (
    r"(?:\b(?:in (?:conclusion|summary)|we conclude|taken together|it is concluded)\b"
    r"|\bconclusions?:|\A(?:[^\W\d_][\w.'’ -]{0,30}: )*(?:all )?these (?:findings|results)\b)"
)
#: Cues of the roles of sentences in an abstract; limitations and conclusions are also searched for
#: in the second half of a paper. A review has no data of its own.
_ROLES = {
    "question": later(rf"(?i){_AIMS}"),
    "data": later(r"(?i)\b(?:data|samples?|swabs|databases|genomes?|cells|patients|children)\b"),
    "number": later(
        r"(?i)\b\d[\d,]* (?:\w+ ){0,3}(?:participants|patients|people|children|samples|studies"
        r"|articles|subjects|items|cases|examinations)\b|\bnumbered \d"
    ),
    "method": later(
        r"(?i)\b(?:methods?:|search was|using|analy[sz]ed|performed|method|technique|measured)"
    ),
    "finding": later(
        rf"(?i)\A(?!.*(?:{_AIMS}|{_CONCLUDING})).*"
        r"\b(?:results:|show(?:s|ed|n)?|found|reveal\w*|demonstrat\w+|provide|have been|%"
        r"|identified|increased?|decreased?|reduced|none of|results?)"
    ),
    "limits": later(
        r"(?i)\blimitations? (?:of|to|in) (?:this|our|the (?:present|current|systematic))\b"
        r"|\b(?:this|our|present) (?:study|work|review|analysis|investigation|approach|findings"
        r"|results)\b.{0,30}\b(?:limit(?:s|ed|ations?)|preliminary)\b"
        r"|\bsample size\b|\bfurther (?:research|work) is (?:required|needed)"
    ),
    "conclusion": later(rf"(?i){_CONCLUDING}"),
    "review": later(r"(?i)\b(?:this|we) review"),
}
#: A question for one of these roles that names nothing else.
_GENERAL = (
    r"(?:(?:what|which|how|is|was|are|were|do|does|did|the|of|main|key|study|paper|authors|asks?"
    r"|asked|used|named|there|participants|or|items)\b\W*)*"
)
PAPER_QUERY = later(
    rf"(?i){_GENERAL}(?:(?P<question>questions?|aims?|purpose|goals?|objectives?)"
    r"|(?P<data>data|samples?|materials?)|(?P<number>many)|(?P<method>methods?|techniques?)"
    r"|(?P<finding>results?|findings?|found)|(?P<limits>limitations?|limits)"
    rf"|(?P<conclusion>conclusions?|concluded?))\b\W*{_GENERAL}$"
)

#: The number of a part in words, and one at the end of a title or before a point.
_SPELLED = later(
    rf"(?i)\b(?:chapter|part|letter|book|section|act|scene|canto|volume|stave|lecture)\s+(?:the\s+)?"
    rf"({NUMBER_WORDS})\b"
)
_ENDING = later(r"(?i)\b(\d{1,3}|[ivxlc]{1,7})\b(?=[.:]|\s*$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """The body of a source, without front matter, notes and lists, with weights.

    `lines` are the texts of `rows`, `stems` their content words; `sections` by id.
    """

    source: SourceRow
    rows: Sequence[EngramRow]
    sections: dict[int, SectionRow]
    lines: Sequence[str]
    stems: Sequence[frozenset[str]]
    worth: Sequence[float]
    cast: Sequence[NameMentions]

    def heading(self, at: int) -> str:
        """The heading of a sentence."""
        return self.sections[self.rows[at].section].title


def read(
    connection: sqlite3.Connection,
    source: SourceRow,
    extents: Iterable[text.Extent],
    maximum: int | None = None,
) -> Reading:
    """Read a source for an overview, or its first `maximum` sentences."""
    listed = text.sections(connection, source.id)
    sections = {row.id: row for row in listed}
    selection = {row.id for row in listed if _is_body(row, listed)}
    rows = [
        row
        for extent in extents
        if extent.source == source.id
        for row in text.engrams_between(connection, extent.first, extent.last)
        if row.section in selection
    ][:maximum]
    lines = [" ".join(row.text.split()) for row in rows]
    stems = [content_stems(line) for line in lines]
    cast = people(lines)
    main = {stem for person in cast[:CAST] for stem in content_stems(person.name)}
    # Lines that were kept as they stand are verse, code or items: no opening.
    weights = [
        readability(line)
        * min(1.0, len(line.split()) / _ENOUGH)
        * (_NAMES if main & content else 1.0)
        * (_VERSE if "\n" in row.text else 1.0)
        for row, line, content in zip(rows, lines, stems, strict=True)
    ]
    return Reading(source, rows, sections, lines, stems, weights, cast)


def readability(sentence: str) -> float:
    """The readability of a sentence out of context, from 0 for a heading or a line of code to 1."""
    sentence = _LABEL.sub("", sentence)
    letters = sum(map(str.isalpha, sentence))
    complete = (
        _MINIMUM <= len(sentence.split()) <= _LIMIT and _SENTENCE.search(sentence) is not None
    )
    if not complete or letters < _LETTERS * len(sentence.replace(" ", "")):
        return 0.0
    value = _LEANING if _LEANS.match(sentence) else 1.0
    value *= _QUESTION if sentence.rstrip("”\"'").endswith("?") else 1.0
    return value * _SPEECH if _QUOTED.search(sentence) else value


def _is_body(section: SectionRow, all_items: Sequence[SectionRow]) -> bool:
    """Whether a section belongs to the body of the text."""
    final = section.title.rsplit("·", 1)[-1].strip()
    if section.kind != "body" or _APPARATUS.fullmatch(final):
        return False
    titled = any(item.title for item in all_items if item.id != section.id)
    first = section.ordinal == all_items[0].ordinal
    return not (
        first and titled and not section.title and section.end - section.start < _TITLE_PAGE
    )


def _choose(
    reading: Reading,
    places: Sequence[int],
    wishes: Sequence[tuple[str, float]],
    central: Set[str] = frozenset(),
) -> int | None:
    """The position of the most informative sentence, of equals the first.

    `wishes` are texts whose words should occur, with their weights; `central` frequent stems.
    """
    stems = [(content_stems(text), weight) for text, weight in wishes]

    def value(at: int) -> float:
        wording = reading.stems[at]
        score = reading.worth[at] * (1 + len(central & wording))
        for wished, weight in stems:
            score *= 1 + weight * len(wished & wording) / (len(wished) or 1)
        return score

    best = max(places, key=value, default=None)
    return None if best is None or value(best) <= 0 else best


def _opening(reading: Reading, places: Sequence[int]) -> int | None:
    """The first readable sentence."""
    return next((at for at in places[:40] if reading.worth[at] >= _READABLE), None)


def _stretches(reading: Reading, places: Sequence[int], count: int) -> list[tuple[str, list[int]]]:
    """The parts of a text, with their headings if informative: at most `count`."""
    if count < 1:
        return []
    parts: list[tuple[str, list[int]]] = []
    for at in places:
        heading = reading.heading(at).split(" · ")[0]
        if not parts or parts[-1][0] != heading:
            parts.append((heading, []))
        parts[-1][1].append(at)
    informative = [
        (heading, contents) for heading, contents in parts if content_stems(unnumbered(heading))
    ]
    if len(parts) > 1 and 2 * sum(len(contents) for _, contents in informative) >= len(places):
        size = min(count, len(informative))
        return [informative[at * len(informative) // size] for at in range(size)]
    step = max(1, -(-len(places) // count))
    return [("", list(places[low : low + step])) for low in range(0, len(places), step)]


def unnumbered(heading: str) -> str:
    return re.sub(
        r"(?i)\b(?:chapter|part|letter|book|section|volume)\b|\b[ivxlc]+\b\.?|\d+", "", heading
    )


def summary_lines(
    reading: Reading, places: Sequence[int], count: int, topic: str = ""
) -> list[int]:
    """The summary sentences of a text or a part, in text order."""
    cast = [row.places for row in reading.cast[:PEOPLE]]
    firsts = [row[0] for row in cast if row[0] in places and _LESSER * len(row) >= len(cast[0])]
    # A name in a list of those present is no sentence.
    if any(reading.worth[at] > 0 for at in places):
        firsts = [at for at in firsts if reading.worth[at] > 0]
    candidates = dict.fromkeys(
        (_opening(reading, places), *firsts, _opening(reading, places[::-1]))
    )
    selection = [at for at in candidates if at is not None]
    stems = Counter(stem for at in places for stem in reading.stems[at])
    left = {stem for stem, number in stems.most_common(_CENTRAL) if number > _FEW}
    for heading, contents in _stretches(reading, places, count - len(selection)):
        left -= frozenset().union(*(reading.stems[at] for at in selection))
        others = [at for at in contents if at not in selection]
        wishes = (unnumbered(heading), _HEADED), (topic, 1.0)
        best = _choose(reading, others, wishes, left)
        if best is not None:
            selection.append(best)
    return sorted(selection[:count])


def _abstract(reading: Reading) -> range:
    """The sentences of the abstract of a paper; fewer than two for a text without one."""
    count = len(reading.rows)
    first = next(
        (
            at
            for at in range(min(count, _TITLE_ROWS))
            if _ABSTRACT.match(reading.lines[at]) or _ABSTRACT.match(reading.heading(at))
        ),
        count,
    )
    final = first
    while final < min(count, first + _TITLE_ROWS) and not (
        _BEHIND.match(reading.lines[final]) or reading.heading(final) != reading.heading(first)
    ):
        final += 1
    return range(first, final)


def parts_of_paper(reading: Reading) -> dict[str, list[int]]:
    """The sentences of a paper by their role, the groups of `PAPER_QUERY`, and for its "overview".

    Empty for a text without an abstract.
    """
    if len(abstract := _abstract(reading)) < 2:
        return {}
    lines = reading.lines
    parts = {role: [at for at in abstract if cue.search(lines[at])] for role, cue in _ROLES.items()}
    for role in ("limits", "conclusion"):
        second_half = range(max(abstract.stop, len(lines) // 2), len(lines))
        behind = [at for at in second_half if _ROLES[role].search(lines[at])]
        parts[role] += sorted(behind, key=lambda at: -reading.worth[at])[:1]
    parts["conclusion"] += abstract[-1:]
    if parts["review"]:
        parts |= {"data": [], "number": [], "method": []}
    overview = {*parts["question"][:2], *abstract[-_ABSTRACT_LINES:]}
    return parts | {"overview": sorted(overview.union(parts["limits"], parts["conclusion"]))}


def title_page(reading: Reading) -> list[str]:
    """The lines before the first complete sentence: a title, names, a date."""
    return [*takewhile(lambda line: _ENDED.search(line) is None, reading.lines)]


def lines_of_parts(reading: Reading, count: int) -> list[int]:
    """For each part, the sentence that best matches its heading."""
    parts = _stretches(reading, range(len(reading.rows)), count)
    chosen = (_choose(reading, at, [(unnumbered(head), _HEADED_PARTS)]) for head, at in parts)
    return [at for at in chosen if at is not None]


def chapter(reading: Reading, want: OverviewQuery) -> list[int]:
    """The positions of the sentences of a part; empty if there is none with this number."""
    if want.part in EDGES:
        places = [*range(len(reading.rows))]
        size = min(_EDGE, max(_LEAST_EDGE, len(places) // 3))
        return places[-size:] if want.part == "end" else places[:size]
    sections, paths = titled_rows(reading), _paths(reading)
    called = {i: row for i in sections for row in paths[i] if want.part in row.title.lower()}
    query = range(want.chapter, max(want.chapter, want.until) + 1) if want.chapter else range(0)
    if want.chapter == -1:
        last = [*called.values(), *(reading.sections[i] for i in sections)][: len(called) or None]
        wished = [i for i in sections if last and last[-1] in paths[i]]
    else:
        numbers = {row.id: part_number(row.title) for row in reading.sections.values()}
        bare = {row.id for path in paths.values() for row in path if _is_bare(row.title)}
        wished = [i for i, row in called.items() if numbers[row.id] in query]
        wished = wished or [i for i in sections if numbers[i] in query]
        # The number may stand in a heading of its own above the name: “XVII”, “Cut-offs”.
        wished = wished or [
            i
            for i in sections
            if any(row.id in bare and numbers[row.id] in query for row in paths[i])
        ]
        # Parts are counted only if none of them has a number.
        if not wished and not any(numbers.values()):
            wished = [i for number, i in enumerate(sections, start=1) if number in query]
    return [at for at, row in enumerate(reading.rows) if row.section in wished]


def _paths(reading: Reading) -> dict[int, tuple[SectionRow, ...]]:
    """The headings that lead to each section, outermost first, with its own."""
    paths: dict[int, tuple[SectionRow, ...]] = {}
    above: list[SectionRow] = []
    for row in sorted(reading.sections.values(), key=lambda row: row.ordinal):
        while above and above[-1].level >= row.level:
            above.pop()
        above.append(row)
        paths[row.id] = tuple(above)
    return paths


def part_count(reading: Reading, kind: str) -> int:
    """The number of parts of this kind, or of any with a heading if none is called so."""
    sections, paths = titled_rows(reading), _paths(reading)
    called = {row.id for i in sections for row in paths[i] if kind in row.title.lower()}
    return len(called) or len(sections)


def _is_bare(title: str) -> bool:
    """Whether a heading is a number, perhaps with the name of its kind, and nothing else."""
    return bool(title) and not content_stems(unnumbered(title))


def headed(reading: Reading, *topics: str) -> list[int]:
    """The positions of the sentences below headings with all words of the first matching topic.

    Empty if that is every sentence.
    """
    above = {row.id: content_stems(row.title) for row in reading.sections.values()}
    for wished in filter(None, map(content_stems, topics)):
        matches = [at for at, row in enumerate(reading.rows) if wished <= above[row.section]]
        if 0 < len(matches) < len(reading.rows):
            return matches
    return []


def titled_rows(reading: Reading) -> list[int]:
    """The sections with a heading, in order: others are pieces of a text without parts."""
    sections = dict.fromkeys(row.section for row in reading.rows)
    return [section for section in sections if reading.sections[section].title]


def part_number(title: str) -> int:
    """The number in a heading: “Chapter IX”, “Chapter the Ninth”, “9. The Whale”; 0 without one."""
    wording = chapter_number(title)
    if wording is None:
        match = _SPELLED.search(title) or _ENDING.search(title)
        wording = match[1] if match else ""
    return as_number(wording)
