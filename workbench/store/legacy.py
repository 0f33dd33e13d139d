"""Libraries of earlier versions, whose tables become those of `schema.sql`.

The first edition counted its migrations and left libraries at number 32. What came after it, up to
version 100, are checksums, counts of rows and learned arrays: nothing that people made is moved.
Version 100 stored beside each told statement what it claims, which is now read from its words.
Libraries of trial versions before that are refused.
"""

import re
import sqlite3
from dataclasses import replace

from workbench.store import checksums, schema

#: The number at which the first edition left its libraries, that of the same tables as version 100,
#: and the last version that stored claims.
FIRST, SAME, CLAIMS = 32, 35, 100
#: The versions that are taken over.
KNOWN = (*range(FIRST, SAME + 1), CLAIMS)
#: The tables that came after the checksums, in order.
_LATER = ("row_count", "derived")
_SUM = re.compile(r",(?:\s|--[^\n]*\n)*sum INTEGER")


def take_over(connection: sqlite3.Connection, version: int) -> None:
    """Give a library of a `KNOWN` version the tables of today, inside a transaction.

    Its record, checksums and counts are left to the caller, who holds the transaction.
    """
    for number in range(version + 1, SAME + 1):
        if number == FIRST + 1:
            checksums.add_columns(connection)
        else:
            connection.execute(schema.table(_LATER[number - FIRST - 2]))
    _drop_claims(connection)


def _drop_claims(connection: sqlite3.Connection) -> None:
    """Remove the claims from the table of facts; a row that was damaged stays so."""
    fact = checksums.table(connection, "fact")
    left = replace(fact, columns=tuple(name for name in fact.columns if name != "claims"))
    checksums.prepare(connection)
    connection.execute(f"UPDATE fact SET sum = {left.sum('fact')} WHERE sum IS {fact.sum('fact')}")
    connection.execute("ALTER TABLE fact DROP COLUMN claims")


def statements(version: int) -> tuple[str, ...]:
    """What made the tables, indexes and triggers of a `KNOWN` version or of the newest."""
    made = [each for each in schema.statements() if each.startswith("CREATE")]
    later = {schema.table(name) for name in _LATER[max(0, version - FIRST - 1) :]}
    made = [each for each in made if each not in later]
    if version <= CLAIMS:
        fact = schema.table("fact")
        made[made.index(fact)] = fact.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    if version == FIRST:
        made = [_SUM.sub("", each) for each in made]
    return tuple(made)
