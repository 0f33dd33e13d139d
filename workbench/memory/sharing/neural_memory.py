"""Reads brains of NeuralMemory: what `nmem export` writes, and the database of a brain.

A memory is the text of a fiber. Releases since 4 keep two fibers of each: one is typed (kind,
priority, expiry, tags, project), and another has the text as its summary.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from workbench.errors import InputError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.facts.marking import KINDS
from workbench.memory.graph.kinds import FAMILIES, kind_name, kind_words

#: The tables by which its database is recognised.
TABLES = frozenset(("neurons", "fibers", "typed_memories"))
#: Synapse types that state a relation; others are co-occurrence or time.
_SAID = frozenset(
    kind_name(type)
    for family in ("causal", "semantic", "spatial", "emotional", "conflict")
    for type in FAMILIES[family] - {AssociationType.INVOLVES}
)
_WORD = re.compile(r"\w+")
#: Kinds that are notes here; what says how to behave answers no question.
_INSTRUCTIONS = ("instruction", "boundary")
#: Who said it where nobody else did.
_USER = ("", "user_input", "user")


def lines(stream: TextIO, left: list[str]) -> Iterator[str]:
    """Yield the lines of an export as JSON; what has no place here is added to `left`.

    Raises `InputError` for any other file.
    """
    try:
        yield from _brain(json.load(stream), None, left)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(
            "This JSON file is not a memory that another program exported.",
            "Add it as a file if it has references, notes or other texts; a brain of NeuralMemory "
            "is exported there as JSON.",
        ) from error


def database_lines(connection: sqlite3.Connection, left: list[str]) -> Iterator[str]:
    """Yield the lines of a database; if it has several brains, each is a collection."""
    connection.row_factory = sqlite3.Row
    brains = connection.execute("SELECT id, name FROM brains ORDER BY name").fetchall()
    for id, name in brains:
        rows = {
            table: [
                {key: _parsed(row[key]) for key in row.keys()}  # noqa: SIM118 - a row has no `in`
                for row in connection.execute(
                    f"SELECT * FROM {table} WHERE brain_id = ? ORDER BY created_at, rowid", (id,)
                )
            ]
            for table in ("neurons", "synapses", "fibers", "typed_memories", "projects")
        }
        metadata = {name: rows.pop(name) for name in ("typed_memories", "projects")}
        yield from _brain({**rows, "metadata": metadata}, name if len(brains) > 1 else None, left)


def _parsed(value: Any) -> Any:
    """Columns of lists and records are JSON."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


@dataclass(slots=True)
class _Memory:
    """A text with its fibers, the oldest first, and what is typed of it."""

    fibers: list[Mapping[str, Any]] = field(default_factory=list)
    typed: Mapping[str, Any] = field(default_factory=dict)


def _brain(brain: Mapping[str, Any], collection: str | None, left: list[str]) -> Iterator[str]:
    contents = {neuron["id"]: neuron["content"] for neuron in brain["neurons"]}
    metadata = brain.get("metadata") or {}
    typed = {memory["fiber_id"]: memory for memory in metadata.get("typed_memories") or ()}
    projects = {row["id"]: row for row in metadata.get("projects") or ()}
    memories: dict[str, _Memory] = {}
    for fiber in brain["fibers"]:
        anchor = contents.get(fiber["anchor_neuron_id"])
        if anchor is not None:
            memory = memories.setdefault(_text(str(anchor), fiber), _Memory())
            memory.fibers.append(fiber)
            memory.typed = typed.get(fiber.get("id"), memory.typed)
    own_tags, unknown, checked = 0, dict[str, int](), 0
    for text, memory in memories.items():
        tags, made = _tags(memory)
        own_tags += made
        kind = str(memory.typed.get("memory_type") or "fact")
        if kind not in KINDS and kind not in _INSTRUCTIONS:
            unknown[kind] = unknown.get(kind, 0) + 1
        provenance = memory.typed.get("provenance") or {}
        checked += bool(provenance.get("verified")) or provenance.get("confidence") == "high"
        yield json.dumps(
            {
                **_line(text, kind, memory, projects),
                **({} if collection is None else {"collection": collection}),
                "tags": tags,
            }
        )
    statements, silent = _said(brain, contents, list(memories))
    for statement in statements:
        yield json.dumps(
            {"text": statement, **({} if collection is None else {"collection": collection})}
        )
    left += _sentences(own_tags, unknown, checked, silent)


