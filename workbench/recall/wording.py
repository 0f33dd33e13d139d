"""Locations and references as text, for the window, exports and the clipboard."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Protocol

from ingest import speakers
from ingest.patterns import later
from workbench.recall.records import Answer, Elsewhere, Evidence, Place, SourceRef

_CHAPTER = later(
    r"^\s*(?:chapter|chap\.|ch\.|kapitel|chapitre|cap[ií]tulo|capitolo|глава)\s+"
    r"([0-9]{1,4}|[ivxlcdm]{1,8})\b",
    re.IGNORECASE,
)
_NUMBERED = later(r"^\s*([0-9]{1,3})(?:[.:)]|\s{1,3})\s*\D")
_JOINT = " · "
#: Maximum other locations in a note.
_REPEATS = 3
#: Kinds of sources that may be long without chapters and pages, and what they are called.
_LONG = {"text": "text", "markdown": "text", "epub": "book"}
#: Maximum characters of a chapter's title, and of a speaker line.
_LONGEST_CHAPTER, _LONGEST_SPEAKER = 40, 120
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#"})
_EMPHASIS = {"": "", "mark": "", "bold": "**", "italic": "*"}

_INNER = str.maketrans('“”"', "‘’’")
_NO_PERSON: Mapping[int, str] = MappingProxyType({})


class Titled(Protocol):
    """A source, or a record with its title and kind."""

    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...


def chapter_number(path: str) -> str | None:
    """The number in a chapter's title ("Chapter IX. The Whale" -> "IX"), if any.

    In a path of titles ("Part Two · 8. The Night · Replay") the first one counts.
    """
    for title in path.split(_JOINT):
        match = _CHAPTER.match(title) or _NUMBERED.match(title)
        if match:
            return match[1].upper() if match[1].isalpha() else match[1]
    return None


def chapter_name(title: str) -> tuple[str, str] | None:
    """The number and name in a title with "chapter", as in most novels."""
    match = _CHAPTER.match(title)
    name = title[match.end() :].lstrip(" .:–—-").removesuffix(".") if match else ""
    return (match[1], name) if match and name else None


def chapter_parts(path: str) -> list[str]:
    """A chapter's path, abbreviated: ["8", "Replay"], a number replaces its own title."""
    parts = [" ".join(title.split()) for title in path.split(_JOINT)]
    for at, title in enumerate(parts):
        numbered = chapter_number(title)
        if numbered:
            parts[at] = numbered
            break
    return parts


def chapter_words(path: str | None, title: str = "", longest: int = _LONGEST_CHAPTER) -> str:
    """A chapter, abbreviated: "ch. 9", "ch. 8 · Replay", else its title, truncated to `longest`.

    Without a first heading that is the `title` of the source, which is cited beside it.
    """
    first, _, inner = (path or "").partition(_JOINT)
    heading, name = ([*filter(str.isalnum, text.casefold())] for text in (first, title))
    if heading == name:
        path = inner
    parts, numbered = chapter_parts(path or ""), chapter_number(path or "")
    if numbered:
        parts[parts.index(numbered)] = f"ch. {numbered}"
    words = _JOINT.join(parts)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def other_places(evidence: Evidence) -> str:
    """The number of other occurrences of a quote: “7 other places say the same”."""
    if evidence.places == 1:
        return "1 other place says the same"
    return f"{evidence.places} other places say the same"


def elsewhere_words(place: Elsewhere) -> str:
    """Another location as text: its source's title, and its chapter if any."""
    return ", ".join(filter(None, (place.title, chapter_words(place.chapter, place.title))))


def repeat_note(evidence: Evidence) -> str:
    """One sentence on the other occurrences of a quote, with the first of them."""
    entities = list(dict.fromkeys(map(elsewhere_words, evidence.elsewhere)))
    more = "; …" if len(entities) > _REPEATS or evidence.places > len(evidence.elsewhere) else "."
    return f"{other_places(evidence)}: {'; '.join(entities[:_REPEATS])}{more}"


