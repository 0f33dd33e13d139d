"""Applies later statements to an answer from a fact (`recall.revision`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.language.assertions import assertion
from workbench.errors import InputError
from workbench.memory import words
from workbench.memory.claims.candidates import ScopeView, says_one_thing
from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match
from workbench.memory.claims.supersession import later_statements
from workbench.memory.facts import facts, statement_clock
from workbench.memory.facts.claimed import CONTRAST, DOUBTED
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, FactQuery, Value
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall.extraction import extract, ranked
from workbench.store import facts as rows

if TYPE_CHECKING:
    from workbench.recall.reader import Reader
    from workbench.recall.revision import Effect, RevisionModel

#: The minimum probability of a change for a later statement to be shown beside an answer, and to
#: replace it.
DOUBT, CERTAIN = 0.5, 0.75
#: The minimum probability that the assertion of an answer is changed, too.
_BEARS = 0.4
#: The maximum probability of a change with which an inferred “no” is none, and the earlier facts
#: that are looked at then.
_HARDLY, _EARLIER = 0.15, 6
#: The minimum score of the reader's phrase as the new value, given that there is one, and the
#: minimum share of its span.
_SUCCESSOR, _CLEAR = -2.4, 0.65


@dataclass(frozen=True, slots=True)
class Revisions:
    """The effects of later statements on earlier ones, by a model that is loaded on demand."""

    index: FactIndex
    model: "Callable[[], RevisionModel | None]"
    reader: "Callable[[], Reader | None]"

    def value(self, value: Value) -> Value:
        """The value, with a later statement beside it, or replaced by it, or unchanged."""
        if value.value == "no":
            return self._kept(value) or value
        revision = self.of(value.fact, value.question, value.value or "")
        if revision is None:
            return value
        newer, effect = revision
        sureness = round(effect.changes, 3)
        quoted = Value(value.question, None, sureness, newer, 0, 0)
        is_joined = value.value not in (None, "yes") and value.value not in value.fact.text
        if effect.changes < CERTAIN or is_joined:
            # The statement changes one of several values.
            return replace(value, confidence=DOUBTED, also=quoted)
        if value.value == "yes":
            return replace(quoted, value="no")
        successor = self._successor(value, newer) if effect.replaces > effect.ends else None
        return quoted if successor is None else replace(successor, confidence=sureness)

    def _kept(self, value: Value) -> Value | None:
        """“Yes” by an earlier fact, if the one that denies it by inference hardly changes it.

        “I lent the van to Kim” and “I took off my watch” end nothing, whatever their verbs may end.
        """
        asserted = assertion(value.question, "yes") if value.confidence <= CONTRAST else ""
        model = self.model() if asserted else None
        if model is None:
            return None
        judge = model

        def changes(text: str) -> float:
            (effect,) = judge.effects(text, [value.fact.text])
            return effect.changes

        query = FactQuery(value.fact.collection, _EARLIER)
        for fact in facts.recall(self.index, value.question, query):
            if (fact.at, fact.id) >= (value.fact.at, value.fact.id):
                continue
            said = match(value.question, [Statement(fact.id, fact.text, fact.at)])
            if said is None or said.answer != "yes":
                continue
            try:
                doubt = max(map(changes, (asserted, fact.text)))
            except InputError:
                return None
            if doubt <= _HARDLY:
                return Value(value.question, "yes", round(1.0 - doubt, 3), fact, 0, 0)
        return None

    def denial(self, question: str, fact: Fact) -> Value | None:
        """“No” to a question that a fact would affirm if a later one had not changed it."""
        revision = self.of(fact, question, "yes") if assertion(question, "yes") else None
        if revision is None or revision[1].changes < CERTAIN:
            return None
        return Value(question, "no", round(revision[1].changes, 3), revision[0], 0, 0)

    def of(self, fact: Fact, question: str, answer: str = "") -> "tuple[Fact, Effect] | None":
        """The later statement that changes one, and its effect; None if there is probably none.

        The newest certain one, else the likeliest.
        """
        newer = self._newer(fact)
        judge = self.model() if newer else None
        if judge is None:
            return None
        asserted = assertion(question, answer) if answer else ""
        texts = [other.text for other in newer]
        try:
            effects = judge.effects(asserted or fact.text, texts)
            # What changes a statement of one claim changes that one: “a boat called Petrel”.
            least = 0.0 if says_one_thing(fact.text) else _BEARS
            for at, effect in enumerate(effects if asserted else ()):
                # For a partial effect on the assertion, use the whole statement.
                if least <= effect.changes < CERTAIN:
                    (full,) = judge.effects(fact.text, texts[at : at + 1])
                    effects[at] = max(effect, full, key=lambda left: left.changes)
        except InputError:
            return None
        judged = list(zip(newer, effects, strict=True))
        certainty = [pair for pair in judged if pair[1].changes >= CERTAIN]
        selected = certainty[-1] if certainty else max(judged, key=lambda pair: pair[1].changes)
        return selected if selected[1].changes >= DOUBT else None

    def _newer(self, fact: Fact) -> Sequence[Fact]:
        with self.index.store.read() as connection:
            scope = rows.scope_id(connection, fact.collection)
            # Earlier facts only count as later if this one is dated back.
            is_final = rows.revision(connection).newest <= fact.id and fact.at >= fact.told
            if scope is None or is_final:
                return ()
            view = ScopeView(self.index, connection, scope)
            newer = [row.id for row in later_statements(view, fact.id)]
        # Facts of one source and time describe one state, and do not change each other.
        state = fact.sources, fact.at
        later = facts.by_ids(self.index, newer)
        return [other for other in later if not other.sources or (other.sources, other.at) != state]

    def _successor(self, value: Value, newer: Fact) -> Value | None:
        """The value that the reader finds in a statement with a new value."""
        reader = self.reader()
        try:
            read = [] if reader is None else ranked(value.question, [newer], reader, {})
        except InputError:
            return None
        best = extract(value.question, read)
        if best is None or best.phrase is None or best.score < _SUCCESSOR:
            return None
        old = set(words.sequence(value.value or "")) - ENGLISH_STOP
        if best.clear < _CLEAR or (old and old <= set(words.sequence(best.phrase))):
            # “A heat pump has replaced the oil burner”: what was replaced
            return None
        if newer.text[: best.start].rstrip().endswith(" by"):
            # “increased by 10 percent” is a difference, not the new value
            return None
        assert best.phrase is not None
        phrase = statement_clock.dated(best.phrase, newer.at, self.index.store.clock())
        return Value(value.question, phrase, best.probability, newer, best.start, best.end)
