"""Builds what users install, each format by one command.

    python packaging/build.py OUT folder             OUT/engram-workbench, ready to run
    python packaging/build.py OUT deb archive        that, and what `formats.FORMATS` lists
    python packaging/build.py OUT deb --bundle DIR   from a bundle that was built before

Everything is made in a temporary folder; nothing is written beside the sources. Needs a C compiler
and the group `packaging` (`uv sync --group packaging` brings it). A bundle runs on systems with the
same C library as the one it was built on, or a newer one. What is built twice of one commit in one
environment is the same bytes, apart from AppDirs' times.
"""

import argparse
import compileall
import hashlib
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAME = "engram-workbench"

# The script's own folder is on the path only when it is run as a script.
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
import formats  # noqa: E402
import licences  # noqa: E402


def main(words: Sequence[str] | None = None) -> int:
    """Build; 0 when everything is there, 1 with a sentence on standard error when it is not."""
    parser = argparse.ArgumentParser(prog="build.py", description="Build what users install.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a folder for the results")
    parser.add_argument(
        "formats", nargs="+", choices=["folder", *formats.FORMATS],
        metavar="FORMAT", help="folder (the program itself), "
        + ", ".join(f"{name} ({each.what})" for name, each in formats.FORMATS.items()),
    )  # fmt: skip
    parser.add_argument("--bundle", type=Path, help="a bundle that was built before")
    parser.add_argument("--quick", action="store_true", help="compress little, for tests")
    arguments = parser.parse_args(words)
    out: Path = arguments.out.absolute()
    selected = [formats.FORMATS[name] for name in arguments.formats if name != "folder"]
    lacking = sorted({each for row in selected for each in row.needs if not shutil.which(each)})
    if lacking:
        return _failed(f"install these first: {', '.join(lacking)}.")
    os.environ.setdefault("SOURCE_DATE_EPOCH", _commit_time())
    bundle: Path | None = arguments.bundle
    if bundle is None and ("folder" in arguments.formats or any(each.bundled for each in selected)):
        bundle = out / NAME
        failure = _build_folder(bundle)
        if failure:
            return _failed(failure)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="workbench-build-") as folder:
        work = formats.Work(
            ROOT, (bundle or out).absolute(), out, Path(folder), _version(), arguments.quick
        )
        try:
            made = [path for each in selected for path in each.make(work)]
        except (formats.BuildError, subprocess.CalledProcessError) as error:
            return _failed(str(error))
    # What was put together elsewhere (windows/bundle.sh) has no bill: its wheels have theirs.
    bill = None if bundle is None else bundle / "LICENSES" / licences.BILL
    if bill is not None and selected and bill.is_file():
        shutil.copyfile(bill, out / f"{NAME}-{_version()}.cdx.json")
    for path in made:
        print(f"{path}: {formats.size(path) / 1e6:.0f} MB")
    _write_checksums(out)
    return 0


def _failed(reason: str) -> int:
    print(f"build: {reason}", file=sys.stderr)
    return 1


def _version() -> str:
    return licences.own_version(ROOT)


def _commit_time() -> str:
    """The time of the commit, seconds since 1970: what is built from it is dated so."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "1580601600"


def _write_checksums(out: Path) -> None:
    """SHA256SUMS of all files in `out`, as `sha256sum --check` reads them."""
    rows = []
    for path in sorted(out.iterdir()):
        if path.is_file() and path.name != "SHA256SUMS":
            with path.open("rb") as file:
                rows.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    if rows:
        (out / "SHA256SUMS").write_text("".join(rows), encoding="utf-8")


def _build_folder(target: Path) -> str:
    """Build the bundle; why that failed, or ""."""
    if target.exists():
        return f"{target} is there already; remove it or name another folder."
    if sys.platform.startswith("linux") and not shutil.which("objcopy"):
        return "PyInstaller needs objcopy; install it with: sudo apt-get install binutils"
    if sys.platform.startswith("linux") and not shutil.which("g++"):
        return "the brain's loops are compiled by g++; install it with: sudo apt-get install g++"
    # PyInstaller would leave it out with a warning.
    if lacking := [name for name in ("PyInstaller", "faster_whisper", "av") if not find_spec(name)]:
        return f"{', '.join(lacking)} is not installed; run: uv sync --group packaging"
    with tempfile.TemporaryDirectory(prefix="workbench-bundle-") as folder:
        made, contents = _freeze(Path(folder))
        if made is None:
            return "PyInstaller gave up; what it said stands above."
        try:
            parts = licences.components(contents, ROOT)
        except licences.Unlicensed as error:
            return f"the bundle may not be handed on:\n{error}"
        licences.write(parts, made / "LICENSES")
        # What lies there as source would be compiled at every start where nobody may write.
        compileall.compile_dir(
            made / "_internal",
            quiet=1,
            rx=re.compile("resources"),
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            stripdir=str(made),
        )
        if sys.platform.startswith("linux"):
            formats.add_desktop_files(made / "share")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    size = formats.size(target) / 1e6
    print(f"{target}: {size:.0f} MB, {len(parts)} parts, none under the GPL or AGPL")
    return ""


def _freeze(folder: Path) -> tuple[Path | None, list[tuple[str, str]]]:
    """Run PyInstaller inside `folder`: the bundle (None if that failed) and what went into it."""
    listed = folder / "contents.json"
    environment = {
        **os.environ,
        "BUNDLE_CONTENTS": str(listed),
        # The order of sets is part of what is written: the same sources, the same bundle.
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", str(folder / "dist"), "--workpath", str(folder / "work"),
         str(HERE / "workbench.spec")],
        env=environment, cwd=folder, check=False,
    )  # fmt: skip
    made = folder / "dist" / NAME
    if done.returncode or not made.is_dir():
        return None, []
    return made, [(name, origin) for name, origin in json.loads(listed.read_text("utf-8"))]


if __name__ == "__main__":
    sys.exit(main())
