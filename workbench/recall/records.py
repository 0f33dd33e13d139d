"""What a question gets: an answer of quotes or written sentences, each with its evidence.

The field names are those of `ask --json`, which scripts rely on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbench.memory.facts.records import Fact, Value
from workbench.memory.reflex.records import Hit

#: The tag of evidence that holds orders to a program.
MARKED = "addresses a model"
#: From the first confidence on it is an answer (of those to questions of fourteen sets 86 % were
#: right), from the second a possible one; below are the closest passages.
LIKELY, POSSIBLE = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class SourceRef:
    """The source of a quote."""

    id: int
    key: str | None
    title: str
    path: str | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a quote: `text[start:end]` of the source's text are its words.

    `page` counts from 1; `page_label` is the printed one; `box` as in `ingest.records`. `share` is
    how far into a long text without pages and chapters it is, 0 to 1.
    """

    page: int | None
    page_label: str | None
    chapter: str | None
    start: int
    end: int
    seconds: float | None = None
    box: tuple[float, float, float, float] | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A sentence that contains the words of a search; `marks` are their spans in its `text`."""

    engram: int
    source: SourceRef
    place: Place
    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, start: int, end: int) -> "SearchHit":
        """The sentence with one span marked."""
        return replace(self, marks=((start, end),))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found: `total` sentences in `sources` sources, the first of them as `hits`."""

    query: str
    total: int
    sources: int
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path to a quote: a sentence, and the `name` in it that leads on.

    The last step is the quote itself, whose name leads nowhere further and is "". `[start, end)` is
    its place in the text of the source.
    """

    name: str
    engram: int
    sentence: str
    source: int
    title: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place that says what a quote says, word for word: `[start, end)` of a source."""

    engram: int
    source: int
    title: str
    chapter: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verbatim quote, at most three sentences and 80 words.

    `n` counts from 1 and is what citations name. `engram` is its first sentence's id, `engrams`
    all of them. `score` is the probability that it bears on the question. `tiers` gives each
    tier's share, 0 to 1, 0 where the tier did not find it. `before` and `after` are the words
    around it, for context on a card. `reasons` are short sentences (with `explain`).
    `highlights` are spans in `quote` of the words that answer or match. `via` is what led to it
    where the words of the question alone would not have, and `path` all of the way, from the first
    sentence that leads on to the quote; empty where the words led there. `places` counts the other
    places that say the same word for word, and `elsewhere` are the first of them, other sources
    before others: what is said again and again is one quote.
    """

    n: int
    engram: int
    quote: str
    score: float
    tags: tuple[str, ...]
    tiers: Mapping[str, float]
    source: SourceRef
    locator: Place
    engrams: tuple[int, ...] = ()
    before: str = ""
    after: str = ""
    reasons: tuple[str, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    via: Step | None = None
    path: tuple[Step, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    places: int = 0

    def _repr_html_(self) -> str:
        from workbench.recall.wording import evidence_html

        return evidence_html(self)


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer with the numbers of the evidence that it cites."""

    text: str
    citations: tuple[int, ...]
    supported: bool = True