def page_words(place: Place, kind: str) -> str:
    """A page as text: its printed label, and for a PDF its number in the file, if different."""
    if place.page is None and not place.page_label:
        return ""
    if kind == "image" and place.page == 1:
        # A picture is one page; only a scan of several has others.
        return ""
    label = place.page_label or str(place.page)
    other = kind == "pdf" and label != str(place.page)
    return f"p. {label} (PDF {place.page})" if other else f"p. {label}"


def time_words(seconds: float) -> str:
    """A time in a recording: 12:41 or 1:02:07."""
    full = int(seconds)
    hours, minutes, remainder = full // 3600, full // 60 % 60, full % 60
    return f"{hours}:{minutes:02}:{remainder:02}" if hours else f"{minutes}:{remainder:02}"


def place_words(place: Place, source: Titled) -> str:
    """The location of a quote beside its source's title: "ch. 9, p. 141 (PDF 153)"."""
    kind = source.kind
    longest = _LONGEST_SPEAKER if kind in speakers.KINDS else _LONGEST_CHAPTER
    chapter = chapter_words(place.chapter, source.title, longest)
    parts = [*filter(None, (chapter, page_words(place, kind)))]
    if place.seconds is not None:
        parts.append(time_words(place.seconds))
    if not parts and place.share is not None and kind in _LONG:
        parts.append(f"{place.share:.0%} of the {_LONG[kind]}".replace("%", " %"))
    return ", ".join(parts)


def quoted(words: str) -> str:
    """Words in double quotation marks; inner ones become single."""
    inner = words.removeprefix("“").removesuffix("”")
    if len(words) - len(inner) < 2 or any(mark in inner for mark in "“”"):
        # A straight mark is an opening one unless a word or punctuation precedes.
        inner = re.sub(r'(?<![\w.,;:!?…])"', "‘", words).translate(_INNER)
    return f"“{inner}”"


