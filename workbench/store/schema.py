"""The named migrations that lead to the tables of a `.brain` file; `*_schema` beside hold these.

Each migration runs in one transaction together with its own record. `user_version` is the number
of migrations a library has had; a library with more of them than this program knows is refused.
"""

import sqlite3
import time
import uuid
from collections.abc import Callable

from workbench.store import checksums, row_counts
from workbench.store.aliases import ALIASES
from workbench.store.derived import DERIVED
from workbench.store.document_schema import EVERY_DOCUMENT, FIRST, TAGS
from workbench.store.fact_schema import FACTS, GONE, KINDS, NOTES, RECORDS, TELLERS, VAULT, WORDS
from workbench.store.fading_tables import TABLES as FADING
from workbench.store.graph_schema import ASKED, CONCEPT_CHANGES, GRAPH, PLASTICITY
from workbench.store.pictures import SIGHTS
from workbench.store.sleep_schema import PACKED, SLEEPS
from workbench.store.stated_schema import MODELLED, STATED
from workbench.store.synapse_schema import TAUGHT
from workbench.store.vectors import PURPOSES, VECTORS
from workbench.store.vital_schema import IN_MIND, REGIONS, STAGES, VERSIONS, VITAL

#: "Engr" in ASCII: what `file` and other programs know a library by.
APPLICATION_ID = 0x456E6772

Migration = Callable[[sqlite3.Connection], None]


def sources_and_engrams(connection: sqlite3.Connection) -> None:
    """Sources, their text, engrams, the queue and the questions asked."""
    for statement in _statements(FIRST):
        connection.execute(statement)
    give_identity(connection)


def give_identity(connection: sqlite3.Connection) -> None:
    """Tell a new library from all others, and when it was made."""
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES (?, ?)",
        [("library_id", uuid.uuid4().hex), ("created", time.time())],
    )


def tags_on_sources(connection: sqlite3.Connection) -> None:
    """Words of the user's own on sources."""
    for statement in _statements(TAGS):
        connection.execute(statement)


def jobs_with_a_purpose(connection: sqlite3.Connection) -> None:
    """Jobs that add (`add`), read a source again (`reindex`) or take a new version (`replace`)."""
    connection.execute("ALTER TABLE job ADD COLUMN purpose TEXT NOT NULL DEFAULT 'add'")


def every_document(connection: sqlite3.Connection) -> None:
    """Jobs with a priority and pages left out, originals of the web, watched folders."""
    for statement in _statements(EVERY_DOCUMENT):
        connection.execute(statement)


def sealed_vault(connection: sqlite3.Connection) -> None:
    """Values that only a secret opens, and the blind index over their keys."""
    for statement in _statements(VAULT):
        connection.execute(statement)


def facts_in_plain_language(connection: sqlite3.Connection) -> None:
    """Facts, who said them, what they claim, and the words that they are found by."""
    for statement in _statements(FACTS):
        connection.execute(statement)


def learned_words(connection: sqlite3.Connection) -> None:
    """Words with the company they keep."""
    for statement in _statements(WORDS):
        connection.execute(statement)


def facts_by_tellers(connection: sqlite3.Connection) -> None:
    """Facts with the one who told them in their own row, others beside."""
    for statement in _statements(TELLERS):
        connection.execute(statement)


def facts_that_are_gone(connection: sqlite3.Connection) -> None:
    """The ids of removed facts, whatever removed them."""
    for statement in _statements(GONE):
        connection.execute(statement)


def notes_and_wordings(connection: sqlite3.Connection) -> None:
    """Notes beside facts, kinds and dates of expiry, former wordings, full scopes."""
    for statement in _statements(NOTES):
        connection.execute(statement)


def strengths_and_links(connection: sqlite3.Connection) -> None:
    """How strong memories are, what they are linked with, and consolidations to be undone."""
    for statement in _statements(PLASTICITY):
        connection.execute(statement)


def facts_with_records(connection: sqlite3.Connection) -> None:
    """Facts without tables of claims and words beside them."""
    for statement in _statements(RECORDS):
        connection.execute(statement)


def concepts_and_fibers(connection: sqlite3.Connection) -> None:
    """What engrams are about, the ways through them, and the associations that these make."""
    for statement in _statements(GRAPH):
        connection.execute(statement)


def versions_and_imports(connection: sqlite3.Connection) -> None:
    """Named versions of scopes, and what imports brought."""
    for statement in _statements(VERSIONS):
        connection.execute(statement)


def changes_of_concepts(connection: sqlite3.Connection) -> None:
    """What was changed of concepts by hand."""
    for statement in _statements(CONCEPT_CHANGES):
        connection.execute(statement)


def kinds_and_reviews(connection: sqlite3.Connection) -> None:
    """Tags and trust of memories, projects, what is due for review, and contradictions."""
    for statement in _statements(KINDS):
        connection.execute(statement)


