"""All that a graph holds, by names and words instead of numbers."""

from typing import Any

from tests.memory.graph import plain_tracer
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.linking import Tracer
from workbench.store import fiber_records
from workbench.store.concept_mentions import times
from workbench.store.store import Store


def afresh(store: Store, tracer: Tracer = plain_tracer.trace) -> dict[str, Any]:
    """What linking all of a library from nothing makes; the library is as before after that."""
    tables = ("concept", "concept_key", "fiber", "mention", "association", "waiting")
    kept = {table: store.rows(f"SELECT * FROM {table}") for table in tables}
    mark = store.rows("SELECT value FROM meta WHERE key = 'linked'")

    def clear(connection: Any) -> None:
        for table in tables:
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM derived WHERE kind = 'gone:fiber'")
        connection.execute("DELETE FROM meta WHERE key = 'linked'")

    def back(connection: Any) -> None:
        clear(connection)
        for table, rows in kept.items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        connection.executemany("INSERT INTO meta VALUES ('linked', ?, NULL)", mark)

    store.write(clear)
    graph = ConceptGraph(store, lambda: tracer)
    graph.catch_up()
    held = snapshot(store)
    graph.close()
    store.write(back)
    return held


def snapshot(store: Store) -> dict[str, Any]:
    """What the graph of a library holds now."""
    with store.read() as connection:
        keys = dict(connection.execute("SELECT concept, key FROM concept_key").fetchall())
        concepts = {
            keys[id]: (name, type, mentions, *times(connection, id))
            for id, name, type, mentions in connection.execute(
                "SELECT id, name, type, mentions FROM concept"
            ).fetchall()
        }
        stored = {
            keys[id]: (first, last)
            for id, first, last in connection.execute("SELECT id, first, last FROM concept")
        }
        assert all(stored[key] in ((None, None), concept[3:]) for key, concept in concepts.items())
        associations = {}
        for head, type, tail, evidence in connection.execute(
            "SELECT head, type, tail, evidence FROM association"
        ):
            ends = (keys[head], keys[tail])
            associations[(type, *(sorted(ends) if type in (20, 21, 22) else ends))] = evidence
        fibers = {
            engram: (
                place,
                at,
                [(keys[step.concept], *step[1:]) for step in fiber_records.unpack(record).steps],
                fiber_records.unpack(record).ties,
            )
            for engram, place, at, record in connection.execute(
                "SELECT engram, place, at, record FROM fiber"
            )
        }
        mentions = {
            (keys[concept], place, engram)
            for concept, place, engram in connection.execute("SELECT * FROM mention")
        }
    return {
        "concepts": concepts,
        "associations": associations,
        "fibers": fibers,
        "mentions": mentions,
    }
