"""The sentence shown where nothing answers: which words of the question were not found.

A name that no passage holds says most, then any other word, the rarest first. It follows from
what was looked up and from the index. Where every word stands somewhere, the library is only not
sure: then nothing is said to be missing.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import COMMON
from workbench.recall.question import Cue, Term, is_stop
from workbench.recall.search import Search
from workbench.recall.small_talk import courtesy_reply

#: How the sentence begins on what statements say of a question that they do not answer.
MENTIONED = "Your notes mention"
HOLLOW = "There are no words to search for. What is it about?"
#: Words that are named at most, and letters of a word that are shown.
_NAME_LIMIT, _LETTERS = 3, 40
#: Words of a question that are said to stand in the sources.
_MENTIONED = 2
#: Languages that write every noun with a capital: no sign of a name there.
_NOUNS = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einer|wer|wen|wem|wann|wo|warum|wie|welche[mnrs]?)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"[’']s$")
#: Names of several words: “Guido van Rossum”, “Mr. Darcy”, “H.M.”; of “Darcy's” only “Darcy”.
_WORD = r"[^\W\d_a-z][\w-]*(?:[’'](?!s\b)[\w-]+)*"
_PART = rf"(?:(?:[A-Z]\.\s?){{2,}}(?<!\s)|{_WORD})"
_NAME = re.compile(rf"{_PART}(?:\.?\s(?:(?:de|of|of the|the|van|von)\s)?{_PART})*(?:\s[0-9]+\b)?")


def suggestion(search: Search, scoped: bool) -> str:
    """One sentence on what is missing and what to do about it.

    `scoped` says that only some of the sources were asked.
    """
    cue, location, after = search.cue, source_phrase(scoped), advice(scoped)
    if cue.stands.nowhere:
        wording = f"“{shortened(cue.sought)}”"
        otherwise = f"ask without quotation marks, or {after}"
        return f"{location} never say {wording} in these words: {otherwise}."
    if cue.hollow:
        return courtesy_reply(cue.text) or HOLLOW
    unsaid = [term for term in cue.terms if not term.found]
    headed = [term for term in unsaid if heads(search.snapshot, term)]
    unknown = sorted(
        (term for term in unsaid if term not in headed),
        key=lambda term: (term.word in COMMON, -term.weight),
    )
    if strange := unknown_names(cue):
        return f"{location} never mention {_joined_by_or(strange)}: check the spelling, or {after}."
    informative = [term for term in unknown if term.word not in COMMON] or unknown
    if informative:
        wording = _joined_by_or([full_name(cue, term) for term in informative])
        present = " and ".join(f"“{shortened(item)}”" for item in _present_names(cue)[:_MENTIONED])
        clause = (
            f"mention {present}, but never {wording}" if present else f"never mention {wording}"
        )
        return f"{location} {clause}: use other words, or {after}."
    if headed and len(headed) == len(cue.terms):
        wording = _joined_by_or([term.raw for term in headed])
        return f"Only a heading names {wording}: ask about that section."
    unclear = f"clearly answers this: use other words, or {after}."
    wording = " and ".join(f"“{shortened(item)}”" for item in _mentioned(cue))
    if not wording:
        return f"None of the passages found {unclear}"
    return f"{location} mention {wording}, but none of the passages found {unclear}"


def missing_from_statements(
    question: str, neighbors: Sequence[str], occurs: Callable[[str], bool]
) -> str:
    """One sentence on what told statements do not say, and what to do about it.

    `neighbors` are the closest of them; `occurs` says whether a word stands in any of them.
    """
    content = [
        token.raw
        for token in words.tokens(question)
        if any(not is_stop(word) and len(word) > 1 for word in token.words)
    ]
    if reply := courtesy_reply(question) or ("" if content else HOLLOW):
        return reply
    unknown = [name for name in capitalized(question) if not occurs(name)]
    if unknown:
        names = " and ".join(_adjacent(unknown, question))
        return f"Your notes don't mention {names}: check the spelling, or add a note."
    clearly = "clearly answers this: use other words, or add a note."
    present = {word for text in neighbors for token in words.tokens(text) for word in token.words}
    shared = [
        strip_possessive(raw)
        for raw in content
        if present.intersection(words.split(strip_possessive(raw)))
    ]
    if not shared:
        return f"None of your notes {clearly}"
    return f"{MENTIONED} {' and '.join(_adjacent(shared, question))}, but none {clearly}"


def capitalized(question: str) -> list[str]:
    """The words of a question that it writes as names, but for its first and for “I”."""
    tokens = (token for token in words.tokens(question.lstrip("¿¡ ")) if token.start)
    names = (
        strip_possessive(token.raw) for token in tokens if token.capital and token.raw[0].isalpha()
    )
    return [name for name in names if not all(map(is_stop, words.split(name)))]


def _adjacent(tokens: Sequence[str], question: str) -> list[str]:
    """The first of these words in quotes, those that follow one another in the question as one."""
    runs: list[str] = []
    for word in dict.fromkeys(tokens):
        if runs and f"{runs[-1]} {word}" in question:
            runs[-1] = f"{runs[-1]} {word}"
        else:
            runs.append(word)
    return [f"“{shortened(run)}”" for run in runs[:_MENTIONED]]


def source_phrase(scoped: bool) -> str:
    """The sources that were asked, at the beginning of a sentence."""
    return "The sources that you asked" if scoped else "Your sources"


def advice(scoped: bool) -> str:
    """What to do about sources that do not answer."""
    return "ask all sources" if scoped else "add a source that does"


def unknown_names(cue: Cue) -> list[str]:
    """The names in the question that nothing in the scope holds, each in full."""
    if _nouns_have_capitals(cue):
        return []
    return list(dict.fromkeys(_runs(cue)))


def full_name(cue: Cue, term: Term) -> str:
    """The name in the question that a term is part of, as it is written; the term where none is."""
    for result in _NAME.finditer(cue.text):
        parts = _parts(cue, result[0])
        if term in parts:
            # What only begins the question is no part of the name.
            return result[0][result[0].index(strip_possessive(parts[0].raw)) :]
    return strip_possessive(term.raw)


def cooccurs(cue: Cue, name: str) -> bool:
    """Whether a sentence in the scope holds all words of a name."""
    entries = [np.unique(term.ordinals) for term in _parts(cue, name)]
    joint = entries[0] if entries else np.zeros(0, np.int32)
    for item in entries[1:]:
        joint = np.intersect1d(joint, item)
    return len(joint) > 0


def _parts(cue: Cue, name: str) -> list[Term]:
    tokens = {word for token in words.tokens(name) for word in token.words}
    return [term for term in cue.terms if term.word in tokens and _of_name(term)]


def _of_name(term: Term) -> bool:
    return term.capital or term.word.isdigit()


def _mentioned(cue: Cue) -> list[str]:
    """What of a question stands in the sources as it is written: its names, or else its words."""
    names = _present_names(cue)
    plain = [term for term in cue.terms if len(term.exact) and len(term.word) > 1]
    plain = [term for term in plain if term.word not in COMMON]
    heavy = sorted(plain, key=lambda term: -term.weight)[:_MENTIONED]
    return (names or [strip_possessive(term.raw) for term in plain if term in heavy])[:_MENTIONED]


def _present_names(cue: Cue) -> list[str]:
    """The names in the question that stand in the sources, each in full."""
    existing = (term for term in cue.terms if term.found and term.is_name and term.capital)
    names = dict.fromkeys(full_name(cue, term) for term in existing if term.word not in COMMON)
    return [name for name in names if cooccurs(cue, name)]


def heads(snapshot: Snapshot, term: Term) -> bool:
    """Whether a word stands in a title or a heading, which are no passages."""
    forms = words.forms(term.word, "en")
    return any(
        len(snapshot.union(words.key(form, space) for form in forms)) > 0 for space in ("h", "t")
    )


def _strange(term: Term) -> bool:
    """Whether a word is a name that nothing in the scope holds."""
    return not term.found and (term.name or term.capital)


def _runs(cue: Cue) -> list[str]:
    """The unknown names in the order of the question, those that follow one another as one."""
    runs: list[str] = []
    for term in filter(_strange, cue.terms):
        if runs and f"{runs[-1]} {term.raw}" in cue.text:
            runs[-1] = f"{runs[-1]} {term.raw}"
        else:
            runs.append(term.raw)
    return runs


def strip_possessive(raw: str) -> str:
    """A word as it was written, without the “'s” of whose something is."""
    return _WHOSE.sub("", raw)


def shortened(raw: str) -> str:
    """A word as it is named: bare, and no longer than can be read at a glance."""
    wording = strip_possessive(raw)
    return wording if len(wording) <= _LETTERS else f"{wording[: _LETTERS - 1]}…"


def _nouns_have_capitals(cue: Cue) -> bool:
    """Whether the question is in a language in which a capital tells no name."""
    tokens = {word.lower() for word in _NOUNS.findall(cue.text)}
    return len(tokens) > 1 or (len(tokens) == 1 and tokens.isdisjoint({"die", "den", "des"}))


def _joined_by_or(tokens: Sequence[str]) -> str:
    """The first of what was written, joined by “or”."""
    quoted = [f"“{item}”" for item in dict.fromkeys(map(shortened, tokens))][:_NAME_LIMIT]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