def what_is_asked_together(connection: sqlite3.Connection) -> None:
    """Which topics are asked one after the other."""
    for statement in _statements(ASKED):
        connection.execute(statement)


def tallies_and_alerts(connection: sqlite3.Connection) -> None:
    """How much there is, and what was found to be wrong with that."""
    for statement in _statements(VITAL):
        connection.execute(statement)


def stages_of_maturation(connection: sqlite3.Connection) -> None:
    """How spaced the recalls of what is remembered were."""
    for statement in _statements(STAGES):
        connection.execute(statement)


def rewards_and_long_term_stores(connection: sqlite3.Connection) -> None:
    """What was rewarded and what was kept for long."""
    for statement in _statements(REGIONS):
        connection.execute(statement)


def what_is_in_mind(connection: sqlite3.Connection) -> None:
    """Which facts were in mind last."""
    for statement in _statements(IN_MIND):
        connection.execute(statement)


def sleeps_in_slices(connection: sqlite3.Connection) -> None:
    """Sleeps that can be resumed and undone, summaries, proposals, days of use."""
    for statement in _statements(SLEEPS):
        connection.execute(statement)


def what_is_stated(connection: sqlite3.Connection) -> None:
    """What statements say of two concepts, and what the user says of that."""
    for statement in _statements(STATED):
        connection.execute(statement)


def names_that_mean_one_thing(connection: sqlite3.Connection) -> None:
    """What was found to be one under several names, and what became of it."""
    for statement in _statements(ALIASES):
        connection.execute(statement)


def uses_and_fading(connection: sqlite3.Connection) -> None:
    """The last uses of what is remembered, and when it will have faded."""
    for statement in _statements(FADING):
        connection.execute(statement)


def changes_of_sleep_packed(connection: sqlite3.Connection) -> None:
    """What sleeps changed, many rows in one."""
    for statement in _statements(PACKED):
        connection.execute(statement)


def vectors_of_sentences(connection: sqlite3.Connection) -> None:
    """What embedding models made of the library."""
    for statement in _statements(VECTORS):
        connection.execute(statement)


def what_models_read(connection: sqlite3.Connection) -> None:
    """Triples that language models have read in sentences, and who read what."""
    for statement in _statements(MODELLED):
        connection.execute(statement)


def vectors_of_pictures(connection: sqlite3.Connection) -> None:
    """What a model's vectors are of: sentences or pictures."""
    connection.execute(PURPOSES)


def what_pictures_show(connection: sqlite3.Connection) -> None:
    """What image models have seen, figures on pages among it."""
    for statement in _statements(SIGHTS):
        connection.execute(statement)


def what_asking_taught(connection: sqlite3.Connection) -> None:
    """Learned synapses, the recalls and rewards they come from, and links that were dreamt of."""
    for statement in _statements(TAUGHT):
        connection.execute(statement)


def vectors_under_titles(connection: sqlite3.Connection) -> None:
    """Models read what they have read once more, now with the titles of records.

    The vectors that are there answer until others come in their place.
    """
    connection.execute("UPDATE space SET upto = 0 WHERE purpose = 'text'")


def checksums_of_rows(connection: sqlite3.Connection) -> None:
    """A checksum for each row that cannot be derived from others."""
    checksums.add_columns(connection)


def counts_of_rows(connection: sqlite3.Connection) -> None:
    """How many rows there are, which the program notes after the last migration."""
    connection.execute(row_counts.TABLE)


def what_words_taught(connection: sqlite3.Connection) -> None:
    """What a large library has learned of its words, which lay in a cache before."""
    for statement in _statements(DERIVED):
        connection.execute(statement)


def _statements(script: str) -> list[str]:
    """Cut a script into statements; `executescript` would commit the transaction around it."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements


#: In order; never reordered, renamed or removed once released.
MIGRATIONS: tuple[Migration, ...] = (
    sources_and_engrams,
    tags_on_sources,
    jobs_with_a_purpose,
    every_document,
    sealed_vault,
    facts_in_plain_language,
    learned_words,
    facts_by_tellers,
    facts_that_are_gone,
    notes_and_wordings,
    strengths_and_links,
    facts_with_records,
    concepts_and_fibers,
    versions_and_imports,
    changes_of_concepts,
    kinds_and_reviews,
    what_is_asked_together,
    tallies_and_alerts,
    stages_of_maturation,
    rewards_and_long_term_stores,
    what_is_in_mind,
    sleeps_in_slices,
    what_is_stated,
    names_that_mean_one_thing,
    uses_and_fading,
    changes_of_sleep_packed,
    vectors_of_sentences,
    what_models_read,
    vectors_of_pictures,
    what_pictures_show,
    what_asking_taught,
    vectors_under_titles,
    checksums_of_rows,
    counts_of_rows,
    what_words_taught,
)
