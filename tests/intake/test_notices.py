"""What readers have to say reaches a source, also beside one that was there already."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.intake.conftest import MakeIntake
from workbench.store import sources
from workbench.store.store import Store


def _said(store: Store) -> str:
    with store.read() as connection:
        return " ".join(" ".join(row.notices) for row in sources.listing(connection))


@pytest.mark.slow
def test_i16_what_an_archive_left_out_is_said_though_its_last_file_is_known(
    store: Store, make_intake: MakeIntake, tmp_path: Path
) -> None:
    known = tmp_path / "known.txt"
    known.write_text("These words of the ferry are in the library already.")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("new.txt", "These words of the mill are new to the library.")
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
        archive.write(known, "z-known.txt")
    intake = make_intake(reader="ingest.readers:read")
    for path in (known, packed):
        intake.run(intake.enqueue([path]))
    assert "picture.png" in _said(store)


@pytest.mark.slow
def test_i16_what_an_archive_left_out_is_not_said_of_a_file_that_was_there_before(
    store: Store, make_intake: MakeIntake, tmp_path: Path
) -> None:
    known, packed = tmp_path / "known.txt", tmp_path / "packed.zip"
    known.write_text("These words of the ferry are in the library already.")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("new.txt", "These words of the mill are new to the library.")
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
        archive.write(known, "z-known.txt")
    intake = make_intake(reader="ingest.readers:read")
    for path in (known, packed, packed):
        intake.run(intake.enqueue([path]))
        with store.read() as connection:
            said = {row.title: len(row.notices) for row in sources.listing(connection)}
        assert said.pop("Known") == 0
        assert sum(said.values()) == len(said)


def test_i16_a_bad_first_line_is_said(
    store: Store, make_intake: MakeIntake, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    good = json.dumps({"id": "1", "text": "Words of a good line that stands below a bad one."})
    path.write_text(f'{{"id": 1\n{good}\n{good.replace("1", "2")}\n')
    intake = make_intake(reader="ingest.readers:read")
    intake.run(intake.enqueue([path]))
    assert "Line 1 is not valid JSON" in _said(store)
