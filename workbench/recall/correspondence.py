"""Who said or wrote what to whom and when: questions on mails and chats by speaker.

“What did Ines say about the mill?” searches only what Ines says; “What did Ines write to Tomas in
April?” and “Which mails did Ines send?” have no topic, so that the mails are listed in order of
time; “Who sent the offer?” is answered by the speaker of the matching quote.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np

from ingest import speakers
from ingest.books.naming import iso_date
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.patterns import later
from ingest.speakers import KINDS, is_quoted, sender_of, speaker_of
from workbench.memory import words
from workbench.memory.segment import intersection
from workbench.memory.snapshot import Snapshot
from workbench.recall import labelled_speech, quotes
from workbench.recall.named_source import in_period
from workbench.recall.question import Cue, Term
from workbench.recall.question_forms import Deed, SpeakerQuery
from workbench.recall.quotes import Quote
from workbench.recall.quoting import enumerated, quoting
from workbench.recall.records import QUOTED, Answer
from workbench.recall.search import Scope, Search
from workbench.recall.siblings import clauses_of
from workbench.recall.windows import MAX_SENTENCES, MAX_WORDS
from workbench.store import sources as catalogue
from workbench.store import text
from workbench.store.records import EngramRow, SectionRow, SourceRow

#: Prefixes of replies and forwarded mails, in the languages of mail programs.
_PREFIX = later(
    r"\s*(?:(?P<reply>re|aw|antw|sv|vs|odp|res)\s*(?:\[\d+\])?|(?P<forwarded>fwd?|wg|tr|vb|rv|i))\s*:",
    re.IGNORECASE,
)
_QUOTES = " “”\"‘’'«»"
#: Maximum sections of one speaker, and the confidence of an answer from a heading.
_LIMIT, _CONFIDENCE = 4000, 0.9
#: Maximum mails of a list.
_LISTED = 40
#: The minimum coverage of a question for a speaker, by the words and their heading.
_COVER = 0.75


def narrowed(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, query: SpeakerQuery
) -> Scope:
    """The scope of the speaker whom the question names; `scope` unchanged if there is none."""
    sections = _sections(connection, snapshot, scope, query)
    if not sections:
        spoken = _spoken(connection, snapshot, scope, query)
        return labelled_speech.within(spoken) if spoken else scope
    spans = text.engram_spans(connection, [section.id for section in sections])
    firsts = np.array([first - 1 for first, _ in spans], np.int32)
    ends = np.array([final for _, final in spans], np.int32)
    owners = np.unique(np.array([section.source for section in sections], np.int32))
    return Scope(owners, int((ends - firsts).sum()), firsts, ends)


def with_speakers(search: Search, answer: Answer, limit: int) -> Answer:
    """The answer by speaker that the question asks for; `answer` unchanged if there is none."""
    query = search.speech
    if not isinstance(query, SpeakerQuery):
        return _by_speaker(search.cue, answer, query) if query else answer
    connection, snapshot, scope = search.connection, search.snapshot, search.scope
    sections = _sections(connection, snapshot, scope, query)
    if sections and (not query.about or query.aside):
        return _mail_listing(search, answer, query, sections, limit)
    # Without a passage, the title of a mail may match.
    is_blank = answer.abstained and not answer.evidence
    if is_blank and (headed := _about(connection, sections, query.about)):
        return _mail_listing(search, answer, query, headed, limit)
    if sections:
        return _by_topic(search.cue, answer, query)
    if spoken := _spoken(connection, snapshot, scope, query):
        return _quoting(search, answer, labelled_speech.quoted(spoken), limit)
    any_time = replace(query, to="" if query.who else query.to, about="", period="")
    if _sections(connection, snapshot, scope, any_time):
        to = f" to “{query.to}”" if query.to else ""
        past = " at that time" if query.period else ""
        who = f"“{query.who}”" if query.who else "anybody"
        return _silent(answer, f"Your sources contain nothing from {who}{to}{past}.")
    return answer


def _spoken(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, query: SpeakerQuery
) -> list[list[EngramRow]]:
    """What the speaker says in minutes and plays, about the topic if there is one."""
    if not query.who or query.to or query.period or query.mails or query.aside:
        return []
    return labelled_speech.turns(connection, snapshot, scope, query.who, query.about)


def _quoting(search: Search, answer: Answer, listed: Sequence[Quote], limit: int) -> Answer:
    """The first of some quotes, in order, with a note of how many there are."""
    shown = listed[:limit]
    context = quotes.surroundings(search.connection, shown)
    evidence = [
        quotes.evidence(quote, number, _CONFIDENCE, search.cue, context)
        for number, quote in enumerate(shown, 1)
    ]
    listing = quoting(answer, evidence)
    if len(shown) == len(listed):
        return listing
    return replace(listing, note=f"The first {limit} of {len(listed)} are shown.")


def _silent(answer: Answer, suggestion: str) -> Answer:
    return replace(
        answer, abstained=True, confidence=0.0, value=None, sentences=(), suggestion=suggestion
    )


def _by_topic(cue: Cue, answer: Answer, query: SpeakerQuery) -> Answer:
    """Quotes of the speaker with the words of the topic, if the reader is unsure."""
    if answer.found:
        return answer
    topic = replace(cue, terms=tuple(_names_phrase(cue, query.about)))
    entries = [
        row
        for row in answer.evidence
        if topic.terms and quotes.cover(f"{row.source.title}. {row.quote}", topic) >= _COVER
    ]
    if not entries:
        wording = f"{query.who} speaks in your sources, but not clearly about “{query.about}”."
        return _silent(answer, f"{wording} Try other words.")
    return quoting(answer, entries, answer.evidence)


def _names_phrase(cue: Cue, phrase: str) -> list[Term]:
    mentioned = _words(phrase)
    return [term for term in cue.terms if term.word in mentioned]


def _mail_listing(
    search: Search,
    answer: Answer,
    query: SpeakerQuery,
    sections: Sequence[SectionRow],
    limit: int,
) -> Answer:
    """The first words of each mail of the speaker, in order of time."""
    connection = search.connection
    rows = catalogue.by_ids(connection, sorted({section.source for section in sections}))
    by_source = {row.id: row for row in rows}
    if query.mails or query.to or query.aside:
        sections = [section for section in sections if section.kind == "body"]
    if query.mails:
        sections = [section for section in sections if by_source[section.source].kind == "mail"]
    # A mail may have several sections, the first of which counts; quotations follow mails.
    firsts: dict[tuple[int, bool], SectionRow] = {}
    for section in sections:
        is_mail = by_source[section.source].kind == "mail"
        key = section.source if is_mail else -section.id
        firsts.setdefault((key, section.kind == "body"), section)
    ordered = sorted(
        firsts.values(),
        key=lambda item: (item.kind != "body", by_source[item.source].date, item.id),
    )
    if query.mails and limit >= QUOTED:
        limit = max(limit, _LISTED)
    material: dict[str, Quote] = {}
    for first, final in text.engram_spans(connection, [section.id for section in ordered]):
        quote = _opening(connection, first, final)
        material.setdefault(quote.words, quote)
        if len(material) == limit:
            break
    context = quotes.surroundings(connection, material.values())
    evidence = [
        quotes.evidence(quote, number, _CONFIDENCE, search.cue, context)
        for number, quote in enumerate(material.values(), 1)
    ]
    people = dict.fromkeys(speaker_of(item.title) for item in ordered)
    value = None if query.who else ", ".join(people)
    if query.mails:
        value = _listed([by_source[item.source] for item in ordered])
    if query.counts:
        value = str(len(ordered))
    elif query.aside == "whether":
        value = "yes"
    elif query.aside:
        value = "; ".join(_asides(ordered, by_source, query.aside))
    listing = quoting(answer, evidence, value=value)
    if len(material) == limit < len(ordered) and not (query.counts or query.aside):
        return replace(listing, note=f"The first {limit} of {len(ordered)} are shown.")
    return listing


def _listed(rows: Sequence[SourceRow]) -> str:
    """The subjects of mails with their days, and how many there are of each."""
    names = Counter((row.title, speakers.day_words(row.date[:10])) for row in rows)
    return enumerated(
        f"{title} ({day}, {count} mails)" if count > 1 else f"{title} ({day})" if day else title
        for (title, day), count in names.items()
    )


def _asides(
    sections: Sequence[SectionRow], by_source: Mapping[int, SourceRow], archived: str
) -> Iterable[str]:
    """The days of mails, or their recipients, without duplicates."""
    rows = [by_source[section.source] for section in sections]
    if archived == "time":
        return dict.fromkeys(speakers.day_words(row.date[:10]) for row in rows)
    return dict.fromkeys(filter(None, (row.metadata.get("to", "") for row in rows)))


def _opening(connection: sqlite3.Connection, first: int, end: int) -> Quote:
    """The first sentences of a section as a quote."""
    rows = text.engrams_between(connection, first, min(end, first + MAX_SENTENCES - 1))
    totals = accumulate(len(row.text.split()) for row in rows)
    kept = [row for row, total in zip(rows, totals, strict=True) if total <= MAX_WORDS]
    return Quote(first - 1, tuple(kept or rows[:1]), 1.0)


def _by_speaker(cue: Cue, answer: Answer, deed: Deed) -> Answer:
    """The speaker of the quote with what was sent, said or done.

    Verbs other than of writing count if the speaker says so in the first person.
    """
    entries = replace(cue, terms=tuple(_names_phrase(cue, deed.of)))
    title, verb = deed.of.strip(_QUOTES).casefold(), deed.verb
    forwards, writes = verb.casefold().startswith("forward"), deed.writes
    for evidence in answer.evidence if entries.terms else ():
        above, heading = evidence.source.title, _heading(evidence.locator.chapter)
        if forwards:
            places = [(above, heading)]
            places += [(place.title, _heading(place.chapter)) for place in evidence.elsewhere]
            passed = (row for row in places if _prefix(row[0]) == "forwarded")
            above, heading = next(passed, ("", ""))
        entity = sender_of if forwards else speaker_of
        speaker = entity(heading) if evidence.source.kind in KINDS else ""
        covered = quotes.cover(f"{above}. {evidence.quote}", entries)
        if not speaker:
            continue
        is_titled = title == above.casefold() and not is_quoted(heading)
        is_writer = writes and (is_titled or covered >= _COVER)
        if is_writer or (covered and not writes and _does(verb, evidence.quote)):
            return quoting(answer, [evidence], answer.evidence, speaker)
    return answer


def _prefix(title: str) -> str:
    """Whether a mail is a “reply” or “forwarded”, by its title; "" if neither."""
    match = _PREFIX.match(title)
    return (match and match.lastgroup) or ""


def _heading(chapter: str | None) -> str:
    return (chapter or "").rpartition(" · ")[2]


def _does(verb: str, quote: str) -> bool:
    """Whether the speaker is the subject of a verb in the past tense."""
    bases = {form.verb for form in forms(verb.casefold())}
    return any(
        clause.verb in bases and clause.subject is not None and clause.subject.head in ("i", "we")
        for clause in clauses_of(quote)
    )


# -- sections of a speaker -------------------------------------------------------------------------


def _sections(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, query: SpeakerQuery
) -> list[SectionRow]:
    """The sections of the speaker, by recipient and time, in order."""
    name, space = (_words(query.who), "a") if query.who else (_words(query.to), "h")
    posted = [
        snapshot.union(words.key(form, space) for form in words.forms(word, "en")) for word in name
    ]
    vocabulary = scope.restrict(intersection(posted))
    if not len(vocabulary):
        return []
    ids = np.unique(snapshot.columns["section"][vocabulary])[-_LIMIT:].tolist()
    sections = text.sections_by_ids(connection, ids)
    kinds = catalogue.kinds(connection, {row.source for row in sections.values()})
    selection = [row for row in sections.values() if kinds.get(row.source) in KINDS]
    if query.who:
        selection = [row for row in selection if name <= _words(speaker_of(row.title))]
    if query.to:
        rows = catalogue.by_ids(connection, sorted({row.source for row in selection}))
        reached = {row.id for row in rows if _reaches(row, _words(query.to))}
        selection = [row for row in selection if row.source in reached and row.kind == "body"]
    titles = catalogue.titles(connection, {row.source for row in selection})
    if query.replies:
        selection = [
            row for row in selection if _prefix(titles[row.source][0]) == "reply"
        ] or selection
    if query.aside and query.about:
        selection = _about(connection, selection, query.about)
    if query.period:
        selection = [row for row in selection if _in_period(connection, row, query.period)]
    return sorted(selection, key=lambda row: row.id)


def _about(
    connection: sqlite3.Connection, sections: Sequence[SectionRow], phrase: str
) -> list[SectionRow]:
    """The sections whose title and text contain the words of a phrase."""
    topic, titles = stems(phrase), catalogue.titles(connection, {row.source for row in sections})
    return [
        row
        for row in sections
        if topic <= stems(f"{titles[row.source][0]} {text.section_text(connection, row.id)}")
    ]


def _reaches(source: SourceRow, name: frozenset[str]) -> bool:
    """Whether somebody received a mail, or is in a chat."""
    to = (source.metadata.get("to", ""), source.metadata.get("cc", ""))
    people = to if source.kind == "mail" else (source.author,)
    return any(name <= _words(person) for line in people for person in line.split(", "))


def _in_period(connection: sqlite3.Connection, section: SectionRow, period: str) -> bool:
    day = iso_date(text.chapter_path(connection, section))
    return in_period(day, period)


def _words(name: str) -> frozenset[str]:
    return frozenset(words.sequence(name))


def stems(phrase: str) -> frozenset[str]:
    """The stems of nouns, verbs, adjectives, numbers and names of a phrase."""
    return frozenset(
        form
        for token in tagged(phrase)
        if token.tags[0] in "NVJCEB"
        for form in words.forms(token.low, "en")
    )
