"""Chunks as concepts: strips determiners, finds heads, resolves pronouns and short names."""

from dataclasses import dataclass, field

from ingest.triples import nouns, words
from ingest.triples.chunking import Chunk, Row
from ingest.triples.context import Context, Phrase
from ingest.triples.records import Term, Triple
from ingest.triples.tokens import Token
from ingest.triples.words import CLASSES

_UNMARKED = CLASSES["unmarked"]


@dataclass(slots=True)
class Line:
    """A sentence being read: tokens, tags, and the triples so far."""

    tokens: list[Token]
    words: list[str]
    tags: str
    offset: int
    context: Context
    question: bool
    row: Row
    triples: list[Triple] = field(default_factory=list)
    #: Phrase id -> the phrase it was identified with: a modifier of it ("a film directed by …")
    #: applies to that.
    predicatives: dict[int, Chunk] = field(default_factory=dict)

    def low(self, place: int) -> str:
        """The token at this index in lower case."""
        return self.words[place].lower()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of these tokens in the passage."""
        return self.offset + self.tokens[start].start, self.offset + self.tokens[end - 1].end


def term(chunk: Chunk, phrase: Phrase, line: Line) -> Term:
    """The phrase with its span."""
    start, end = line.span(chunk.start, chunk.end)
    return Term(
        phrase.text, start, end, phrase.head, phrase.kind,
        nouns.concept_kind(phrase.head, phrase.kind),
    )  # fmt: skip


def phrase(
    chunk: Chunk, line: Line, subject: bool = False, besides: str | None = None
) -> Phrase | None:
    """The concept of a noun phrase, or None.

    `besides` is excluded as the antecedent of a pronoun.
    """
    tags, start, end = line.tags, chunk.start, chunk.head_end()
    single, head, tag = end - start == 1, chunk.head, chunk.head_tag
    if chunk.of and (head in words.CLASSES["partitive"] or tag == "C"):
        return phrase(chunk.of, line, subject, besides)
    if single and tag == "P":
        return _pronoun(line, chunk, subject, besides)
    if single and head in _UNMARKED and not chunk.of:
        return Phrase(chunk.text, head, 0.3, "pronoun")
    if (single and tag == "S") or (tag not in "CYm" and head in nouns.FILLER):
        return None
    while start < end - 1 and (tags[start] == "D" or (tags[start] == "R" and start < end - 2)):
        start += 1
    return _nominal(chunk, line, start, subject)


def _pronoun(line: Line, chunk: Chunk, subject: bool, besides: str | None) -> Phrase | None:
    word, context = chunk.first_word, line.context
    if word == "there":
        return None
    referent = context.resolve(word, line.span(chunk.start, chunk.end)[0], besides)
    if referent:
        certainty = 1.0 if subject or context.title or context.speaker else 0.8
        return referent.phrase(referent.confidence * certainty)
    return Phrase(line.words[chunk.start], word, 0.3, "pronoun")


def _nominal(chunk: Chunk, line: Line, start: int, subject: bool) -> Phrase | None:
    tags, context, end = line.tags, line.context, chunk.head_end()
    low, tag = chunk.head, chunk.head_tag
    owner = ""
    if tags[start] == "S":
        referent = context.resolve(line.words[start], line.span(start, start + 1)[0])
        if referent and referent.confidence >= 0.8 and tag == "N":
            owner = f"{referent.name}'s "
        start += 1
    text = owner + " ".join(line.words[start:end]).replace(" 's", "'s")
    segment = tags[start:end]
    if not segment.strip("Y") or ("m" in segment and not segment.strip("CmY,")):
        return Phrase(text, low, 1.0, "date")
    if tag == "C":
        return Phrase(text, low, 1.0, "number")
    if tag == "E":
        return _name(line, start, end - 1, subject)
    if _denotes_title(chunk, line, low, end):
        return Phrase(context.title or "", low, 0.85, "name")
    if chunk.of:
        inner = chunk.cut(chunk.of.start, max(chunk.end, chunk.innermost().end))
        text += f" of {inner.text}"
    certainty = 0.6 if low in nouns.LIGHT else 1.0
    if low.endswith("ing") and end - 1 == chunk.start and not subject:
        certainty *= 0.5
    if tag not in "NG":
        certainty *= 0.85 if chunk.first_tag == "D" and end - 1 > chunk.start else 0.6
    return Phrase(text, low, certainty, "noun")


def _denotes_title(chunk: Chunk, line: Line, low: str, end: int) -> bool:
    """ "The film" in a passage whose title is a film's."""
    context = line.context
    return (
        context.title is not None
        and context.title_gender == "n"
        and chunk.first_tag == "D"
        and chunk.first_word in ("the", "this")
        and end - chunk.start == 2
        and not chunk.of
        and (
            low in context.kind_words or (low in nouns.WORK and low in context.title.lower())
        )
    )  # fmt: skip


def _name(line: Line, start: int, head: int, subject: bool) -> Phrase:
    tags = line.tags
    first = head
    while first > start and _goes_on(line, first):
        first -= 1
    name = " ".join(line.words[first : head + 1])
    preceding = line.low(first - 1) if first > start else ""
    gender = nouns.gender(preceding)
    the = first > 0 and line.low(first - 1) == "the"
    if not gender and the and line.low(head).endswith("s"):
        # "The Lucases", "the Thames": no single person.
        gender = "n"
    # A name inside a longer phrase ("the Bond film") is not its topic.
    recorded = line.context.see(name, gender, subject and tags[head] == "E")
    return Phrase(recorded, line.low(head), 1.0, "name")


def _goes_on(line: Line, first: int) -> bool:
    """Whether the token before this one belongs to the same name."""
    tag, word = line.tags[first - 1], line.words[first - 1]
    return (
        tag in "EmY"
        or (tag == "C" and word[-2:] in ("st", "nd", "rd", "th") and line.tags[first] == "E")
        or (tag == "J" and word[0].isupper())
    )
