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
from workbench.recall.small_talk import asks_nothing

#: How the sentence begins on what statements say of a question that they do not answer.
MENTIONED = "Your notes mention"
HOLLOW = "There are no words to search for. What is it about?"
#: Words that are named at most, and letters of a word that are shown.
_NAMED, _LETTERS = 3, 40
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
    cue, where, after = search.cue, asked_sources(scoped), advice(scoped)
    if cue.stands.nowhere:
        said = f"“{shown(cue.sought)}”"
        return f"{where} never say {said} in these words: ask without quotation marks, or {after}."
    if cue.hollow:
        return asks_nothing(cue.text) or HOLLOW
    unsaid = _unsaid(cue)
    headed = [term for term in unsaid if heads(search.snapshot, term)]
    unknown = sorted(
        (term for term in unsaid if term not in headed),
        key=lambda term: (term.word in COMMON, -term.weight),
    )
    if strange := unknown_names(cue):
        return f"{where} never mention {_listed(strange)}: check the spelling, or {after}."
    telling = [term for term in unknown if term.word not in COMMON] or unknown
    if telling:
        said = _listed([whole_name(cue, term) for term in telling])
        there = " and ".join(f"“{shown(each)}”" for each in _names_there(cue)[:_MENTIONED])
        never = f"mention {there}, but never {said}" if there else f"never mention {said}"
        return f"{where} {never}: use other words, or {after}."
    if headed and len(headed) == len(cue.terms):
        said = _listed([term.raw for term in headed])
        return f"Only a heading names {said}: ask about that section."
    unclear = f"clearly answers this: use other words, or {after}."
    said = " and ".join(f"“{shown(each)}”" for each in _mentioned(cue))
    if not said:
        return f"None of the passages found {unclear}"
    return f"{where} mention {said}, but none of the passages found {unclear}"


def missing_from_statements(
    question: str, near: Sequence[str], occurs: Callable[[str], bool]
) -> str:
    """One sentence on what told statements do not say, and what to do about it.

    `near` are the closest of them; `occurs` says whether a word stands in any of them.
    """
    content = [
        token.raw
        for token in words.tokens(question)
        if any(not is_stop(word) and len(word) > 1 for word in token.words)
    ]
    if aside := asks_nothing(question) or ("" if content else HOLLOW):
        return aside
    unknown = [name for name in capitalized(question) if not occurs(name)]
    if unknown:
        names = " and ".join(_adjacent(unknown, question))
        return f"Your notes don't mention {names}: check the spelling, or add a note."
    clearly = "clearly answers this: use other words, or add a note."
    there = {word for text in near for token in words.tokens(text) for word in token.words}
    shared = [bare(raw) for raw in content if there.intersection(words.split(bare(raw)))]
    if not shared:
        return f"None of your notes {clearly}"
    return f"{MENTIONED} {' and '.join(_adjacent(shared, question))}, but none {clearly}"


def capitalized(question: str) -> list[str]:
    """The words of a question that it writes as names, but for its first and for “I”."""
    tokens = (token for token in words.tokens(question.lstrip("¿¡ ")) if token.start)
    names = (bare(token.raw) for token in tokens if token.capital and token.raw[0].isalpha())
    return [name for name in names if not all(map(is_stop, words.split(name)))]


def _adjacent(said: Sequence[str], question: str) -> list[str]:
    """The first of these words in quotes, those that follow one another in the question as one."""
    runs: list[str] = []
    for word in dict.fromkeys(said):
        if runs and f"{runs[-1]} {word}" in question:
            runs[-1] = f"{runs[-1]} {word}"
        else:
            runs.append(word)
    return [f"“{shown(run)}”" for run in runs[:_MENTIONED]]


def asked_sources(scoped: bool) -> str:
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


def whole_name(cue: Cue, term: Term) -> str:
    """The name in the question that a term is part of, as it is written; the term where none is."""
    for found in _NAME.finditer(cue.text):
        parts = _parts(cue, found[0])
        if term in parts:
            # What only begins the question is no part of the name.
            return found[0][found[0].index(bare(parts[0].raw)) :]
    return bare(term.raw)


def named_together(cue: Cue, name: str) -> bool:
    """Whether a sentence in the scope holds all words of a name."""
    held = [np.unique(term.ordinals) for term in _parts(cue, name)]
    together = held[0] if held else np.zeros(0, np.int32)
    for each in held[1:]:
        together = np.intersect1d(together, each)
    return len(together) > 0


def _parts(cue: Cue, name: str) -> list[Term]:
    said = {word for token in words.tokens(name) for word in token.words}
    return [term for term in cue.terms if term.word in said and _of_name(term)]


def _of_name(term: Term) -> bool:
    return term.capital or term.word.isdigit()


def _mentioned(cue: Cue) -> list[str]:
    """What of a question stands in the sources as it is written: its names, or else its words."""
    names = _names_there(cue)
    plain = [term for term in cue.terms if len(term.exact) and len(term.word) > 1]
    plain = [term for term in plain if term.word not in COMMON]
    heavy = sorted(plain, key=lambda term: -term.weight)[:_MENTIONED]
    return (names or [bare(term.raw) for term in plain if term in heavy])[:_MENTIONED]


def _names_there(cue: Cue) -> list[str]:
    """The names in the question that stand in the sources, each in full."""
    known = (term for term in cue.terms if term.found and term.named and term.capital)
    names = dict.fromkeys(whole_name(cue, term) for term in known if term.word not in COMMON)
    return [name for name in names if named_together(cue, name)]


def _unsaid(cue: Cue) -> list[Term]:
    """What stands nowhere."""
    return [term for term in cue.terms if not term.found]


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


def bare(raw: str) -> str:
    """A word as it was written, without the “'s” of whose something is."""
    return _WHOSE.sub("", raw)


def shown(raw: str) -> str:
    """A word as it is named: bare, and no longer than can be read at a glance."""
    said = bare(raw)
    return said if len(said) <= _LETTERS else f"{said[: _LETTERS - 1]}…"


def _nouns_have_capitals(cue: Cue) -> bool:
    """Whether the question is in a language in which a capital tells no name."""
    said = {word.lower() for word in _NOUNS.findall(cue.text)}
    return len(said) > 1 or (len(said) == 1 and said.isdisjoint({"die", "den", "des"}))


def _listed(said: Sequence[str]) -> str:
    """The first of what was written, joined by “or”."""
    quoted = [f"“{each}”" for each in dict.fromkeys(map(shown, said))][:_NAMED]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
