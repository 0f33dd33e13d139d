"""Libraries of the first edition, whose tables become those of `schema.sql`.

The first edition counted its migrations and left libraries at number 32. What came after it, up to
version 100, are checksums, counts of rows and learned arrays: nothing that people made is moved.
Libraries of trial versions before that are refused.
"""

import re
import sqlite3

from workbench.store import checksums, schema

#: The number at which the first edition left its libraries, and that of the same tables as now.
FIRST, SAME = 32, 35
#: The versions that are taken over.
KNOWN = range(FIRST, SAME + 1)
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


def statements(version: int) -> tuple[str, ...]:
    """What made the tables, indexes and triggers of a `KNOWN` version or of the newest."""
    made = (each for each in schema.statements() if each.startswith("CREATE"))
    if version == FIRST:
        made = (_SUM.sub("", each) for each in made)
    later = {schema.table(name) for name in _LATER[max(0, version - FIRST - 1) :]}
    return tuple(each for each in made if each not in later)
