"""An import of many facts does not shut others out while it reads them."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from workbench import Library
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import import_conflicts


def test_others_write_while_facts_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (json.dumps({"text": f"The yard {n} of Lund has gate {n}."}) for n in range(300))
    (tmp_path / "facts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told: list[int] = []
    with Library.open(tmp_path / "a.brain") as library, Library.open(tmp_path / "a.brain") as other:
        other.facts.tell("The harbour is deep.")

        compare = import_conflicts.disputed

        def comparing(index: FactIndex, scope: int, texts: Sequence[str]) -> list[int]:
            if len(texts) == 300 and not told:
                told.append(1)
                # It would wait half a minute for a library that is locked, and give up.
                other.facts.tell("The ferry is late.")
            return compare(index, scope, texts)

        monkeypatch.setattr(import_conflicts, "disputed", comparing)
        assert library.import_(tmp_path / "facts.jsonl").added == 300
        assert told
        texts = {fact.text for fact in library.facts.list()}
    assert {"The ferry is late.", "The yard 299 of Lund has gate 299."} <= texts
