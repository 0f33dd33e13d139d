"""Reads what neurram (and neuram, as it is called now) keeps in Redis, from a dump of it.

Each engram is JSON under the key of its region: neocortex, cerebellum or basal ganglia. What only
was in working memory was never stored there.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.memory.sharing import redis_dump

#: What it notes itself in the context of an engram.
_OWN_CONTEXT = frozenset(("reward_signal", "encoded_epoch"))
_PREFIXES = ("neocortex:engram:", "cerebellum:engram:", "basal_ganglia:engram:")


def lines(path: Path, left: list[str]) -> Iterator[str]:
    """Yield its engrams as JSON Lines, oldest first; what has no place here is added to `left`.

    Raises `InputError` for any other file.
    """
    engrams: dict[str, Mapping[str, Any]] = {}
    others = 0
    try:
        for key, value in redis_dump.strings(path.read_bytes()):
            if key.startswith(_PREFIXES):
                engram = json.loads(value)
                # A habit may be in two regions; the one used last is up to date.
                former = engrams.get(engram["engram_id"])
                if former is None or former["last_accessed"] <= engram["last_accessed"]:
                    engrams[engram["engram_id"]] = engram
            else:
                others += 1
        ordered = sorted(engrams.values(), key=lambda engram: float(engram["encoded_at"]))
        numbers = {engram["engram_id"]: number for number, engram in enumerate(ordered, 1)}
        made = [json.dumps(_line(engram, numbers)) for engram in ordered]
    except (ValueError, TypeError, KeyError, AttributeError, OSError, RecursionError) as error:
        raise InputError(
            f"“{path.name}” is not a Redis dump of neurram, or damaged.",
            "Make one with: redis-cli --rdb dump.rdb",
        ) from error
    yield from made
    contexts = sum(bool(set(engram.get("context") or ()) - _OWN_CONTEXT) for engram in ordered)
    if contexts:
        those = (
            "The context of 1 memory" if contexts == 1 else f"The contexts of {contexts} memories"
        )
        left.append(f"{those}: left out.")
    if others:
        keys = "1 key" if others == 1 else f"{others} keys"
        left.append(f"{keys} of other programs in this Redis: left out.")


def _line(engram: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    context = engram.get("context") or {}
    own = numbers[engram["engram_id"]]
    return {
        "text": engram["content"],
        "told": float(engram["encoded_at"]),
        "kind": engram["memory_type"],
        "strength": {
            "weight": float(engram["synaptic_strength"]),
            "used": float(engram["last_accessed"]),
            "uses": int(engram["access_count"]),
            "stability": float(engram["stability"]),
            "salience": float(engram["salience"]),
            "reward": float(context.get("reward_signal", 0.0)),
            # All of its regions in Redis are long-term memory.
            "kept": 0,
        },
        # Both ends know of an association.
        "links": [
            [numbers[other], float(weight)]
            for other, weight in dict(engram.get("associations") or ()).items()
            if numbers.get(other, 0) > own
        ],
    }
