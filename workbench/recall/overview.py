"""“What is this book about?”: an answer of the sources' own sentences, each with its place.

A text is told by its opening, by whom it names most, by what opens its parts or says their
headings, and by how it ends; a chapter likewise. What is compared is told side by side. Front
matter, contents, notes and headings are never shown. Nothing here needs a model; one that writes
gets the same sentences for evidence.
"""

import re
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.vocabulary import COMMON, ENGLISH_STOP, STOP
from workbench.recall import quotes
from workbench.recall.overview_question import Wanted, as_number, wanted
from workbench.recall.people import Named, people
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote, is_apparatus
from workbench.recall.records import Answer, AnswerSentence, Coverage, Evidence, Introduction
from workbench.recall.topic import introduces
from workbench.recall.windows import MOST_SENTENCES, MOST_WORDS
from workbench.recall.wording import chapter_number
from workbench.store import meta, text
from workbench.store import sources as catalogue
from workbench.store.records import EngramRow, SectionRow, SourceRow
from workbench.store.store import Store

#: Lines of an overview, of a part of it, and of several sources; people in it, or asked for; parts.
_LINES, _PART_LINES, _SOURCES, _PEOPLE, _CAST, _PARTS = 10, 6, 8, 4, 8, 16
#: Somebody who is named so many times less than the first is no main figure of an overview.
_LESSER = 6
#: Titles that are named where one is asked back for.
_OFFERED = 4
#: Sentences of each source that are read where several are asked for.
_GLANCE = 300
#: How sure an overview is: it is made of what is there.
_SURE = 0.9
#: Words of a sentence that tells enough; what it counts that it names whom the text is about, that
#: it says again what another one says, and that it is spoken by somebody.
_ENOUGH, _NAMES, _AGAIN, _SPOKEN = 14, 1.3, 0.7, 0.6
#: What a sentence of a part counts that says all of its heading, and where parts are asked for.
_HEADED, _HEADED_PARTS = 1.5, 6.0
#: Letters of a first section without a heading that is a title page.
_TITLE_PAGE = 800
#: Questions that introduce a source, those that are tried for them, and how sure their answers are.
_QUESTIONS, _TRIED, _ANSWERS = 3, 8, 0.5
#: Words of a heading that asks something; sentences that are looked at for what they define.
_ASKED_WORDS, _DEFINING = 2, 60
#: Sentences that name somebody whom a question may ask for, in a long text and in any, and of how
#: many one must; sentences that speak of what is asked for; headings that say nothing of a text.
_KNOWN, _SELDOM, _ONE_IN, _RECURS = 8, 3, 40, 3
_GENERAL = ("introduction", "overview", "summary", "abstract", "preface", "conclusion")
#: Headings of what a text is about, and of what it finds.
_ABSTRACT = ("abstract", "summary")
_FOUND = ("findings", "results", "conclusions", *_ABSTRACT)
#: What a sentence is worth that can be read by itself.
_READABLE = 0.5
_DEFINES = later(
    r"(?P<what>(?:(?:A|An|The)\s+)?[A-Za-z][\w-]*(?:\s+[\w-]+){0,2}?)\s+(?P<is>is|are)\s+"
    r"(?:an?|the|one|any|sets?|rules?|ways?)\b"
)
#: The share of a title that a question must name among several; a title without what stands below
#: it; sentences from which on a text whose title is typed alone is told of by an overview.
_HALF = 0.5
_MAIN = later(r"(?:(?!\s[-–—]\s)[^:;(])*")
_LONG = 40
#: Words of a sentence that can be read by itself, and the share of letters in it.
_LEAST, _MOST, _LETTERS = 7, 42, 0.7
#: A sentence that leans on the one before it, or is said by somebody, tells less by itself, a
#: question nothing; a label of who speaks does not belong to what is said.
_LEANS = later(
    r"\W*(?:and|but|or|so|then|thus|he|she|it|they|his|her|its|their|this|that|these|those|here"
    r"|there|yes|no|oh|well|however|therefore|also|such|next|finally|again)\b",
    re.IGNORECASE,
)
_QUOTED = later(r"[“”\"«»]|^\s*['‘]|[’'][,.!?]?\s*$")
_LABEL = later(r"[^\W\d_][\w.'’ -]{0,30}: (?=\S)|\d+:\d+ ")
_SENTENCE = later(r"^[“\"'‘*_]*[^\W\d_a-z].*[.!?…。]['’”\")\]*_]*$", re.DOTALL)
_LEANING, _SPEECH, _QUESTION = 0.55, 0.6, 0.3


