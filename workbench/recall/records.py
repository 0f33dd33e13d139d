"""Public records of answers: quotes or written sentences, with their evidence.

The field names are those of `ask --json`, which scripts rely on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbench.memory.facts.records import Fact, Value
from workbench.memory.reflex.records import Hit

#: The tag of evidence with instructions to a program.
MARKED = "addresses a model"
#: The minimum confidence of an answer, of one that later turns and notes build on, and of passages
#: that may answer; below, nothing in the sources is near.
LIKELY, POSSIBLE, NEAR = 0.6, 0.3, 0.01
#: The default number of quotes of an answer.
QUOTED = 5
#: Earlier answers of a conversation that a follow-up can refer to.
TURNS = 4


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
    """The location of a quote: `text[start:end]` of the source's text.

    `page` counts from 1; `page_label` is the printed one; `box` as in `ingest.records`. `share` is
    the relative position in a long text without pages and chapters, 0 to 1.
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
    """A sentence with all words of a search; `marks` are their spans in its `text`."""

    engram: int
    source: SourceRef
    place: Place
    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, start: int, end: int) -> "SearchHit":
        """The sentence with one marked span."""
        return replace(self, marks=((start, end),))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A search result: `total` sentences in `sources` sources, the first of them as `hits`."""

    query: str
    total: int
    sources: int
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path to a quote: a sentence, and the `name` in it that is followed.

    The last step is the quote itself, with the name "". `[start, end)` is its span in the source's
    text.
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
    """Another occurrence of a quote, word for word: `[start, end)` of a source."""

    engram: int
    source: int
    title: str
    chapter: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verbatim quote, at most six sentences and 160 words.

    `n` counts from 1 and is cited. `engram` is the id of its first sentence, `engrams` has all.
    `score` is the probability that it is relevant. `tiers` has each tier's share, 0 to 1, 0 if the
    tier did not find it. `before` and `after` are context for a card. `reasons` are short sentences
    (with `explain`). `highlights` are spans in `quote` of words that answer or match. `via` is the
    link to it if words alone did not find it, and `path` the steps from the first sentence to the
    quote, empty otherwise. `places` counts other occurrences, word for word, and `elsewhere` lists
    the first, other sources before others: a repeated text is one quote.
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
    """A sentence of the answer with the numbers of its cited evidence.

    `heading` stands above it in a study: of a part, or the question that it answers.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool = True
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A concept that the brain associated with an answer; `strength` is from 0 to 1.

    `tag` is its kind of evidence, as in `Lit`, and `trail` are the names on the path to it. An
    inferred association has its `path` in words, and its measured odds in `odds`.
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
    """The coverage: passages quoted, passages in scope, sources quoted."""

    passages: int
    of: int
    sources: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    `mode` is quotes, written or none (nothing to answer from). There are three states: an answer;
    `possible`, passages that may answer, with the best sentence of each in `sentences`; and
    `abstained`, not in the sources: `sentences` is empty, `value` None, and `evidence` are only the
    nearest passages. `value` is the requested value, if any. `told` is the fact with the value, if
    there is one; it is not in the evidence, which is from sources and may be empty. A compound
    question has the values of its parts in `value`, joined by “; ”, and further facts in
    `also_told`. `suggestion` is one sentence
    on what is missing and what to do next after an abstention, and `near` are close facts. If a
    depth was requested, `depth` is the one used and `recalled` the memories of reflex recall.

    If a language model was used, `model` is its name, `sent_to` the other computer that ran it (""
    for this one), and `prompt` the version of the prompt; `cut`
    counts evidence that exceeded its context, `note` is one sentence on problems (no server,
    interrupted, stopped, omitted), with the next step in `hint`. `brought` are associations of the
    brain, strongest first, and `thought` their time in milliseconds.

    `differs` are the values of two sources that disagree, the newest first if both are dated, or of
    a told statement and a source.

    A follow-up has the subject from previous turns in `about`, and the completed question in
    `asked_as`; `others` are alternative subjects.
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
    sent_to: str = ""
    prompt: str = ""
    cut: int = 0
    note: str = ""
    hint: str = ""
    brought: tuple[Brought, ...] = ()
    thought: float = 0.0
    differs: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the answer is too uncertain to be more than possible."""
        certainty = self.told is not None and not self.sentences
        return not self.abstained and not certainty and self.confidence < LIKELY

    @property
    def found(self) -> bool:
        """Whether the answer is sure enough for notes, follow-ups and statistics to build on."""
        told = self.told is not None
        return not self.abstained and (
            told or self.mode == "written" or self.confidence >= POSSIBLE
        )

    about: str = ""
    asked_as: str = ""
    others: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that answer."""
        return tuple(item.fact for item in (self.told, *self.also_told) if item is not None)

    def _repr_html_(self) -> str:
        from workbench.recall.wording import html

        return html(self)


@dataclass(frozen=True, slots=True)
class SourceDifference:
    """Two sentences of sources that disagree about one thing, the earlier source first.

    What differs is highlighted in each. `kind` is "value" for dates and numbers, and of two
    editions of one text "wording", "added" or "removed"; then one of the two has nothing
    highlighted, and stands before the place. `state` is "open", "settled", "first" or "second" if
    only that side holds, or "dismissed" if it is no difference.
    """

    first: Evidence
    second: Evidence
    state: str = "open"
    kind: str = "value"


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A sentence of a source and one of its dates, which is marked in it.

    The date is from `first` to `last`, inclusive, as ISO 8601 days (“1885-05-12”), months
    (“1885-05”) and years (“1885”, “-0145” for 146 BC). `doubt` is the kind of uncertainty, one of
    `timeline.DOUBTS`, "" if certain.
    """

    first: str
    last: str
    sentence: SearchHit
    doubt: str = ""

    @property
    def date(self) -> str:
        """The date as one string: “1885-05-04/1885-05-10” for a span."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def date_to_read(self) -> str:
        """The date with “146 BC” for “-0145”."""
        return "/".join(
            f"{1 - int(iso_date)} BC"
            if iso_date.startswith("-") or iso_date == "0000"
            else iso_date
            for iso_date in self.date.split("/")
        )


@dataclass(frozen=True, slots=True)
class Chronology:
    """Dated statements in order of time: the first of them, and their total number.

    `unplaced` counts dates without a year.
    """

    statements: tuple[DatedStatement, ...]
    total: int
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a source is about, None if unknown, and questions that it answers."""

    about: Answer | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer of one source to one question.

    `state` is "empty" before asking, "answer", "possible" if doubtful, "unstated" if the source
    does not answer, or "corrected" by a person. `text` is the value or the sentence, empty if there
    is none. `evidence` is the quote with its location, or else the nearest passage, if any.
    `confidence` is the probability that the text answers. `original` is the text before a
    correction, empty if there was none.
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
    """The answers of one source to the questions of a table, one cell each, in order."""

    source: SourceRef
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Sources in rows, questions in columns.

    With a `collection` its current sources are rows as well.
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
        """The number of unasked cells."""
        return sum(cell.state == "empty" for cell in self.cells)
