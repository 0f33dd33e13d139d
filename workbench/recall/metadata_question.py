"""Parses metadata questions: authors, years, venues and references of sources.

Titles, authors and venues are masked, and the rest is parsed as any question: “Who wrote X?” asks
for the subject of writing, “Which papers cite X?” for that of citing. A question for a list of
works must have no other words, so that “Which papers of 2015 count eels?” searches the texts.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile, product, takewhile

from ingest.language.nouns import singular
from ingest.language.numerals import months
from ingest.language.questions import Question, questions_of
from ingest.language.records import Phrase
from ingest.language.verbs import forms
from ingest.language.word_lists import classes
from ingest.patterns import later
from workbench.memory import words
from workbench.recall.named_source import NamedSource
from workbench.store.records import SourceRow

#: The start of a subtitle: “Moby-Dick; or, The Whale”.
_SUBTITLE = later(r"[;:(–—]|,\s+or\b|\s+-\s+")
_YEAR = later(r"(?:1[4-9]|20)\d\d")
_DATE = later(
    r"(?i)\b(?:1[4-9]|20)\d\d-\d\d-\d\d\b|(?:\b(?:(?P<before>\d\d?)(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?P<month>{'|'.join(sorted(months('en'), key=len, reverse=True))})\b"
    r"(?: (?P<after>\d\d?)(?:st|nd|rd|th)?)?,? )?\b(?P<year>(?:1[4-9]|20)\d\d)\b"
)
#: Placeholders for a title, an author and a venue during parsing.
_WORK, _PERSON, _PLACE = "Titulus", "Ostrander", "Ventoria"
_QUOTES = "“”\"‘’'«»"
_ARTICLES = frozenset(("the", "a", "an"))
_OUT = frozenset(("out", "the"))
_MAILS = frozenset(("mail", "e-mail", "email", "message", "letter"))
#: Nouns and the adverb for any work, also for mails.
_ANY_WORK = ("source", "document", "text", "where")
#: Fields that are named by a noun; also names of noun classes.
_NOUNS = (
    *("author", "date", "venue", "references", "doi", "publisher", "editors", "volume", "issue"),
    "url",
)
#: Fields with the number of a proposal: “Who wrote RFC 88?”
_NUMBERED = ("rfc", "pep", "jep", "number")
#: Maximum characters of a question, and words of a used thing.
_LONGEST, _LONGEST_TOPIC = 300, 5


@dataclass(frozen=True, slots=True)
class MetadataQuestion:
    """A parsed question: a `field` of the `works` that it names, or a list of works.

    The field is "works" for a list: by an `author`, of a `date` such as “2015”, “2015-06” or a day
    (`relation`: in, since, after, before, until), of a `venue`, that cite `title` (`cites`),
    mention `topic` or use it (`uses`);
    `mails` only or excluded, None for both; `counts` for their number. A yes-no question has a
    `claim` about the field. `unknown` is a title that no source has. `introduced`: the work is “the
    report on …”, which a text may mean as well. `made`: it asks who built what `title` names.
    `named`: each of the works is meant.
    """

    field: str
    works: tuple[SourceRow, ...] = ()
    title: str = ""
    author: str = ""
    date: str = ""
    relation: str = "in"
    venue: str = ""
    topic: tuple[str, ...] = ()
    uses: bool = False
    cites: bool = False
    counts: bool = False
    mails: bool | None = False
    claim: str = ""
    unknown: str = ""
    introduced: bool = False
    made: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Masked:
    """A question with masked title, authors and venue."""

    question: str
    works: tuple[SourceRow, ...] = ()
    title: str = ""
    author: str = ""
    venue: str = ""
    introduced: bool = False
    named: bool = False
    #: A date in the question as ISO 8601, of which only the year is left there.
    date: str = ""


def may_concern(question: str) -> bool:
    """Whether a word of the question begins like a metadata word: few questions do."""
    is_short = len(question) <= _LONGEST
    return is_short and any(word[:4] in _beginnings() for word in folded(question))


def parsed(
    question: str, rows: Sequence[SourceRow], named: NamedSource | None = None
) -> MetadataQuestion | None:
    """Parse a question on these sources; None if it is of another kind."""
    question = question.strip().rstrip("?!. ")
    if topic := _topic(question, "en") or _topic(question, "de"):
        return topic
    if named is None:
        masked = _masked(question, rows)
    else:
        plain = named.replaced(_WORK).strip().rstrip("?!. ")
        title = named.rows[0].title
        masked = _Masked(plain, named.rows, title, introduced=named.introduced, named=True)
    when, date = _date(masked.question)
    if when and not masked.works:
        # The year alone is parsed: not “November 20, 2001”.
        year = masked.question.replace(when, date[:4])
        masked = replace(masked, question=year, date=date)
    plain = masked.question
    lead = classes("metadata.txt")["lead"]
    begin = next((row.start for row in words.tokens(plain) if row.raw.casefold() not in lead), 0)
    for pattern in (*questions_of(plain), *(questions_of(plain[begin:]) if begin else ())):
        result = (_field(pattern, masked) if masked.works else None) or _works(pattern, masked)
        if result is None and not masked.works:
            result = _unknown(pattern, question)
        if result is not None:
            return result
    return None


# -- words -----------------------------------------------------------------------------------------


def folded(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase."""
    return tuple(words.fold(token.raw) for token in words.tokens(phrase) if token.words)


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The words of fields and verbs, and these with function words and nouns for works."""
    lists = classes("metadata.txt")
    field_words = frozenset().union(*(lists[name] for name in lists if name not in lists["other"]))
    return field_words, field_words | lists["beside"] | lists["work"]


def _bases(word: str) -> set[str]:
    return {word, singular(word), *(form.verb for form in forms(word))}


@cache
def _beginnings() -> frozenset[str]:
    field_words, _ = _vocabulary()
    lists = [classes("metadata.txt", language) for language in ("en", "de")]
    names = ("work", "use", "mention", "fund", "built")
    others = (group[name] for group in lists for name in names if name in group)
    return frozenset({word[:4] for word in field_words.union(*others)})


def _bare_title(title: tuple[str, ...]) -> tuple[str, ...]:
    return title[1:] if len(title) > 1 and title[0] in _ARTICLES else title


# -- masking of names ------------------------------------------------------------------------------


def _masked(question: str, rows: Sequence[SourceRow]) -> _Masked:
    """The question with its longest matching title, an author and a venue masked."""
    tokens = [token for token in words.tokens(question) if token.words]
    sequence = [words.fold(token.raw) for token in tokens]
    works, start, end = _titled(sequence, rows)
    spans: list[tuple[int, int, str]] = []
    if works:
        quoted = (
            start and sequence[start - 1] in _ARTICLES and question[tokens[start - 1].start - 1]
        )
        start -= bool(quoted and quoted in _QUOTES)
        spans.append((start, end, _WORK))
    else:
        # A cited work may be absent: the rest is its title.
        cite = classes("metadata.txt")["cite"]
        start = next(
            (at for at, word in enumerate(sequence, 1) if _bases(word) & cite), len(sequence)
        )
        end = len(sequence)
        if 1 < start < end:
            spans.append((start, end, _WORK))
    title = question[tokens[start].start : tokens[end - 1].end] if spans else ""
    people = (person for row in rows for person in row.author.split(", "))
    venues = (row.metadata.get(name, "") for row in rows for name in ("venue", "publisher"))
    names = {}
    for mask, names_known in ((_PERSON, people), (_PLACE, venues)):
        for first, limit, name in _name_spans(
            tokens, set(map(folded, names_known)), mask == _PERSON
        ):
            if all(limit <= begin or first >= stop for begin, stop, _ in spans):
                names[mask] = name
                spans.append((first, limit, mask))
                break
    for first, limit, mask in sorted(spans, reverse=True):
        preceding = question[: tokens[first].start].rstrip(_QUOTES)
        question = f"{preceding}{mask}{question[tokens[limit - 1].end :].lstrip(_QUOTES)}"
    author, venue = names.get(_PERSON, ""), names.get(_PLACE, "")
    return _Masked(question, tuple(works), title, author, venue)


def _titled(sequence: Sequence[str], rows: Sequence[SourceRow]) -> tuple[list[SourceRow], int, int]:
    """The sources whose title is in a question, and its span in words."""
    _, vocabulary = _vocabulary()
    best, result, start, end = (0, False), list[SourceRow](), 0, 0
    for row in rows:
        whole = _bare_title(folded(row.title))
        head = _bare_title(folded(_SUBTITLE.split(row.title, maxsplit=1)[0]))
        keys = {whole} if row.kind == "mail" else {whole, head}
        numbers = [
            folded(f"{name} {value}")
            for name, value in row.metadata.items()
            if value.isdigit() and name in _NUMBERED
        ]
        for at, title in product(range(len(sequence)), (whole, *numbers)):
            pairs = zip(title, sequence[at:], strict=False)
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            reach = title[:shared]
            is_title = reach in keys or reach in numbers
            content = [word for word in reach if not _bases(word) & vocabulary]
            # A unique prefix of a long title suffices, if no other words continue it.
            following = sequence[at + shared : at + shared + 1]
            is_cut = bool(following) and not _bases(following[0]) & vocabulary
            if not content or not (is_title or (len(content) > 1 and not is_cut)):
                continue
            if (shared, is_title) > best:
                best, result, start, end = (shared, is_title), [row], at, at + shared
            elif (shared, is_title) == best and result[-1].id != row.id:
                result.append(row)
    if not best[1] and len({row.title.casefold() for row in result}) > 1:
        return [], 0, 0
    return result, start, end


def _name_spans(
    tokens: Sequence[words.Token], names: set[tuple[str, ...]], has_family: bool
) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of full names, then of family names."""
    sequence = [words.fold(token.raw) for token in tokens]
    for at, token in enumerate(tokens):
        for name in sorted(names - {()}, key=len, reverse=True):
            is_complete = len(name) > 1 or not has_family
            if is_complete and token.capital and tuple(sequence[at : at + len(name)]) == name:
                yield at, at + len(name), " ".join(name)
    families = {name[-1] for name in names if name} if has_family else set()
    for at, token in enumerate(tokens):
        if at and token.capital and sequence[at] in families:
            yield at, at + 1, sequence[at]


