"""The sentence for an abstention: which names of the question occur nowhere.

Only names are reported missing, and only if no source, heading or note has them in any form:
another word for a thing may answer. If every name occurs somewhere, the library is only uncertain.

Before that, unknown words are corrected. A misspelling is one edit, not of the first letter; of
several candidates, transpositions and doubled letters are preferred, then the most frequent.
English words are not misspellings, and two short names may differ by one letter. Of 249 questions
with one misspelling each, 106 are answered rightly first instead of 79 (114 of 257 without any); of
39 without an answer 5 are answered instead of one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.memory.spelling import edits, fits
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall.question import Term
from workbench.recall.question_forms import courtesy_reply
from workbench.recall.search import Search
from workbench.store import sources

HOLLOW = "There are no words to search for. What is it about?"
#: Maximum words that are named, and maximum characters of each.
_NAME_LIMIT, _LETTERS = 3, 40


def suggestion(search: Search, scoped: bool, *, is_of_sibling: bool = False) -> str:
    """One sentence on what is missing and what to do.

    `scoped`: only some of the sources were searched. `is_of_sibling` as in `never_mentioned`.
    """
    cue, location, after = search.cue, source_phrase(scoped), advice(scoped)
    if not cue.hollow and (remark := in_left_out_part(search)):
        return remark
    if cue.stands.nowhere:
        wording = f"“{shortened(cue.sought)}”"
        otherwise = f"ask without quotation marks, or {after}"
        return f"{location} never say {wording} in these words: {otherwise}."
    if cue.hollow:
        return courtesy_reply(cue.text) or HOLLOW
    return never_mentioned(search, scoped, is_of_sibling=is_of_sibling) or unclear(scoped)


def unclear(scoped: bool) -> str:
    """One sentence on passages that do not clearly answer."""
    return f"None of the passages found clearly answers this: use other words, or {advice(scoped)}."


def never_mentioned(search: Search, scoped: bool, *, is_of_sibling: bool = False) -> str:
    """One sentence on the names of the question that occur nowhere; "" if there are none.

    Where what was found `is_of_sibling`, any word counts: “osmium” beside the melting points of
    other metals.
    """
    snapshot, cue = search.snapshot, search.cue
    # In other languages a capital does not indicate a name, and a number may be written in words.
    names = [
        term.raw
        for term in cue.terms
        if cue.english
        and (term.is_name or is_of_sibling)
        and not any(map(str.isdigit, term.raw))
        and not (term.frequency or heads(snapshot, term) or len(snapshot.union(term.keys)))
    ]
    if not names:
        return ""
    phrase = f"{source_phrase(scoped)} never mention {_joined(_runs(names, cue.text), 'or')}"
    unread = [title for title, parts in _left_out(search) if any(not kept for _, kept in parts)]
    if unread:
        of = _joined(unread, "and") if len(unread) <= _NAME_LIMIT else f"{len(unread)} sources"
        return f"{phrase} in what was read of them: parts of {of} were left out."
    return f"{phrase}: check the spelling, or {advice(scoped)}."


#: What was left out, by the codes of notices.
_PARTS = {
    "hidden_sheets": "A hidden sheet",
    "hidden_slides": "A hidden slide",
    "hidden_text": "Hidden text",
    "deleted_text": "Deleted text",
    "text_unseen": "Invisible text",
    "struck_out": "Struck-out text",
    "text_aside": "Text beside the lines",
    "running_heads": "A running head",
    "other_version": "Another version",
    "around_the_text": "The text around the article",
}


def in_left_out_part(search: Search) -> str:
    """One sentence on a part of a source that was left out and may answer; "" if there is none.

    It has a word of the question that is nowhere else, or most of what the question asks for.
    """
    terms, snapshot = search.cue.terms, search.snapshot
    unique = {t.word for t in terms if not (t.frequency or len(snapshot.union(t.keys)))}
    least = sum(term.rarity for term in terms) / 2
    for title, parts in _left_out(search):
        for code, kept in parts:
            found = [term for term in terms if _is_in(term.word, kept)]
            if unique.intersection(term.word for term in found) or (
                found and not unique and sum(term.rarity for term in found) > least
            ):
                wording = _joined(_runs([term.raw for term in found], search.cue.text), "and")
                return (
                    f"{_PARTS.get(code, 'A part')} of “{shortened(title)}” has {wording}, but was "
                    "left out: open the original to see it."
                )
    return ""


def _left_out(search: Search) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The sources in scope that were not read whole: the title, the code and words of each part."""
    scope = search.scope.sources
    for id, title, parts in sources.left_out(search.connection):
        if scope is None or id in scope:
            yield title, parts


def _is_in(word: str, kept: str) -> bool:
    """Whether a word is among others in any form."""
    forms = {word, *words.forms(word, "en")}
    return any(form in kept for form in forms) and not forms.isdisjoint(
        form for other in kept.split() for form in (other, *words.forms(other, "en"))
    )


