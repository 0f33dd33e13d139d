"""The adapter through which the portable behaviour cases drive the library: `create(path)`.

Every operation goes through the public door. What the library does not have is left out, or says
`NotImplemented` for an option that it does not know, so that such cases count as missing.
"""

import itertools
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.cases_kinds import KindCases
from tests.cases_reflex import MATHS as REFLEX_MATHS
from tests.cases_reflex import ReflexCases
from tests.cases_sharing import SharingOps
from tests.cases_vital import VitalCases
from tests.variables import value_of
from workbench.errors import NotFoundError
from workbench.library import Library
from workbench.library.options import RecallOptions, TellOptions
from workbench.memory import plasticity
from workbench.memory.facts.marking import KINDS, NOTE_KINDS
from workbench.memory.facts.records import Fact
from workbench.memory.plasticity import DEFAULTS, HOUR
from workbench.memory.regions.salience import salience

#: Seconds from one look at the clock to the next.
_MOMENT = 1e-6


def create(path: str) -> "Adapter":
    """An adapter over the library in this folder."""
    return Adapter(Path(path))


class Adapter(ReflexCases, SharingOps, KindCases, VitalCases):
    """One library; a scope is a collection."""

    def __init__(self, folder: Path) -> None:
        self._hours, self._begun, self._looks = 0.0, time.time(), itertools.count()
        self._library = Library.open(folder / "cases.brain", clock=self._now)

    def _now(self) -> float:
        # It moves by looks, not by itself: what fades while a busy machine waits is no result.
        return self._begun + next(self._looks) * _MOMENT + self._hours * 3600

    def advance(self, hours: float = 0.0, ticks: float = 0.0) -> None:
        """Move the clock; the seed's half-life is 50 ticks, so that a tick is a part of ours."""
        self._hours += hours + ticks * DEFAULTS.half_life("fact") / HOUR / 50

    def close(self) -> None:
        self._library.close()

    def remember(
        self,
        scope: str,
        text: str,
        source: str | None = None,
        at: str | None = None,
        type: str | None = None,
        priority: int | None = None,
        expires_in_days: float | None = None,
        **more: Any,
    ) -> Any:
        again = not more.pop("dedup", True)
        known = {"strength", "salience", "reward", "pinned", "tags", "project"}
        if more.keys() - known or type not in (None, *KINDS, *NOTE_KINDS):
            return NotImplemented
        options = TellOptions(
            kind=type, priority=priority, expires_days=expires_in_days, again=again, **more
        )
        made = self._library.facts.tell(
            text, collection=scope, source=source, at=at, options=options
        )
        return {"stored": len(made.new), "ids": list(made.new)}

    def remember_many(self, scope: str, texts: Sequence[str]) -> int:
        return len(self._library.facts.tell("\n".join(texts), collection=scope).new)

    def ingest(self, scope: str, source: str, text: str, at: str | None = None) -> Any:
        made = self._library.facts.tell(
            text, collection=scope, source=source, at=at, options=TellOptions(replace=True)
        )
        return {"stored": len(made.new)}

    def ask(
        self,
        scope: str,
        question: str,
        as_of: str | None = None,
        depth: str | None = None,
        **more: Any,
    ) -> Any:
        if more:
            return NotImplemented
        if depth is not None:
            return self.ask_by_reflex(scope, question, depth, as_of)
        found = self._library.facts.value(question, collection=scope, as_of=as_of)
        if found is None:
            return {"value": None, "text": None, "confidence": 0.0, "abstained": True}
        return {
            "value": found.value,
            "text": found.fact.text,
            "confidence": found.confidence,
            "abstained": False,
            "source": ", ".join(found.fact.sources),
        }

    def turn(self, scope: str, text: str) -> Any:
        done = self._library.turn(text, collection=scope)
        return {"kind": done.kind, "text": done.text, "value": done.value, "stored": done.stored}

    def recall(
        self,
        scope: str,
        cue: str,
        k: int,
        type: str | None = None,
        min_priority: int = 0,
        include_expired: bool = False,
        by: str = "words",
        project: str | None = None,
        **more: Any,
    ) -> Any:
        if more or type not in (None, *KINDS, *NOTE_KINDS):
            return NotImplemented
        options = RecallOptions(
            kind=type,
            min_priority=min_priority,
            include_expired=include_expired,
            by=by,
            project=project,
        )
        found = self._library.facts.recall(cue, collection=scope, limit=k, options=options)
        return [_told(fact) for fact in found]

    def recall_across(self, scope: str, cue: str, k: int) -> Any:
        found = self._library.facts.recall(
            cue, collection=scope, limit=k, options=RecallOptions(across=True)
        )
        return [_told(fact) for fact in found]

    def neighbours(self, scope: str, cue: str, window: int) -> Any:
        found = self._library.collections.neighbours(cue, window=window, collection=scope)
        return [_told(fact) for fact in found]

    def note(self, scope: str, kind: str, text: str) -> Any:
        return {"stored": len(self._library.notes.add(kind, text, collection=scope).new)}

    def var_set(self, scope: str, key: str, value: str) -> None:
        self._library.notes.add("variable", value, key=key, collection=scope)

    def var_get(self, scope: str, key: str) -> str | None:
        return value_of(self._library, key, collection=scope)

    def stance(self, scope: str, topic: str, text: str) -> Any:
        made = self._library.notes.add("stance", text, key=topic, collection=scope)
        return {"intensity": self._intensity(scope, topic), "created": bool(made.new)}

    def stance_of(self, scope: str, topic: str) -> Any:
        return self._intensity(scope, topic)

    def _intensity(self, scope: str, topic: str) -> float:
        held = self._library.notes.get("stance", topic, collection=scope)
        return 0.0 if held is None else held.intensity

    def set_capacity(self, scope: str, max_facts: int) -> None:
        self._library.collections.change(scope, capacity=max_facts)

    def stats(self, scope: str) -> Any:
        try:
            held = self._library.stats(collection=scope)
        except NotFoundError:
            # A scope of the cases is there as soon as somebody asks for it.
            return {"facts": 0, "dropped": 0, "kinds": {}}
        return {"facts": held.facts, "dropped": held.dropped, "kinds": held.kinds}

    def reinforce(self, scope: str, match: str, amount: float) -> Any:
        done = self._library.memory.strengthen(match, amount=amount, collection=scope)
        return {"touched": done.touched}

    def strength(self, scope: str, match: str) -> float | None:
        found = self._library.memory.strength(match, collection=scope)
        return None if found is None else found.strength

    def retention(self, scope: str, match: str) -> float | None:
        found = self._library.memory.strength(match, collection=scope)
        return None if found is None else found.retention

    def time_until_forgotten(self, scope: str, match: str) -> float | None:
        found = self._library.memory.strength(match, collection=scope)
        return None if found is None else found.hours_left

    def link(self, scope: str, a: str, b: str) -> float:
        return self._library.memory.link(a, b, collection=scope)

    def links_of(self, scope: str, match: str, type: str | None = None) -> Any:
        found = self._library.graph.links(match, kind=type, collection=scope)
        return [{"text": e.text, "type": e.kind, "weight": e.weight} for e in found]

    def sleep(self, scope: str, prune_below: float | None = None) -> Any:
        try:
            done = self._library.sleep.run(scope, prune_below=prune_below)
        except NotFoundError:
            # A scope in which nothing was told yet has nothing to consolidate.
            return {"consolidated": 0, "merged": 0, "pruned": 0}
        return {"consolidated": done.consolidated, "merged": done.merged, "pruned": done.pruned}

    def decay(self, scope: str, dry_run: bool) -> Any:
        """Decay is worked out on reading: there is nothing to do, and nothing to prune.

        What is told within a day is not counted as faded yet.
        """
        told = [fact for fact in self._library.facts.list(collection=scope) if fact.strength < 1]
        faded = sum(self._now() - fact.told >= 24 * HOUR for fact in told)
        return {"decayed": faded, "pruned": 0}

    def maths(self, fn: str, **given: Any) -> Any:
        return _MATHS[fn](**given) if fn in _MATHS else NotImplemented

    def history(self, scope: str, cue: str) -> Any:
        return [
            {"text": f.text, "at": f.at} for f in self._library.facts.history(cue, collection=scope)
        ]

    def chain(self, scope: str, start: str, path: Sequence[str]) -> Any:
        found = self._library.facts.chain(start, path, collection=scope)
        return {"value": found.value, "trail": list(found.trail)}

    def associate(self, scope: str, cue: str, hops: int, k: int) -> Any:
        return [
            {"text": each.fact.text, "activation": each.activation, "hops": each.hops,
             "seed": each.seed, "tag": each.tag}
            for each in self._library.facts.associate(cue, hops=hops, limit=k, collection=scope)
        ]  # fmt: skip

    def forget(self, scope: str, match: str | None, source: str | None = None) -> Any:
        gone = self._library.facts.forget(
            match, collection=scope, source=source, everything=match is None and source is None,
            # A version that a case has kept is there to bring it back.
            keep_versions=True,
        )  # fmt: skip
        return {"forgotten": gone.forgotten, "remaining": gone.remaining}

    def train_db(self, scope: str, path: str, domain: str) -> Any:
        done = self._library.train_db(path, domain=domain, collection=scope)
        return {
            "tables": done.tables, "relationships": done.relationships,
            "patterns": done.patterns, "fingerprint": done.fingerprint,
        }  # fmt: skip

    def secret_put(self, scope: str, secret: str, key: str, value: str) -> None:
        self._library.vault.put(scope, key, value, secret=secret)

    def secret_get(self, scope: str, secret: str, question: str) -> Any:
        found = self._library.vault.get(scope, question, secret=secret)
        return None if found is None else {"value": found, "text": found, "abstained": False}

    def learn_text(self, text: str) -> None:
        self._library.graph.learn_text(text)

    def count(self, scope: str) -> int:
        counts = {row.collection: row.facts for row in self._library.collections.scopes()}
        return counts.get(scope, 0)

    def scopes(self) -> list[str]:
        held = (scope.collection for scope in self._library.collections.scopes())
        return [name for name in held if name is not None]


def _ltp(stability: float, salience: float, access_count: int) -> Any:
    after = plasticity.stabilise(stability, salience, access_count)
    return {"stability": after, "access_count": access_count + 1, "strength": 1.0}


def _ltd(stability: float, strength: float, amount: float) -> Any:
    after, left = plasticity.weaken(stability, strength, amount)
    return {"stability": after, "strength": left}


_MATHS: dict[str, Callable[..., Any]] = {
    **REFLEX_MATHS,
    "half_life": lambda strength, age, half_life: plasticity.fade(strength, age, half_life),
    "retention": lambda hours, stability: plasticity.retention(hours, stability),
    "time_until_forgotten": lambda stability, elapsed_hours, threshold: plasticity.hours_left(
        stability, elapsed_hours, threshold
    ),
    "ltp": _ltp,
    "ltd": _ltd,
    "salience": lambda text: salience(text),
    "initial_stability": lambda salience: plasticity.first_stability(salience),
    "hebbian": lambda weight, pre, post, count, rate: plasticity.hebb(
        weight, pre, post, count, rate
    ),
}


def _told(fact: Fact) -> dict[str, Any]:
    return {"text": fact.text, "score": fact.score, "source": ", ".join(fact.sources)}