# -- parsing ---------------------------------------------------------------------------------------


def _is_work(phrase: Phrase | None) -> bool:
    """Whether a phrase is the masked title, perhaps with a noun for it."""
    if phrase is None:
        return False
    nouns = classes("metadata.txt")["work"]
    left = [
        word
        for word in folded(phrase.text)
        if word not in _ARTICLES and singular(word) not in nouns
    ]
    return left == [_WORK.casefold()]


def _field(pattern: Question, masked: _Masked) -> MetadataQuestion | None:
    """The requested field of a work, or the claim about one."""
    if not pattern.hole and not pattern.wh:
        claimed = _claim(masked)
        if claimed is not None:
            return claimed
    field = _field_by_noun(masked.question) or _field_name(pattern)
    if field is None:
        return None
    return MetadataQuestion(
        field, masked.works, masked.title, introduced=masked.introduced,
        made=field == "author" and pattern.clause.verb in classes("metadata.txt")["built"],
        named=masked.named,
    )  # fmt: skip


def _field_by_noun(question: str) -> str:
    """Match “Which journal published X?”, “Which publisher brought out X?”"""
    lists, sequence = classes("metadata.txt"), folded(question)
    if (
        len(sequence) < 3
        or sequence[0] not in ("which", "what")
        or sequence[-1] != _WORK.casefold()
    ):
        return ""
    if not all(_bases(word) & lists["published"] | {word} & _OUT for word in sequence[2:-1]):
        return ""
    return next((name for name in ("venue", "publisher") if sequence[1] in lists[name]), "")


