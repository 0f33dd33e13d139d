"""A process of its own that adds files with the fake reader: `adding.py LIBRARY FILE...`."""

import json
import sys
from pathlib import Path

from workbench.intake.intake import Intake
from workbench.intake.records import Hooks
from workbench.store import text
from workbench.store.store import Store


def main(library: str, *files: str) -> None:
    """Add the files, and print what became of each."""
    with Store.open(library) as store:

        def find(source: int) -> bool:
            with store.read() as connection:
                return bool(text.passages(connection, source))

        intake = Intake(
            store, Hooks(lambda: None, find, lambda topic: None), reader="fake_readers:read"
        )
        try:
            added = intake.run(intake.enqueue([Path(file) for file in files]))
        finally:
            intake.close()
        print(json.dumps([[a.source, a.state, a.already] for a in added]))


if __name__ == "__main__":
    main(*sys.argv[1:])
