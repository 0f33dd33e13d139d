"""Libraries of a bundle do what they did once that is cut from them which nothing reads."""

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import icu
import pages
import pytest

from workbench import paths

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="libraries are made smaller on Linux only"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler"),
]

_CODE = """
static const char words[] = "of the library";
int answer(void) { return 42; }
const char *name(void) { return words; }
__thread int own = 7;
int *place(void) { return &own; }
"""
_ENCODE = """
import sys
sys.path.insert(0, sys.argv[1])
import ctranslate2, numpy
assert ctranslate2.__file__.startswith(sys.argv[1])
model = ctranslate2.Encoder(sys.argv[2], device="cpu")
hidden = numpy.asarray(model.forward_batch([[101, 7592, 2088, 102]]).last_hidden_state)
print(hidden.shape, float(numpy.abs(hidden).sum()) > 1)
"""
_COMPARE = """
import ctypes, sys
ctypes.CDLL(sys.argv[1], ctypes.RTLD_GLOBAL)
from PySide6.QtCore import QByteArray, QCollator, QDateTime, QLocale, QTimeZone
assert sys.argv[1] in open("/proc/self/maps").read()
words = ["zeta", "Äpfel", "apfel", "beta"]
for name in ("de_DE", "en_GB", "sv_SE"):
    collator = QCollator(QLocale(name))
    collator.setNumericMode(True)
    assert collator.compare("a10", "a9") > 0
    order = sorted(words, key=collator.sortKey)
    assert order[:2] == ["apfel", "Äpfel"] or name == "sv_SE", (name, order)
zone = QTimeZone(QByteArray(b"Europe/Berlin"))
assert zone.isValid() and zone.offsetFromUtc(QDateTime.fromSecsSinceEpoch(1_751_328_000)) == 7200
assert QLocale("de_DE").toUpper("straße") == "STRASSE"
"""


def _made(folder: Path) -> Path:
    (folder / "made.c").write_text(_CODE)
    made = folder / "libmade.so"
    subprocess.run(["cc", "-g3", "-shared", "-fPIC", "-o", made, folder / "made.c"], check=True)
    return made


def test_a_library_without_its_symbols_does_the_same(tmp_path: Path) -> None:
    made = _made(tmp_path)
    smaller = tmp_path / "libsmaller.so"
    smaller.write_bytes(pages.cut(made.read_bytes()))
    assert smaller.stat().st_size < made.stat().st_size
    library = ctypes.CDLL(str(smaller))
    library.name.restype = ctypes.c_char_p
    library.place.restype = ctypes.POINTER(ctypes.c_int)
    assert (library.answer(), library.name()) == (42, b"of the library")
    assert library.place()[0] == 7
    listed = subprocess.run(["objdump", "-p", smaller], capture_output=True, text=True, check=True)
    assert "NEEDED" in listed.stdout


@pytest.mark.parametrize("content", [b"", b"text", b"\x7fELF\x01\x01" + bytes(80)])
def test_what_is_no_library_of_this_kind_stays_as_it_is(content: bytes) -> None:
    assert pages.cut(content) == content


@pytest.mark.slow
def test_models_run_without_the_code_for_graphics_cards(tmp_path: Path) -> None:
    spec = importlib.util.find_spec("ctranslate2")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for folder in (package, package.with_name("ctranslate2.libs")):
        shutil.copytree(folder, tmp_path / folder.name)
    saved = 0
    for library in (tmp_path / "ctranslate2.libs").iterdir():
        whole = library.read_bytes()
        smaller = pages.cut(whole)
        library.write_bytes(smaller)
        saved += len(whole) - len(smaller)
    assert saved > 15_000_000
    words = [sys.executable, "-c", _ENCODE, str(tmp_path), str(paths.resources() / "embeddings")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout == "(1, 4, 384) True\n", done.stderr


def test_text_is_compared_with_less_data(tmp_path: Path) -> None:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    (library,) = filter(icu.is_data, (Path(spec.origin).parent / "Qt" / "lib").iterdir())
    made = icu.reduced(library, tmp_path)
    assert made.stat().st_size < library.stat().st_size / 4
    words = [sys.executable, "-c", _COMPARE, str(made)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