def _field_name(pattern: Question) -> str | None:
    lists, clause = classes("metadata.txt"), pattern.clause
    subject, verb, hole = clause.subject, clause.verb, pattern.hole
    if verb == "be" and hole == "complement" and subject is not None:
        head = singular(subject.head)
        if subject.owner is not None and _is_work(subject.owner):
            return next((name for name in _NOUNS if head in lists[name]), None)
        is_headed = not pattern.wh and folded(subject.text)[:1] == (_WORK.casefold(),)
        return head if is_headed and head in lists else None
    if hole.startswith("to:") and verb == "be" and not pattern.noun:
        # “By whom was X written?”
        return None
    if not _is_work(clause.object if clause.object is not None else subject):
        return None
    is_out = verb == "be" or verb in lists["published"]
    if hole == "subject" and pattern.wh in ("who", "whom"):
        if verb in lists["author_verb"] | lists["presented"] | lists["built"]:
            return "author"
        return {"publish": "publisher", "edit": "editors"}.get(verb)
    if hole == "time" and is_out:
        return "date"
    if is_out and (hole == "place" or (hole[:3] == "to:" and pattern.noun in lists["venue"])):
        return "venue"
    cites = hole == "object" and verb in lists["cite"] and clause.object is None
    return "references" if cites else None


