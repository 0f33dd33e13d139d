"""Analysis of a text: sentences, tokens and clauses."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, product

from ingest.language.clauses import ClauseReader
from ingest.language.diaries import with_writer, without_writer, writer_of
from ingest.language.key_values import (
    key_values,
    label_of,
    list_entries,
    opens_with_label,
    verbatim_value,
)
from ingest.language.lexical import is_foreign
from ingest.language.nouns import singular
from ingest.language.phrases import PhraseParser
from ingest.language.records import Analysis, Clause, Sentence, Token
from ingest.language.tagging import tagged
from ingest.language.word_lists import words
from ingest.triples import tokens as cutting

#: Longer sentences are quoted instead of analysed; minimum length of a part, and maximum of a
#: preamble.
_LONGEST, _SHORTEST, _LONGEST_PREAMBLE = 45, 4, 12
#: Words of a phrase that is read as one adverb.
_ADVERBIALS = (3, 2)
_SINCE = (("as", "of"), ("as", "from"))
_SUBJECTS = ("i", "we", "he", "she", "it", "they")


@lru_cache(4000)
def analyse(text: str) -> Analysis:
    """Analyse an English text: its sentences, their tokens and clauses."""
    normalized = cutting.normalised(text)
    sentences = []
    for start, end in cutting.sentences(normalized):
        part = normalized[start:end]
        sentences.append(_sentence(text[start : start + len(part)], start))
    return Analysis(text, tuple(sentences))


def _sentence(text: str, start: int) -> Sentence:
    tokens = _with_adverbials(_strip_parentheses(tagged(text)))
    writer = writer_of(tokens)
    if writer:
        return without_writer(_sentence(with_writer(text, writer), start), text, writer)
    while tokens and (
        (tokens[-1].may_be(".;") and not tokens[-1].word.isalpha())
        or (len(tokens) > 3 and tokens[-1].low in words("filler"))
    ):
        tokens.pop()
    tokens = _strip_preamble(tokens)
    clauses: tuple[Clause, ...] | None = None
    foreign = is_foreign([token.word for token in tokens])
    quoted = _colon(tokens) or any(token.low in words("quoted") for token in tokens)
    verbal = any(token.tags[0] in "VMXHOB" for token in tokens)
    verbless = not verbal or opens_with_label(text)
    pairs = key_values(text, tokens) if verbless else ()
    if not pairs and 0 < len(tokens) <= _LONGEST and not quoted and not foreign:
        clauses = ClauseReader(text, _strip_comment(text, tokens)).read()
    if clauses is None:
        pairs = pairs or key_values(text, tokens)
        part = () if pairs or foreign else _in_part(text, tokens)
        if part:
            return Sentence(text, start, tuple(tokens), part, False)
        clauses = tuple(
            clause
            for pair in pairs
            for clause in (pair, *_labelled(text, pair), *list_entries(text, pair))
        )
        return Sentence(text, start, tuple(tokens), clauses or verbatim_value(text), bool(pairs))
    return Sentence(text, start, tuple(tokens), clauses, True)


def _strip_preamble(tokens: list[Token]) -> list[Token]:
    """Strip “Reminder for all: …”, if a sentence follows."""
    colon = next((at for at, token in enumerate(tokens) if token.low == ":"), 0)
    leads = 0 < colon < _LONGEST_PREAMBLE and tokens[0].low in words("preamble")
    follows = any(token.tags[0] in "VMXHO" for token in tokens[colon + 1 :])
    return tokens[colon + 1 :] if leads and follows else tokens


def _strip_comment(text: str, tokens: list[Token]) -> list[Token]:
    """Strip “…, which is too much”: such a clause only comments on the one before."""
    lows = [(left.low, right.low) for left, right in pairwise(tokens)]
    if (",", "which") not in lows:
        return tokens
    comma = lows.index((",", "which"))
    parser = PhraseParser(text, tokens)
    candidates = (parser.phrase(begin, comma) for begin in range(comma - 1, max(comma - 5, -1), -1))
    amount = any(
        phrase is not None and (phrase.number or phrase.kind == "time") for phrase in candidates
    )
    return tokens[:comma] if amount else tokens


def _in_part(text: str, tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """The clauses of the longest part between marks that can be analysed alone.

    None if another part states a condition or denies it.
    """
    if any(token.low in words("restricts") or token.low == "n't" for token in tokens):
        return ()
    cuts = [
        at
        for at, token in enumerate(tokens)
        if token.low in words("parts")
        if token.low != "and" or _goes_on(tokens, at)
    ]
    edges = [-1, *cuts, len(tokens)]
    parts = [
        (first + 1, stop) for number, first in enumerate(edges) for stop in edges[number + 1 :]
    ]
    for first, stop in sorted(parts, key=lambda part: part[0] - part[1]):
        if (first, stop) == (0, len(tokens)) or not _SHORTEST <= stop - first <= _LONGEST:
            continue
        if first and tokens[first].low not in _SUBJECTS and not tokens[first].may_be("DESCp"):
            continue
        verbal = any(token.may_be("VMXHO") for token in tokens[first:stop])
        clauses = ClauseReader(text, tokens[first:stop]).read() if verbal else None
        # Each asserts something about a subject.
        if clauses and all(c.modality == "asserted" and c.subject is not None for c in clauses):
            return clauses
    return ()


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether another clause follows an “and”: “… and it …”, “… and rinse it”."""
    after = tokens[at + 1 : at + 3]
    opens = at > 0 and tokens[at - 1].low == ","
    return opens or any(token.tags[0] in "PS" for token in after)


