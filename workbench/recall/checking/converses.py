"""Converse verbs: who buys from whom is who sells to whom.

A sentence that turns a statement round so is supported where the roles are turned round with it:
who buys must be the one to whom was sold, and never the one who sold. The same goes for those who
are named after what they do, such as a seller.
"""

from collections.abc import Iterator, Sequence

from workbench.recall.checking.clauses import Clause, Word, keys, same
from workbench.recall.checking.roles import holds, is_verb, sides, starts_without_subject

#: Verbs of whoever something comes from, and those of whoever it comes to.
_PAIRS = (
    ("sell", "buy purchase acquire pay get obtain"),
    ("give donate grant award send hand present bequeath", "receive get obtain"),
    ("lend loan", "borrow"),
    ("let lease", "rent hire"),
    ("teach", "learn"),
    ("beat defeat", "lose"),
    ("employ hire", "work"),
)
#: What stands before the one that something comes from, after a verb of the other side.
_FROM = frozenset(("from", "of", "to", "for", "by"))


def _table() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    giving: dict[str, frozenset[str]] = {}
    taking: dict[str, frozenset[str]] = {}
    for one, other in _PAIRS:
        for verbs, back, into in (
            (one.split(), other.split(), giving),
            (other.split(), one.split(), taking),
        ):
            turned = frozenset().union(*map(keys, back))
            for verb in verbs:
                for key in keys(verb):
                    into[key] = into.get(key, frozenset()) | turned
    return giving, taking


_GIVING, _TAKING = _table()


def conversely(clause: Clause, at: int, facts: Sequence[Clause]) -> bool:
    """Whether the verb at this place says what another one of the evidence says, turned round."""
    word = clause.words[at]
    for giving, table in ((True, _GIVING), (False, _TAKING)):
        turned = _of(word, table)
        for each in facts if turned else ():
            for i, other in enumerate(each.words):
                if other.light or other.name or not (other.keys & turned):
                    continue
                if _one_another(clause, each, facts) and _turned(
                    clause, at, each, i, giving=giving
                ):
                    return True
    return False


def _one_another(said: Clause, known: Clause, facts: Sequence[Clause]) -> bool:
    """Whether all whom a clause names are in the other, or in what a pronoun of it goes back to."""
    before: list[Word] = []
    if starts_without_subject(known):
        for each in facts:
            if each is known:
                break
            if each.sentence >= known.sentence - 1:
                before += each.words
    there = [*known.words, *known.subject, *before]
    return all(holds(there, word) for word in (*said.words, *said.subject) if word.name)


def turns(clause: Clause, facts: Sequence[Clause]) -> bool:
    """Whether a clause says something of the evidence turned round."""
    return any(
        not word.light and not word.name and conversely(clause, at, facts)
        for at, word in enumerate(clause.words)
    )


def _of(word: Word, table: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(table.get(key, frozenset()) for key in word.keys))


def _turned(said: Clause, at: int, known: Clause, i: int, *, giving: bool) -> bool:
    """Whether who does the one is who is done to by the other; `giving` is the verb of `said`."""
    mine, theirs = sides(said, at), sides(known, i)
    doers = [word for word in mine.before if word.name] or list(mine.before)
    if not doers or any(holds(theirs.before, word) for word in doers):
        return False
    behind = list(theirs.after) + [w for w in known.words[i + 1 :] if not w.light]
    if giving:
        # Who sells is the one from whom was bought.
        behind = list(_after(known, i))
    if not all(holds(behind, word) for word in doers):
        return False
    if giving or starts_without_subject(known):
        # Whom a pronoun means is not known for sure.
        return True
    # Whom it comes from stands after "from".
    rest = [w for w in said.words[at + 1 :] if holds(theirs.before, w) and not w.light]
    return all(holds(list(_after(said, at)), word) for word in rest)


def _after(clause: Clause, at: int) -> Iterator[Word]:
    """The words behind a preposition that follows the verb."""
    inside = False
    for word in clause.words[at + 1 :]:
        if word.text in _FROM:
            inside = True
        elif inside and not word.light:
            yield word


def misnamed(clause: Clause, facts: Sequence[Clause]) -> Word | None:
    """A name for who does something, such as "seller", of somebody who does not do it."""
    named = [word for word in clause.words if word.name]
    for word in clause.words if named else ():
        if word.name or word.light or not word.text.endswith(("er", "or", "ers", "ors")):
            continue
        if is_verb(word, None) or any(w.text == word.text for each in facts for w in each.words):
            continue
        done = [
            (each, i)
            for each in facts
            for i, other in enumerate(each.words)
            if same(word, other) and not other.light and not other.name and is_verb(other, None)
        ]
        doers = [sides(each, i).before for each, i in done]
        if done and all(doers) and not any(holds(who, name) for who in doers for name in named):
            return word
    return None
