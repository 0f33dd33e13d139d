"""Three hundred changed files, the same in every run: no reader dies, hangs or swells."""

import sys
from pathlib import Path
from random import Random

import pytest

from ingest.readers import read
from tests.benchmarks.reliability import mutant_files, mutants, mutations

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="reads /proc for what a reader uses"
)

#: Recognising text in a picture takes as long as reading fifty other files.
_SLOW = (".png", ".jpg", ".gif", ".bmp", ".tiff", ".webp")


def _quick(path: Path) -> bool:
    return path.suffix not in _SLOW


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file of each kind."""
    return mutant_files.write(tmp_path_factory.mktemp("originals"))


@pytest.mark.slow
def test_the_same_number_makes_the_same_mutant(files: list[Path], tmp_path: Path) -> None:
    again = mutant_files.write(tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files]
    for number in range(20):
        one, other = (mutants.mutant(each, 1, number) for each in (files, again))
        assert (one.name, one.data) == (other.name, other.data)


def test_every_kind_of_file_is_read_before_it_is_changed(files: list[Path]) -> None:
    read_alone = {".sqlite", ".wav", ".mp4", ".webm", *_SLOW}
    for path in files:
        if path.suffix not in read_alone:
            assert any(hasattr(record, "passages") for record in read(path)), path.name


def test_a_change_goes_into_the_parts_of_a_package(files: list[Path]) -> None:
    original = next(path for path in files if path.suffix == ".docx")
    whole = mutations.members(original.read_bytes())
    changed = 0
    for number in range(40):
        made = mutations.members(mutations.mutated(original.read_bytes(), Random(number)))
        changed += bool(made) and made != whole
    assert changed > 20


@pytest.mark.slow
def test_a_reader_that_dies_hangs_or_speaks_like_a_program_is_caught(tmp_path: Path) -> None:
    bad = {
        "dies": "import os; os.abort()",
        "raises": "raise KeyError('x')",
        "hangs": "while True: pass",
        "speaks": "raise IngestError('ValueError: bad thing.')",
    }
    lines = "\n".join(
        f"    if path.read_text() == {name!r}:\n        {do}" for name, do in bad.items()
    )
    module = (
        "from pathlib import Path\nfrom ingest.errors import IngestError\n"
        f"def read(path, _request):\n    path = Path(path)\n{lines}\n    yield from ()\n"
    )
    (tmp_path / "bad_reader.py").write_text(module)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(tmp_path))
        patch.setattr(mutants, "CPU", 1.0)
        with mutants.Lane(tmp_path / "lane", "bad_reader:read") as lane:
            found = mutants.Found()
            for number, word in enumerate((*bad, "sound")):
                one = mutants.Mutant(number, Path(f"{word}.txt"), word.encode())
                mutants.note(found, one, lane.read(one), lambda _: None)
    assert [kind for kind, _ in found.faults] == ["crash", "crash", "hang", "unplain"]
    assert (found.mutants, found.read, found.refused) == (5, 1, 1)


@pytest.mark.slow
def test_300_mutants_do_no_harm(tmp_path: Path) -> None:
    found = mutants.tried(tmp_path, 300, only=_quick)
    assert found.faults == []
    assert found.mutants == 300
    assert found.peak < 1000, found.largest