def _labelled(text: str, pair: Clause) -> tuple[Clause, ...]:
    """The clauses of a value that is a sentence: “TODO: call Ann”."""
    value = pair.complement
    if value is None or not label_of(pair):
        return ()
    return ClauseReader(text, tagged(value.text, value.start)).read() or ()


def _strip_parentheses(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without quotation marks and parentheses."""
    remaining: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.low == "("
        if not depth and token.low not in ('"', "“", "”"):
            remaining.append(token)
        depth -= token.low == ")" and depth > 0
    return list(tokens) if depth else remaining


def _with_adverbials(tokens: Sequence[Token]) -> list[Token]:
    """Join phrases for “now” or “not” into one adverb: “from now on”, “anything but”.

    “As of” and “as from” are “since”.
    """
    merged: list[Token] = []
    phrases = {"now": words("now_phrase"), "not": words("not_phrase")}
    for at, token in enumerate(tokens):
        merged.append(token)
        # “far from ready”, but not “far from the sea”
        state = at + 1 < len(tokens) and tokens[at + 1].tags[0] in "JL"
        low = [part.low for part in merged[-max(_ADVERBIALS) :]]
        if tuple(low[-2:]) in _SINCE:
            onset = merged[-2]
            phrase = f"{onset.word} {token.word}"
            merged[-2:] = [Token(phrase, "since", onset.start, token.end, "I")]
            continue
        for size, adverb in product(_ADVERBIALS, ("now", "not") if state else ("now",)):
            if "_".join(low[-size:]) in phrases[adverb]:
                tail = merged[-size:]
                phrase = " ".join([part.word for part in tail])
                merged[-size:] = [Token(phrase, adverb, tail[0].start, token.end, "R")]
    return merged


def _colon(tokens: Sequence[Token]) -> bool:
    """Whether what follows a colon is neither a list (“two cats: Tom and Kit”) nor new.

    “Nora has a new password: otter9” identifies the password.
    """
    colons = [at for at, token in enumerate(tokens) if at > 1 and token.low == ":"]
    if len(colons) != 1 or colons[0] + 1 >= len(tokens):
        return bool(colons)
    label, content = tokens[colons[0] - 1], tokens[colons[0] + 1 :]
    numbered = "C" in tokens[colons[0] - 2].tags
    enumerates = "N" in label.tags and (numbered or singular(label.low) != label.low)
    new = "N" in label.tags and any(token.low == "new" for token in tokens[: colons[0]])
    return not (enumerates or new) or any(token.may_be("MXHOPW") for token in content)