@dataclass(frozen=True, slots=True)
class Brought:
    """A concept that the brain brought up beside an answer; `strength` is from 0 to 1.

    `tag` says what stands behind it, as in `Lit`, and `trail` are the names on the way to it. What
    nobody wrote has its `path` in words and its odds, measured, in `odds`.
    """

    concept: int
    name: str
    tag: str
    strength: float
    trail: tuple[str, ...]
    path: str = ""
    odds: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was looked at: passages quoted, of passages in scope, from how many sources."""

    passages: int
    of: int
    sources: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    `mode` is quotes, written or none (nothing to answer from). When `abstained`, there is no
    answer: `sentences` is empty, `value` None, and `evidence` are only the nearest passages.
    `value` is the bare thing asked for where the question asks for one. `told` is the fact that
    gives it where somebody told one; its words are not among the evidence, which is of sources, and
    there may be no evidence beside it. A question that asks several things has the values of
    their answers in `value`, “; ” between, and later facts in `also_told`. `suggestion` is one
    sentence on what is missing and what to do next after an abstention, and `near` are told facts
    that come close then. Where a depth was asked for, `depth` is the one
    used and `recalled` what came to mind by reflex, told or read.

    Where a language model was asked, `model` names it and `prompt` the version of what it was
    asked; `cut` counts evidence that did not fit into what it reads, `note` is one sentence on
    anything that went otherwise than wished (no server, broken off, stopped, left out), with what
    to do next in `hint`. Where the brain took part, `brought` is what it brought up, strongest
    first, and `thought` how long that took, in milliseconds.

    `differs` are the values of two sources that do not agree, the newest first where both have a
    date.

    A follow-up has the subject that it took from the turns before in `about`, and the whole
    question that was looked up in `asked_as`; `others` are subjects that it could mean as well.
    """

    question: str
    mode: str = "quotes"
    abstained: bool = False
    confidence: float = 0.0
    value: str | None = None
    sentences: tuple[AnswerSentence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    coverage: Coverage = Coverage(0, 0, 0)
    milliseconds: float = 0.0
    suggestion: str = ""
    told: Value | None = None
    also_told: tuple[Value, ...] = ()
    near: tuple[Fact, ...] = ()
    scope: Mapping[str, object] = field(default_factory=dict)
    id: int | None = None
    depth: str = ""
    recalled: tuple[Hit, ...] = ()
    model: str = ""
    prompt: str = ""
    cut: int = 0
    note: str = ""
    hint: str = ""
    brought: tuple[Brought, ...] = ()
    thought: float = 0.0
    differs: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether what is said is too unsure for an answer."""
        certainty = self.told is not None and not self.sentences
        return not self.abstained and not certainty and self.confidence < LIKELY

    about: str = ""
    asked_as: str = ""
    others: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The told facts that answer."""
        return tuple(item.fact for item in (self.told, *self.also_told) if item is not None)

    def _repr_html_(self) -> str:
        from workbench.recall.wording import html

        return html(self)


@dataclass(frozen=True, slots=True)
class SourceDifference:
    """Two sentences of sources that give different values for one thing, the earlier source first.

    The value is highlighted in each. `state` is "open", or what somebody made of it: "settled", or
    "dismissed" where it is no difference.
    """

    first: Evidence
    second: Evidence
    state: str = "open"


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A sentence of a source and one of its dates, which is marked in it.

    The date goes from `first` to `last`, both included, as ISO 8601 writes days (“1885-05-12”),
    months (“1885-05”) and years (“1885”, “-0145” for 146 BC). `doubt` says why it is uncertain, one
    of `timeline.DOUBTS`, and is "" where it is certain.
    """

    first: str
    last: str
    sentence: SearchHit
    doubt: str = ""

    @property
    def date(self) -> str:
        """The date in one piece: “1885-05-04/1885-05-10” for a span."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class Chronology:
    """Dated statements in the order of time: the first of them, and how many there are in all.

    `unplaced` counts dates that have no year, or are of another calendar.
    """

    statements: tuple[DatedStatement, ...]
    total: int
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a source is about, None where nothing tells, and questions that it answers."""

    about: Answer | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says to one question.

    `state` is "empty" where it was not asked yet, "answer", "possible" where that is in doubt,
    "unstated" where the source does not answer, or "corrected" by a person.
    `text` is the value or the sentence, empty where nothing is stated or asked. `evidence` is the
    quote with its place; where nothing is stated, the nearest passage, None where there is none.
    `confidence` is the probability that the text answers. `original` is what stood there before a
    person corrected it, empty where nothing did.
    """

    source: int
    question: str
    state: str = "empty"
    text: str = ""
    confidence: float = 0.0
    evidence: Evidence | None = None
    original: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """What one source says to the questions of a table, a cell for each in their order."""

    source: SourceRef
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Sources in rows, questions in columns.

    With a `collection` its sources are rows as well, as they come and go.
    """

    name: str
    questions: tuple[str, ...]
    rows: tuple[TableRow, ...]
    collection: str | None = None

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        return (cell for row in self.rows for cell in row.cells)

    @property
    def unfilled(self) -> int:
        """How many cells were not asked yet."""
        return sum(cell.state == "empty" for cell in self.cells)