def _line(
    text: str, kind: str, memory: _Memory, projects: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    typed, first = memory.typed, memory.fibers[0]
    told = first.get("created_at")
    source = str(typed.get("source") or (typed.get("provenance") or {}).get("source") or "")
    project = projects.get(typed.get("project_id") or "")
    line: dict[str, Any] = {
        "text": text,
        "told": told,
        "at": first.get("time_start") or told,
        "kind": kind if kind in KINDS else "fact",
        "priority": typed.get("priority"),
        "expires": typed.get("expires_at"),
        "trust": typed.get("trust_score"),
        "source": "" if source in _USER else source,
    }
    if kind in _INSTRUCTIONS:
        line["kind"] = "instruction"
    if project is not None:
        line["project"] = {
            "name": project["name"],
            "starts": project.get("start_date"),
            "ends": project.get("end_date"),
            "description": project.get("description") or "",
            "tags": project.get("tags") or [],
        }
    if any(fiber.get("pinned") for fiber in memory.fibers):
        line["strength"] = {"pinned": 1}
    return line


def _text(anchor: str, fiber: Mapping[str, Any]) -> str:
    """The summary of a fiber, if its anchor is only one of its concepts."""
    summary = str(fiber.get("summary") or "")
    return summary if anchor in summary else anchor


def _tags(memory: _Memory) -> tuple[list[str], int]:
    """The tags that were given, and how many it had found itself."""
    given = list(memory.typed.get("tags") or ())
    found: set[str] = set()
    for fiber in memory.fibers:
        noted = (fiber.get("metadata") or {}).get("_context_fingerprint") or {}
        found.update(fiber.get("auto_tags") or (), noted.get("dominant_topics") or ())
        given += fiber.get("agent_tags") or ()
    given += [tag for fiber in memory.fibers for tag in fiber.get("tags") or () if tag not in found]
    return list(dict.fromkeys(given)), len(found.difference(given))


def _said(
    brain: Mapping[str, Any], contents: Mapping[str, str], memories: Sequence[str]
) -> tuple[list[str], int]:
    """What synapses say of neurons in no memory; and how many neurons nothing is said of.

    The neurons of a fiber were drawn from its text, and so were the synapses between them.
    """
    fibers: dict[str, set[int]] = {}
    for number, fiber in enumerate(brain["fibers"]):
        for id in [fiber["anchor_neuron_id"], *(fiber.get("neuron_ids") or ())]:
            fibers.setdefault(id, set()).add(number)
    by_word: dict[str, list[str]] = {}
    for text in memories:
        for word in set(_WORD.findall(text)):
            by_word.setdefault(word, []).append(text)

    def is_said(content: str) -> bool:
        """Whether a memory contains these words; those with its rarest word are looked at."""
        texts = min((by_word.get(word, []) for word in _WORD.findall(content)), key=len, default=[])
        return any(content in text for text in texts)

    silent = {
        id for id, content in contents.items() if id not in fibers and not is_said(str(content))
    }
    synapses = [
        (head, synapse["type"], tail)
        for synapse in brain.get("synapses") or ()
        for head, tail in [(synapse["source_id"], synapse["target_id"])]
        if synapse["type"] in _SAID
        and {head, tail} & silent
        and not fibers.get(head, set()) & fibers.get(tail, set())
    ]
    statements = [
        f"{contents[head]} {kind_words(AssociationType[type.upper()])} {contents[tail]}."
        for head, type, tail in synapses
    ]
    silent.difference_update(end for head, _, tail in synapses for end in (head, tail))
    return statements, len(silent)


def _sentences(
    own_tags: int, unknown: Mapping[str, int], checked: int, silent: int
) -> Iterator[str]:
    for kind, count in unknown.items():
        those = "1 memory of" if count == 1 else f"{count} memories of"
        yield f"{those} the kind “{kind}”: a fact here."
    if checked:
        those = "1 memory is" if checked == 1 else f"{checked} memories are"
        yield f"{those} verified or sure there, which has no place here."
    if own_tags:
        those = "1 keyword" if own_tags == 1 else f"{own_tags} keywords"
        yield f"{those} that NeuralMemory found itself: left out."
    if silent:
        neurons = "1 neuron" if silent == 1 else f"{silent} neurons"
        yield f"{neurons} of which nothing is said: left out."