def missing_from_statements(question: str, occurs: Callable[[str], bool]) -> str:
    """One sentence on what facts lack, and what to do.

    `occurs` is whether a word is in any fact.
    """
    content = set(words.sequence(question)) - ENGLISH_STOP
    is_hollow = all(len(word) < 2 for word in content)
    if reply := courtesy_reply(question) or (HOLLOW if is_hollow else ""):
        return reply
    unknown = [name for name in capitalized(question) if not occurs(name)]
    if unknown:
        names = _joined(_runs(unknown, question), "and")
        return f"Your notes don't mention {names}: check the spelling, or add a note."
    return "None of your notes clearly answers this: use other words, or add a note."


def capitalized(question: str) -> list[str]:
    """The capitalised words of a question, except the first and “I”."""
    tokens = (token for token in words.tokens(question.lstrip("¿¡ ")) if token.start)
    names = (
        strip_possessive(token.raw) for token in tokens if token.capital and token.raw[0].isalpha()
    )
    return [name for name in names if not ENGLISH_STOP.issuperset(words.split(name))]


def source_phrase(scoped: bool) -> str:
    """The searched sources, at the beginning of a sentence."""
    return "The sources that you asked" if scoped else "Your sources"


def advice(scoped: bool) -> str:
    """What to do about sources that do not answer."""
    return "ask all sources" if scoped else "add a source that does"


def heads(snapshot: Snapshot, term: Term) -> bool:
    """Whether a word is in a title or heading, which are not passages."""
    forms = words.forms(term.word, "en")
    return any(
        len(snapshot.union(words.key(form, space) for form in forms)) > 0 for space in ("h", "t")
    )


def strip_possessive(raw: str) -> str:
    """A word without possessive “'s”."""
    return raw.removesuffix("'s").removesuffix("’s")


def shortened(raw: str) -> str:
    """A word for display: without possessive, truncated."""
    wording = strip_possessive(raw)
    return wording if len(wording) <= _LETTERS else f"{wording[: _LETTERS - 1]}…"


def _runs(names: Iterable[str], question: str) -> list[str]:
    """These words, with those adjacent in the question joined."""
    runs: list[str] = []
    for name in dict.fromkeys(names):
        if runs and f"{runs[-1]} {name}" in question:
            runs[-1] = f"{runs[-1]} {name}"
        else:
            runs.append(name)
    return runs


def _joined(wording: Iterable[str], conjunction: str) -> str:
    """The first words in quotation marks, as an enumeration."""
    quoted = [f"“{item}”" for item in dict.fromkeys(map(shortened, wording))][:_NAME_LIMIT]
    return f" {conjunction} ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


#: Minimum letters of a word, and of a name, for a substitution to be a misspelling.
_LONG, _LONG_NAME = 5, 7


def misspelt(search: Search) -> dict[str, str]:
    """The misspellings of a question, with their corrections in the scope."""
    slips: dict[str, str] = {}
    cue, snapshot = search.cue, search.snapshot
    strange = [term for term in cue.terms if fits(term.word) and not len(snapshot.union(term.keys))]
    if not strange or not cue.english:
        return slips
    # Most questions have none, and loading the English words takes a moment.
    from workbench.memory.graph.source_words import rates, stem

    for term in strange:
        word = term.word
        if stem(word) in rates():
            continue
        long = len(word) >= (_LONG_NAME if term.capital else _LONG)
        target = [
            (_similar_spelling(word, other), len(present), other)
            for other in edits(word)
            if other[0] == word[0] and (long or _similar_spelling(word, other))
            for present in [search.restrict(snapshot.lookup(words.key(other)))]
            if len(present)
        ]
        if target:
            *_, other = max(target)
            slips[strip_possessive(term.raw)] = (
                other.capitalize() if term.raw[0].isupper() else other
            )
    return slips


def respelled(question: str, slips: Mapping[str, str]) -> str:
    """The question with corrections."""
    for raw, target in slips.items():
        question = re.sub(rf"\b{re.escape(raw)}\b", target, question)
    return question


def remark(question: str, slips: Mapping[str, str], scoped: bool) -> str:
    """One sentence on the corrected question."""
    wrong = " and ".join(f"“{slip}”" for slip in slips)
    query = respelled(question, slips).rstrip(" ?.!")
    return f"{source_phrase(scoped)} never mention {wrong}, so “{query}” was asked."


def _similar_spelling(word: str, other: str) -> bool:
    """Whether words differ only by order or doubled letters."""
    swapped = len(word) == len(other) and sorted(word) == sorted(other)
    return swapped or _single(word) == _single(other)


def _single(word: str) -> list[str]:
    """The letters of a word without doubling."""
    return [letter for letter, _ in groupby(word)]