# -- a text as it is read ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """A source's own sentences, without front matter, notes and lists, with what they weigh.

    `lines` are the words of `rows`, `stems` those that carry them; `sections` by id.
    """

    source: SourceRow
    rows: Sequence[EngramRow]
    sections: dict[int, SectionRow]
    lines: Sequence[str]
    stems: Sequence[frozenset[str]]
    worth: Sequence[float]
    cast: Sequence[Named]

    def heading(self, at: int) -> str:
        """The heading above a sentence."""
        return self.sections[self.rows[at].section].title


def read(
    connection: sqlite3.Connection,
    source: SourceRow,
    extents: Iterable[text.Extent],
    most: int | None = None,
) -> Reading:
    """Read a source for an overview, or its first `most` sentences."""
    sections = {row.id: row for row in text.sections(connection, source.id)}
    kept = {row.id for row in sections.values() if _tells(row, list(sections.values()))}
    rows = [
        row
        for extent in extents
        if extent.source == source.id
        for row in text.engrams_between(connection, extent.first, extent.last)
        if row.section in kept
    ][:most]
    lines = [" ".join(row.text.split()) for row in rows]
    stems = [content_stems(line) for line in lines]
    cast = people(lines)
    main = {stem for person in cast[:_CAST] for stem in content_stems(person.name)}
    worth = [
        readability(line)
        * (_SPOKEN if inside else 1.0)
        * min(1.0, len(line.split()) / _ENOUGH)
        * (_NAMES if main & content else 1.0)
        for line, content, inside in zip(lines, stems, _spoken(rows), strict=True)
    ]
    return Reading(source, rows, sections, lines, stems, worth, cast)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry something."""
    tokens = {word for raw in words.raw_tokens(text) for word in words.split(raw)}
    return frozenset(
        _stem(word)
        for word in tokens
        if word not in STOP and word not in COMMON and not word.isdigit()
    )


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return words.forms(word, "en")[0]


def readability(sentence: str) -> float:
    """How well a sentence can be read by itself, from 0 for a heading or a line of code to 1."""
    if label := _LABEL.match(sentence):
        sentence = sentence[label.end() :]
    letters = sum(map(str.isalpha, sentence))
    whole = _LEAST <= len(sentence.split()) <= _MOST and _SENTENCE.search(sentence) is not None
    if not whole or letters < _LETTERS * len(sentence.replace(" ", "")):
        return 0.0
    value = _LEANING if _LEANS.match(sentence) else 1.0
    value *= _QUESTION if sentence.rstrip("”\"'").endswith("?") else 1.0
    return value * _SPEECH if _QUOTED.search(sentence) else value


def _spoken(rows: Sequence[EngramRow]) -> list[bool]:
    """Whether each sentence begins inside quotation marks that its passage has opened before."""
    found: list[bool] = []
    passage, depth = 0, 0
    for row in rows:
        if row.passage != passage:
            passage, depth = row.passage, 0
        found.append(depth > 0)
        depth += row.text.count("“") - row.text.count("”")
        if row.text.count('"') % 2:
            depth = 1 - min(depth, 1)
    return found


def _tells(section: SectionRow, every: Sequence[SectionRow]) -> bool:
    """Whether a section is of the text itself."""
    if section.kind != "body" or is_apparatus(section.title, Cue("", "", (), frozenset())):
        return False
    titled = any(each.title for each in every if each.id != section.id)
    first = section.ordinal == every[0].ordinal
    return not (
        first and titled and not section.title and section.end - section.start < _TITLE_PAGE
    )