def _claim(masked: _Masked) -> MetadataQuestion | None:
    """The claim of a yes-no question: the author, date or venue of a work."""
    lists = classes("metadata.txt")
    sequence = [token for token in words.tokens(masked.question) if token.words]
    bases = set().union(*(_bases(words.fold(token.raw)) for token in sequence))
    _, vocabulary = _vocabulary()
    masks = {_WORK.casefold(), _PERSON.casefold(), _PLACE.casefold()}
    left = [
        token.raw
        for token in sequence
        if not _bases(words.fold(token.raw)) & (vocabulary | masks | {"at", "be", "do", "have"})
    ]
    claim = masked.author or masked.venue or " ".join(left)
    if not claim or (left and (masked.author or masked.venue)):
        return None
    if _YEAR.fullmatch(claim):
        field = "date" if bases & lists["published"] else ""
    elif masked.venue:
        field = "publisher" if "by" in bases else "venue"
    elif bases & (lists["author_verb"] | lists["author"]) or "by" in bases:
        field = "author"
    elif bases & lists["cite"]:
        field = "references"
    else:
        field = "venue" if bases & lists["published"] and claim[:1].isupper() else ""
    return MetadataQuestion(field, masked.works, masked.title, claim=claim) if field else None


def _works(pattern: Question, masked: _Masked) -> MetadataQuestion | None:
    """The requested works: by author, date, venue or citation."""
    lists, clause, plain = classes("metadata.txt"), pattern.clause, masked.question
    noun, counts = pattern.noun, pattern.hole == "count"
    if not noun and not pattern.wh and clause.verb == "be" and clause.subject is not None:
        noun = singular(clause.subject.head)
    is_object_question = (
        pattern.wh == "what" and clause.verb in lists["author_verb"] | lists["published"]
    )
    cites = clause.verb in lists["cite"] and pattern.hole in ("subject", "count")
    if noun not in lists["work"] and not (is_object_question and masked.author) and not cites:
        return None
    if cites and clause.object is not None:
        is_title = _is_work(clause.object)
        cited = MetadataQuestion("works", masked.works, masked.title, cites=True, counts=counts)
        return cited if is_title else None
    date, year = masked.date, masked.date[:4]
    author = masked.author if _PERSON in plain else ""
    if not (date or author or masked.venue) or (masked.works and _WORK in plain):
        return None
    if author and noun in _MAILS:
        # `correspondence` lists what somebody wrote without what is quoted in it.
        return None
    _, vocabulary = _vocabulary()
    allowed = vocabulary | {_PERSON.casefold(), _PLACE.casefold(), year}
    if any(not _bases(word) & allowed for word in folded(plain)):
        return None
    preceding = folded(plain[: plain.find(year)])[-1:] if year else ()
    relations = ("since", "after", "before", "until")
    relation = next((word for word in preceding if word in relations), "in")
    return MetadataQuestion(
        "works", author=author, date=date, relation=relation,
        venue=masked.venue, counts=counts, mails=noun in _MAILS,
    )  # fmt: skip


def _date(question: str) -> tuple[str, str]:
    """The words for a date in a question, and the date as ISO 8601, as exact as it is; or ""."""
    match = _DATE.search(question)
    if match is None:
        return "", ""
    if "-" in match[0]:
        return (match[0], match[0]) if _is_day(match[0]) else ("", "")
    day, month, year = match["before"] or match["after"], match["month"], match["year"]
    number = months("en")[month.casefold()] if month else 0
    parts = [year, *([f"{number:02}"] if month else []), *([f"{int(day):02}"] if day else [])]
    date = "-".join(parts)
    return (match[0], date) if not day or _is_day(date) else ("", "")


def _is_day(date: str) -> bool:
    """Whether there is this day."""
    with suppress(ValueError):
        return bool(datetime.date.fromisoformat(date))
    return False


