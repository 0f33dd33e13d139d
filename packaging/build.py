"""Builds the program as one folder that runs on machines without Python.

    python packaging/build_bundle.py OUT             OUT/engram-workbench, ready to run
    python packaging/build_bundle.py OUT --archive   and OUT/engram-workbench-VERSION-SYSTEM.tar.gz

Everything is made in a temporary folder; nothing is written beside the sources. Needs the group
`packaging` (`uv sync` brings it). A bundle runs on systems with the same or a newer C library
than the one it was built on. What is tried: Linux on x86-64. Windows and macOS take the same
recipe, and nobody has tried it there yet.
"""

import argparse
import compileall
import hashlib
import json
import os
import platform
import py_compile
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAME = "engram-workbench"


def main(words: Sequence[str] | None = None) -> int:
    """Build; 0 when the bundle is there, 1 with a sentence on standard error when it is not."""
    parser = argparse.ArgumentParser(prog="build_bundle.py", description="Build the bundle.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a folder for the bundle")
    parser.add_argument("--archive", action="store_true", help="also pack it as .tar.gz")
    chosen = parser.parse_args(words)
    out: Path = chosen.out.absolute()
    if (out / NAME).exists():
        return _failed(f"{out / NAME} is there already; remove it or name another folder.")
    if sys.platform.startswith("linux") and not shutil.which("objcopy"):
        return _failed("PyInstaller needs objcopy; install it with: sudo apt-get install binutils")
    with tempfile.TemporaryDirectory(prefix="workbench-bundle-") as folder:
        made, contents = _frozen(Path(folder))
        if made is None:
            return _failed("PyInstaller gave up; what it said stands above.")
        # Imported late: the script's own folder is on the path only when it is run as a script.
        sys.path.insert(0, str(HERE))
        sys.dont_write_bytecode = True
        import licences

        try:
            parts = licences.components(contents, ROOT)
        except licences.Unlicensed as error:
            return _failed(f"the bundle may not be handed on:\n{error}")
        licences.write(parts, made / "LICENSES")
        # What lies there as source would be compiled at every start where nobody may write.
        compileall.compile_dir(
            made / "_internal" / "workbench",
            quiet=1,
            rx=re.compile("resources"),
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        for extra in ("engram-workbench.desktop", "engram-workbench.svg"):
            if sys.platform.startswith("linux"):
                shutil.copy(HERE / "linux" / extra, made / extra)
        out.mkdir(parents=True, exist_ok=True)
        shutil.move(made, out / NAME)
    size = sum(each.lstat().st_size for each in (out / NAME).rglob("*") if not each.is_dir())
    print(f"{out / NAME}: {size / 1e6:.0f} MB, {len(parts)} parts, none under the GPL or AGPL")
    if chosen.archive:
        packed = _packed(out, next(p.version for p in parts if p.name == NAME))
        print(f"{packed}: {packed.stat().st_size / 1e6:.0f} MB")
    return 0


def _failed(why: str) -> int:
    print(f"build_bundle: {why}", file=sys.stderr)
    return 1


def _frozen(folder: Path) -> tuple[Path | None, list[tuple[str, str]]]:
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


def _packed(out: Path, version: str) -> Path:
    """The bundle as one file, and its checksum beside it."""
    system = f"{platform.system()}-{platform.machine()}".lower()
    packed = out / f"{NAME}-{version}-{system}.tar.gz"
    with tarfile.open(packed, "w:gz", compresslevel=6) as archive:
        archive.add(out / NAME, NAME)
    with packed.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    packed.with_name(packed.name + ".sha256").write_text(f"{digest}  {packed.name}\n")
    return packed


if __name__ == "__main__":
    sys.exit(main())