def reference(source: SourceRef, place: Place, author: str = "") -> str:
    """A source and a location as a line of a reference list."""
    location = place_words(place, source)
    entity = f"{author}, {source.title}" if author else source.title
    return f"{entity}, {location}" if location else entity


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an exported answer: runs in order, each "", "bold", "italic" or "mark".

    `kind` is "heading", "text", "quote" (of a source) or "item" (evidence, with its number).
    """

    kind: str
    words: tuple[tuple[str, str], ...]


def blocks(
    answer: Answer,
    authors: Mapping[int, str] = _NO_PERSON,
    citations: Mapping[int, str] = _NO_PERSON,
) -> list[Block]:
    """The answer with its references, by paragraph, for all document formats.

    `authors` are those of the sources, by id; `citations` are in a style, by number of evidence.
    """
    outputs = [Block("heading", ((answer.question, ""),))]
    if answer.note and answer.mode == "quotes":
        outputs.append(_text(answer.note))
    if answer.value and not answer.possible:
        outputs.append(Block("text", ((answer.value, "bold"),)))
    for fact in answer.facts:
        by = ", ".join(fact.sources) or "you"
        outputs.append(_text(f"“{fact.text}” (told by {by}, {_day(fact.at)})"))
    composed = answer.mode == "written"
    unsure = answer.possible and not composed and not answer.differs
    for sentence in () if unsure else answer.sentences:
        if sentence.heading:
            outputs.append(Block("text", ((sentence.heading, "bold"),)))
        marks = "".join(f" [{n}]" for n in sentence.citations)
        doubt = "" if sentence.supported else " (unsupported)"
        tokens = (" ".join(sentence.text.split()), ""), (f"{marks}{doubt}", "mark")
        outputs.append(Block("text" if composed else "quote", tokens))
    if composed:
        outputs.append(_text(f"Written by {answer.model} from these quotes:"))
    if answer.abstained:
        closest = " The closest passages:" if answer.evidence else ""
        outputs.append(_text(f"Not in your sources.{closest}"))
    elif unsure:
        kind = "passages" if answer.sentences else "statements"
        outputs.append(_text(f"These {kind} may answer:"))
        outputs += [_text(f"“{fact.text}”") for fact in answer.near]
    for item in answer.evidence:
        if item.n in citations:
            outputs.append(Block("item", ((f"{item.n}. “{item.quote}” {citations[item.n]}", ""),)))
            continue
        location = place_words(item.locator, item.source)
        author = authors.get(item.source.id, "")
        head = f"{item.n}. {author}, " if author else f"{item.n}. "
        remainder = f", {location}: “{item.quote}”" if location else f": “{item.quote}”"
        outputs.append(Block("item", ((head, ""), (item.source.title, "italic"), (remainder, ""))))
    return outputs


def markdown(
    answer: Answer,
    authors: Mapping[int, str] = _NO_PERSON,
    citations: Mapping[int, str] = _NO_PERSON,
) -> str:
    """The answer with its references as Markdown, for Copy with references."""
    start_offset = {"heading": "## ", "quote": "> "}
    text = ""
    for block in blocks(answer, authors, citations):
        words = "".join(
            f"{mark}{wording if manner == 'mark' else escaped(wording)}{mark}"
            for wording, manner in block.words
            for mark in [_EMPHASIS[manner]]
        )
        text += f"{start_offset.get(block.kind, '')}{words}" + (
            "\n" if block.kind == "item" else "\n\n"
        )
    return text.rstrip() + "\n"


def escaped(text: str) -> str:
    """The text with Markdown characters escaped."""
    return text.translate(_MARKDOWN)


def _text(words: str) -> Block:
    return Block("text", ((words, ""),))


def rich_text(answer: Answer, authors: Mapping[int, str] = _NO_PERSON) -> str:
    """The answer with its references as HTML, which word processors paste."""
    outputs = list[str]()
    for block in blocks(answer, authors):
        words = "".join(_RICH[manner].format(escape(wording)) for wording, manner in block.words)
        outputs.append(_PARAGRAPHS[block.kind].format(words))
    return "".join(outputs)


#: The HTML of runs and of paragraphs; a reference hangs, as in a list.
_RICH = {"": "{}", "mark": "{}", "bold": "<b>{}</b>", "italic": "<i>{}</i>"}
_PARAGRAPHS = {
    "heading": "<h2>{}</h2>",
    "text": "<p>{}</p>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "item": '<p style="margin-left:0.75cm; text-indent:-0.75cm">{}</p>',
}


def html(answer: Answer) -> str:
    """The answer as HTML, for notebooks."""
    outputs = [f"<p>{_html(answer.question)}</p>"]
    if answer.note:
        outputs.append(f"<p>{_html(answer.note)}</p>")
    if answer.value:
        outputs.append(f"<p><b>{_html(answer.value)}</b></p>")
    outputs += [f"<blockquote>{_html(fact.text)}</blockquote>" for fact in answer.facts]
    for sentence in answer.sentences:
        marks = "".join(f" [{n}]" for n in sentence.citations)
        outputs.append(f"<p>{_html(sentence.text)}{marks}</p>")
    if answer.abstained:
        outputs.append(f"<p>{_html(answer.suggestion or 'Not in your sources.')}</p>")
    return "".join((*outputs, *map(evidence_html, answer.evidence)))


def evidence_html(evidence: Evidence) -> str:
    """A quote with its citation as HTML."""
    cited = reference(evidence.source, evidence.locator)
    return (
        f"<blockquote>{_html(evidence.quote)}<br>"
        f"<cite>[{evidence.n}] {_html(cited)}</cite></blockquote>"
    )


def _html(text: str) -> str:
    return escape(" ".join(text.split()))


def _day(seconds: float) -> str:
    past = time.localtime(seconds)
    return f"{past.tm_mday} {time.strftime('%B %Y', past)}"