def _topic(question: str, language: str) -> MetadataQuestion | None:
    """The works that use or mention a thing; None for other questions.

    “List all papers that use CIFAR-100”, “In which articles does Amazon appear?”, “Where is the
    Lund Foundation mentioned?”, “Welche Aufsätze verwenden das EEG?”
    """
    lists, sequence = classes("metadata.txt", language), folded(question)
    is_english = language == "en"
    at = next((at for at, word in enumerate(sequence) if word not in lists["topic_lead"]), 0)
    noun, remainder = sequence[at : at + 1], sequence[at + 1 :]
    kind = singular(noun[0]) if is_english else noun[0]
    if not lists["where"].isdisjoint(sequence[:1]):
        remainder = sequence[1:]
    # German nouns are listed in the plural.
    elif not at or kind not in lists["work"] or (is_english and kind == noun[0]):
        return None
    remainder = remainder[1:] if {*remainder[:1]} & {"that", "which", "who"} else remainder
    # Publications in a journal are a question by venue.
    if not remainder or remainder[1:2] == ("in",):
        return None
    verbs = lists["use"] | lists["mention"] | lists["fund"]
    if not is_english:
        # Verbs stand before or behind the topic: “… verwenden X”, “in denen X erwähnt wird”.
        is_outer = (verbs | lists["auxiliary"] | lists["concerning"]).__contains__
        topic = (*dropwhile(is_outer, remainder),)
        topic = (*dropwhile(is_outer, topic[::-1]),)[::-1]
        if verbs.isdisjoint({*remainder} - {*topic}):
            return None
    elif remainder[0] in lists["auxiliary"] and _bases(remainder[-1]) & verbs:
        if _bases(remainder[-1]) & lists["author_verb"] and kind in _MAILS:
            # “Which mails did Ines write?” asks for those by Ines.
            return None
        topic = remainder[1:-1]
    elif "by" in remainder[2:4] and _bases(remainder[1]) & lists["fund"]:
        topic = remainder[remainder.index("by") + 1 :]
    elif _bases(remainder[0]) & {*verbs, "be"} and sequence[0] != "where":
        topic = remainder[1:]
        if remainder[0] in lists["auxiliary"] and {*topic[:1]}.isdisjoint(("about", "on")):
            return None
        topic = topic[1:] if {*topic[:1]} & lists["concerning"] else topic
    else:
        return None
    topic = _bare_title(topic)
    if not 0 < len(topic) <= _LONGEST_TOPIC:
        return None
    uses = any(_bases(word) & lists["use"] for word in (remainder[0], remainder[-1]))
    mails = None if kind in _ANY_WORK or not is_english else kind in _MAILS
    return MetadataQuestion("works", topic=topic, uses=uses, mails=mails)


def _unknown(pattern: Question, question: str) -> MetadataQuestion | None:
    """The title in a question for the author or year of a work that no source has."""
    lists, clause = classes("metadata.txt"), pattern.clause
    verbs = {
        "subject": lists["author_verb"], "time": lists["published"], "place": lists["published"],
        "": lists["author_verb"] | lists["published"],
    }  # fmt: skip
    is_owned = clause.verb == "be" and pattern.hole in ("complement", "")
    work = clause.object if clause.object is not None else clause.subject
    if is_owned and work is not None:
        is_field = singular(work.head) in lists["author"] | lists["doi"] | lists["publisher"]
        work = work.owner if is_field else None
    elif clause.verb not in verbs.get(pattern.hole, frozenset[str]()):
        return None
    title = _title_in(question, work) if work is not None else ""
    return MetadataQuestion("unknown", unknown=title) if title else None


def _title_in(question: str, work: Phrase) -> str:
    """The text from the phrase to the last capitalised word, if written like a title."""
    tokens = [token for token in words.tokens(question) if token.words]
    place = max(0, question.find(work.text))
    first = next((at for at, token in enumerate(tokens) if token.start >= place), 0)
    while first > 1 and tokens[first - 1].raw[:1].isupper():
        # “The Winter” of “The Winter Sluices” may be parsed as a time.
        first -= 1
    field_words, _ = _vocabulary()
    capitals = list[words.Token]()
    for token in tokens[first:]:
        low = words.fold(token.raw)
        if token.raw[:1].isupper() and low not in _ARTICLES:
            capitals.append(token)
        elif _bases(low) & field_words:
            # “Was X written by Y?”
            break
    start = tokens[first].start if tokens else 0
    return question[start : capitals[-1].end].strip(_QUOTES + " ") if len(capitals) > 1 else ""


def matching(names: Iterable[str], name: str) -> bool:
    """Whether one of the names is this one, or ends with it: Tilda Moor is Moor."""
    name_words = folded(name)
    return any(folded(row)[-len(name_words) :] == name_words for row in names)