def _choose(
    reading: Reading,
    places: Sequence[int],
    taken: Sequence[int],
    heading: str = "",
    topic: str = "",
    headed: float = _HEADED,
) -> int | None:
    """The sentence of these places that tells most, of equals the first, and nothing twice."""
    if not len(places):
        return None
    above, wished = content_stems(_unnumbered(heading)), content_stems(topic)

    def value(number: int) -> float:
        at = places[number]
        said = reading.stems[at]
        score = reading.worth[at]
        for words_, share in ((above, headed), (wished, 1.0)):
            if words_:
                score *= 1 + share * len(words_ & said) / len(words_)
        near = max((_overlap(said, reading.stems[other]) for other in taken), default=0.0)
        return score * (1 - _AGAIN * near)

    best = max(range(len(places)), key=value)
    return places[best] if value(best) > 0 else None


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


def _opening(reading: Reading, places: Sequence[int]) -> int | None:
    """The first sentence that can be read by itself."""
    return next((at for at in places[:40] if reading.worth[at] >= _READABLE), None)


def _stretches(reading: Reading, places: Sequence[int], count: int) -> list[tuple[str, list[int]]]:
    """The parts of a text, with their headings where these say something: at most `count`."""
    if count < 1:
        return []
    parts: list[tuple[str, list[int]]] = []
    for at in places:
        heading = reading.heading(at).split(" · ")[0]
        if not parts or parts[-1][0] != heading:
            parts.append((heading, []))
        parts[-1][1].append(at)
    telling = [(heading, held) for heading, held in parts if content_stems(_unnumbered(heading))]
    if len(parts) > 1 and 2 * sum(len(held) for _, held in telling) >= len(places):
        size = min(count, len(telling))
        return [telling[at * len(telling) // size] for at in range(size)]
    step = max(1, -(-len(places) // count))
    return [("", list(places[low : low + step])) for low in range(0, len(places), step)]


def _unnumbered(heading: str) -> str:
    return re.sub(
        r"(?i)\b(?:chapter|part|letter|book|section|volume)\b|\b[ivxlc]+\b\.?|\d+", "", heading
    )


def _introduction(reading: Reading, who: Named) -> int:
    """The sentence that says most of who somebody is, among the first that name them."""
    keys = {words.key(part) for token in words.tokens(who.name) for part in token.words}
    first = who.places[0]

    def value(at: int) -> float:
        line = reading.lines[at]
        early = 1 - (at - first) / (len(reading.lines) or 1)
        return float(
            (1.0 if introduces(line, keys) else 0.0)
            + (0.3 if who.name in line else 0.0)
            + float(reading.worth[at])
            + 0.5 * early
        )

    return max(who.places[:60], key=value)


def lines_about(reading: Reading, places: Sequence[int], count: int, topic: str = "") -> list[int]:
    """The sentences that tell a text or a part of it, in its order."""
    chosen: list[int] = []
    if len(places) == len(reading.rows) and (told := headed(reading, *_ABSTRACT)):
        # Who wrote it knows best what it is about.
        chosen += [at for at in told if reading.worth[at] >= _READABLE][: count // 2]
    elif (opening := _opening(reading, places)) is not None:
        chosen.append(opening)
    inside = set(places)
    most = len(reading.cast[0].places) if reading.cast else 0
    for who in [each for each in reading.cast[:_PEOPLE] if _LESSER * len(each.places) >= most]:
        introduced = _introduction(reading, who)
        if introduced in inside and introduced not in chosen:
            chosen.append(introduced)
    if len(chosen) < count and (ending := _opening(reading, places[::-1])) is not None:
        chosen += [ending] if ending not in chosen else []
    for heading, held in _stretches(reading, places, count - len(chosen)):
        left = [each for each in held if each not in chosen]
        best = _choose(reading, left, chosen, heading, topic)
        if best is not None:
            chosen.append(best)
    return sorted(chosen[:count])


def lines_of_parts(reading: Reading, count: int) -> list[int]:
    """A sentence of each part that says most of what its heading names."""
    chosen: list[int] = []
    for heading, held in _stretches(reading, range(len(reading.rows)), count):
        at = _choose(reading, held, chosen, heading, headed=_HEADED_PARTS)
        if at is not None:
            chosen.append(at)
    return chosen


def lines_of_people(reading: Reading, count: int) -> list[int]:
    """A sentence on each of those who are named most, who is named most first."""
    return list(dict.fromkeys(_introduction(reading, who) for who in reading.cast[:count]))


def chapter(reading: Reading, want: Wanted) -> list[int]:
    """The places of the sentences of a numbered part; none where there is no such part."""
    ordinals = _titled(reading)
    named = [i for i in ordinals if want.part in reading.sections[i].title.lower()]
    numbers = {i: _part_number(reading.sections[i].title) for i in ordinals}
    asked = range(want.chapter, max(want.chapter, want.until) + 1) if want.chapter else range(0)
    if want.chapter == -1:
        wished = (named or ordinals)[-1:]
    else:
        wished = [i for i in named if numbers[i] in asked]
        wished = wished or [i for i in ordinals if numbers[i] in asked]
        # Parts without numbers are counted.
        if not wished and not any(numbers.values()):
            wished = [i for number, i in enumerate(ordinals, start=1) if number in asked]
    return [at for at, row in enumerate(reading.rows) if row.section in wished]


def headed(reading: Reading, *topics: str) -> list[int]:
    """The places of the sentences below headings that say all of a topic, the first that has any.

    None where every sentence stands below them.
    """
    above = {row.id: content_stems(row.title) for row in reading.sections.values()}
    for wished in filter(None, map(content_stems, topics)):
        found = [at for at, row in enumerate(reading.rows) if wished <= above[row.section]]
        if 0 < len(found) < len(reading.rows):
            return found
    return []


def _titled(reading: Reading) -> list[int]:
    """The sections with a heading, in order: others are pieces of a text without parts."""
    sections = dict.fromkeys(row.section for row in reading.rows)
    return [each for each in sections if reading.sections[each].title]


def _part_number(title: str) -> int:
    said = chapter_number(title)
    if said is None:
        found = re.search(r"(?i)\b(\d{1,3}|[ivxlc]{1,7})\b(?=[.:]|\s*$)", title)
        said = found[1] if found else ""
    return as_number(said)


# -- the answer -----------------------------------------------------------------------------------


class Overviews:
    """Answers questions for an overview from the sources of one library. Any thread may call it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, tuple[int, int]], Reading] | None = None

    def answer(
        self,
        question: str,
        sources: Collection[int] | None,
        turns: Sequence[Answer],
        limit: int,
        ask: Callable[[str], Answer],
    ) -> Answer | None:
        """The overview that a question asks for, of `sources` (None: all); None for another one.

        `turns` are the answers before it: “it” is the source that the last of them cites first.
        `ask` answers a question in the same scope.
        """
        want = wanted(question)
        if want is None:
            return None
        if want.kind == "compare":
            return _compared(question, want.pair, ask)
        began = time.perf_counter()
        with self._store.read() as connection:
            found = self._meant(connection, want, sources, turns)
            if isinstance(found, Answer):
                return replace(found, question=question)
            if not found:
                return None
            if len(found) == 1 and not want.several:
                reading = self._read(connection, found[0])
                topic = "" if _names(want.work, reading.source) else want.work
                part = headed(reading, topic or want.gist, *(_FOUND if want.gist else ()))
                short = want.titled and len(reading.rows) < _LONG
                if short or (topic and not part and not _speaks(reading, topic)):
                    return None
                if lacks := _lacks(reading, want):
                    return _unanswered(question, lacks)
                chosen = [(reading, at) for at in _lines(reading, want, topic, part, limit)]
            else:
                extents, part = text.extents(connection), []
                chosen = [
                    (reading, at)
                    for source in found[:_SOURCES]
                    for reading in [read(connection, source, extents, _GLANCE)]
                    for at in lines_about(reading, range(len(reading.rows)), 1)[:1]
                ]
            made = _answer(connection, question, chosen)
        if made is None:
            return None
        if len(found) == 1 and (want.part or part):
            made = replace(made, note=_part_words(chosen))
        if want.kind == "people":
            names = ", ".join(each.name for each in chosen[0][0].cast[: _of(limit, _CAST)])
            made = replace(made, value=names)
        return replace(made, milliseconds=(time.perf_counter() - began) * 1000)

    def _meant(
        self,
        connection: sqlite3.Connection,
        want: Wanted,
        sources: Collection[int] | None,
        turns: Sequence[Answer],
    ) -> Sequence[SourceRow] | Answer:
        """The sources that are meant; an answer that asks back; none where none is."""
        inside = {each.source for each in text.extents(connection) if not each.trashed}
        if sources is not None:
            inside &= set(sources)
        if not inside:
            return ()
        if len(inside) == 1:
            (row,) = catalogue.by_ids(connection, list(inside))
            fits = not want.work or want.explicit or _names(want.work, row)
            fits = _is_title(want.work, row) if want.titled else fits
            return (row,) if fits else ()
        if want.work:
            rows = _called(connection, want.work, inside)
            if not rows and want.headed:
                rows = _headed(connection, want.work, inside)
                return rows if len(rows) < 2 else _which(connection, [row.id for row in rows])
            best = max(rows, key=lambda row: _named(want.work, row), default=None)
            if best is None or (want.titled and not _is_title(want.work, best)):
                return ()
            # “The whale” is no name for a book of which it is a part of the title.
            return (best,) if _named(want.work, best) >= _HALF else ()
        if want.several:
            return catalogue.by_ids(connection, sorted(inside)[:_SOURCES])
        cited = [turn.evidence[0].source.id for turn in turns if turn.evidence]
        if cited and cited[-1] in inside:
            return catalogue.by_ids(connection, cited[-1:])
        # “The report” is the one that is called so.
        if len(rows := _called(connection, want.plain, inside)) == 1:
            return rows
        return _which(connection, inside)

    def _read(self, connection: sqlite3.Connection, source: SourceRow) -> Reading:
        """A source as it is read; the last one is kept, for people ask on of the same."""
        key = source.id, meta.statement_version(connection)
        with self._lock:
            kept = self._kept
        if kept is not None and kept[0] == key:
            return kept[1]
        reading = read(connection, source, text.extents(connection))
        with self._lock:
            self._kept = key, reading
        return reading

    def introduction(self, source: int, ask: Callable[[str], Answer]) -> Introduction:
        """What a source is about, with questions that `ask`, which asks it alone, answers from it.

        Raises `NotFoundError` for a source that is not there.
        """
        about = self.answer("What is this source about?", [source], (), 5, ask)
        if about is None:
            return Introduction(None, ())
        with self._store.read() as connection:
            reading = self._read(connection, catalogue.by_id(connection, source))
        questions: list[str] = []
        for question, wished in islice(_questions(reading), _TRIED):
            answer = ask(question)
            quoted = {engram for item in answer.evidence[:1] for engram in item.engrams}
            known = question.lower() in map(str.lower, questions)
            sure = not answer.abstained and answer.confidence >= _ANSWERS
            if sure and quoted & wished and not known:
                questions.append(question)
            if len(questions) == _QUESTIONS:
                break
        return Introduction(about, tuple(questions))


def _questions(reading: Reading) -> Iterator[tuple[str, frozenset[int]]]:
    """Questions that a text should answer, each with the engrams of which one answers it."""
    sections: dict[int, list[int]] = {}
    for row in reading.rows:
        sections.setdefault(row.section, []).append(row.id)
    for section, ids in sections.items():
        heading = reading.sections[section].title
        plain = _unnumbered(heading) == heading
        if plain and heading.endswith("?") and len(heading.split()) > _ASKED_WORDS:
            yield heading, frozenset(ids)
    best = sorted(range(len(reading.rows)), key=lambda at: -reading.worth[at])
    for at in best[:_DEFINING]:
        said = _DEFINES.match(reading.lines[at])
        if said is not None and _recurs(reading, said["what"]):
            verb = "are" if said["is"] == "are" else "is"
            yield f"What {verb} {_lowered(said['what'])}?", frozenset([reading.rows[at].id])
    everything = frozenset(row.id for row in reading.rows)
    story = sum(len(who.places) >= _KNOWN for who in reading.cast) >= _QUESTIONS
    if story:
        yield "Who are the most important people?", everything
    least = min(_KNOWN, max(_SELDOM, len(reading.rows) // _ONE_IN))
    for who in reading.cast[:_PEOPLE]:
        if len(who.places) >= least:
            yield f"Who is {who.name}?", frozenset(reading.rows[at].id for at in who.places)
    if story and any(_part_number(reading.sections[section].title) == 1 for section in sections):
        yield "What happens in chapter 1?", everything
        yield "What happens in the last chapter?", everything
    for section, ids in sections.items():
        heading = _unnumbered(reading.sections[section].title.rsplit(" · ", 1)[-1]).strip(" .:")
        telling = content_stems(heading) and heading.lower() not in _GENERAL
        if telling and heading[0].isupper() and not heading.isupper() and heading[-1] != "?":
            yield f"What is said about {_lowered(heading)}?", frozenset(ids)


def _recurs(reading: Reading, what: str) -> bool:
    """Whether a text speaks again and again of what more than “Note that this” names."""
    wished = content_stems(what)
    named = [word for word in what.split() if word not in ("A", "An", "The")]
    return len(wished) == len(named) and (
        sum(wished <= stems for stems in reading.stems) >= _RECURS
    )


def _lowered(what: str) -> str:
    """A noun phrase inside a sentence: “a pump” of “A pump”."""
    first, _, rest = what.partition(" ")
    return f"{first.lower()} {rest}" if first in ("A", "An", "The") else what


def _of(limit: int, most: int) -> int:
    """Lines where so many quotes are asked for: two for each, that many at most."""
    return min(2 * limit, most)


def _lines(
    reading: Reading, want: Wanted, topic: str, part: Sequence[int], limit: int
) -> list[int]:
    if want.kind == "people":
        return lines_of_people(reading, _of(limit, _CAST))
    if want.kind == "parts":
        return lines_of_parts(reading, min(3 * limit, _PARTS))
    if want.part or part:
        places = part or chapter(reading, want)
        return lines_about(reading, places, _of(limit, _PART_LINES))
    return lines_about(reading, range(len(reading.rows)), _of(limit, _LINES), topic)


def _called(connection: sqlite3.Connection, work: str, inside: Collection[int]) -> list[SourceRow]:
    """The sources whose titles hold the words that a question calls a text by."""
    said = words.raw_tokens(work)
    said = [word for word in said if word.lower() not in ENGLISH_STOP] or said
    found = catalogue.titled(connection, said) if said else []
    return [row for row in found if row.id in inside]


def _headed(connection: sqlite3.Connection, work: str, inside: Collection[int]) -> list[SourceRow]:
    """The sources with a part whose heading says all that a question calls it by."""
    wished = content_stems(work)
    found = {
        row.source
        for row in text.headed(connection, words.raw_tokens(work))
        if row.source in inside and wished and wished <= content_stems(row.title)
    }
    return catalogue.by_ids(connection, sorted(found))


def _named(work: str, source: SourceRow) -> float:
    """The share of a title that a question names; 0 where it names anything else."""
    wished, title = _plain(work), _plain(source.title)
    return len(wished & title) / (len(title) or 1) if wished <= title else 0.0


def _names(work: str, source: SourceRow) -> bool:
    return not work or _named(work, source) > 0


def _is_title(work: str, source: SourceRow) -> bool:
    """Whether it is the title of a text, without what stands below a title at most."""
    main = _MAIN.match(source.title)
    titles = (source.title, main[0] if main else "")
    return _folded(work) in map(_folded, titles)


def _folded(title: str) -> list[str]:
    return [words.fold(raw) for raw, _, _ in words.spans(title)]


def _plain(what: str) -> frozenset[str]:
    return content_stems(what) or frozenset(words.raw_tokens(what.lower()))


def _speaks(reading: Reading, topic: str) -> bool:
    """Whether a text says all the words of a topic somewhere."""
    wished = content_stems(topic)
    return bool(wished) and wished <= frozenset().union(*reading.stems)


def _answer(
    connection: sqlite3.Connection, question: str, chosen: Sequence[tuple[Reading, int]]
) -> Answer | None:
    """An answer of these sentences, each with a quote of what stands around it."""
    made: list[AnswerSentence] = []
    held: list[Quote] = []
    for reading, at in chosen:
        row = reading.rows[at]
        number = next((n for n, quote in enumerate(held) if row in quote.engrams), len(held))
        if number == len(held):
            held.append(Quote(number, _grown(reading, at), 1.0))
        made.append(AnswerSentence(reading.lines[at], (number + 1,)))
    if not made:
        return None
    around = quotes.surroundings(connection, held)
    cue = Cue(question, "", (), frozenset())
    evidence = tuple(
        quotes.evidence(quote, n, _SURE, cue, around) for n, quote in enumerate(held, start=1)
    )
    of = sum(each.passages for each in around.sources.values())
    passages = {row.passage for quote in held for row in quote.engrams}
    seen = Coverage(len(passages), of, len(around.sources))
    return Answer(question, "quotes", False, _SURE, None, tuple(made), evidence, seen, 0.0)


def _part_words(chosen: Sequence[tuple[Reading, int]]) -> str:
    """Which parts of a text the sentences are from: “Taken from “Walden”: “Solitude”.”"""
    reading = chosen[0][0]
    sections = (reading.sections[reading.rows[at].section].title for _, at in chosen)
    titles = ", ".join(dict.fromkeys(f"“{' '.join(title.split())}”" for title in sections))
    return f"Taken from “{reading.source.title}”: {titles}."


def _lacks(reading: Reading, want: Wanted) -> str:
    """What to say where a text does not have the part or the people that are asked for."""
    title = f"“{reading.source.title}”"
    if want.part and not (parts := _titled(reading)):
        return f"No {want.part}s can be told apart in {title}: ask about what it says."
    if want.part and not chapter(reading, want):
        headings = [reading.sections[each].title.lower() for each in parts]
        have = sum(want.part in heading for heading in headings) or len(headings)
        return f"There is no such part in {title}: it has {have}."
    if want.kind == "people" and not reading.cast:
        return f"Nobody is named often in {title}: ask about somebody by name."
    return ""


def _which(connection: sqlite3.Connection, inside: Collection[int]) -> Answer:
    """The answer that asks back which source is meant."""
    first = catalogue.by_ids(connection, sorted(inside)[:_OFFERED])
    titles = ", ".join(f"“{row.title}”" for row in first)
    titles += " …" if len(inside) > len(first) else ""
    which = f"Which of your {len(inside)} sources do you mean: {titles}?"
    return replace(_unanswered("", which), mode="none")


def _unanswered(question: str, suggestion: str) -> Answer:
    return Answer(
        question, "quotes", True, 0.0, None, (), (), Coverage(0, 0, 0), 0.0, suggestion=suggestion
    )


def _grown(reading: Reading, at: int) -> tuple[EngramRow, ...]:
    """A sentence with those that follow it in its passage, as far as a quote goes."""
    rows = [reading.rows[at]]
    total = len(reading.lines[at].split())
    for row in reading.rows[at + 1 : at + MOST_SENTENCES]:
        total += len(row.text.split())
        if row.passage != rows[0].passage or total > MOST_WORDS:
            break
        rows.append(row)
    return tuple(rows)


def _compared(question: str, pair: tuple[str, str], ask: Callable[[str], Answer]) -> Answer:
    """What is said of both, then of each: the first sentences of three answers.

    It is as sure as what is said of both. That each of them is known tells that much is said of
    it, and not how they differ.
    """
    both = ask(question)
    sides = [ask(f"What is known about {each}?") for each in pair]
    if any(side.abstained for side in sides):
        return both
    sentences: dict[str, AnswerSentence] = {}
    evidence: list[Evidence] = []
    for found, most in ((both, 2), (sides[0], 2), (sides[1], 2)):
        for said in () if found.abstained else found.sentences[:most]:
            cited = [item for item in found.evidence if item.n in said.citations]
            numbers = []
            for item in cited:
                there = next((e.n for e in evidence if e.engrams == item.engrams), 0)
                if not there:
                    there = len(evidence) + 1
                    evidence.append(replace(item, n=there))
                numbers.append(there)
            sentences.setdefault(said.text, replace(said, citations=tuple(numbers)))
    took = sum(each.milliseconds for each in (both, *sides))
    sure = min(each.confidence for each in (both, *sides))
    return replace(
        both, mode="quotes", abstained=False, confidence=sure, suggestion="", milliseconds=took,
        sentences=tuple(sentences.values()), evidence=tuple(evidence),
        value=None if both.abstained else both.value,
    )  # fmt: skip
