"""The formats of a release, as a table: each makes files of a bundle, or of the sources.

`FORMATS` says what each is, which programs it needs, and whether it packs a bundle.
"""

import os
import platform
import re
import shutil
import stat
import subprocess
import tarfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import licences

HERE = Path(__file__).resolve().parent
NAME = "engram-workbench"
APP_ID = "io.github.engram_workbench.Workbench"
_DESKTOP = HERE / "linux"


class BuildError(Exception):
    """A format that cannot be made, and why."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a format is made from: `scratch` is a temporary folder, results go to `out`."""

    root: Path
    bundle: Path
    out: Path
    scratch: Path
    version: str
    quick: bool

    @property
    def label(self) -> str:
        """Name, version and system, as files are called."""
        return f"{NAME}-{self.version}-{platform.system()}-{platform.machine()}".lower()


@dataclass(frozen=True, slots=True)
class Format:
    """One way to hand the program on."""

    what: str
    needs: tuple[str, ...]
    make: Callable[[Work], list[Path]]
    bundled: bool = True


def size(path: Path) -> int:
    """Bytes of a file or of all files in a folder."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(each.lstat().st_size for each in files if not each.is_dir())


def add_desktop_files(share: Path) -> None:
    """What a Linux desktop wants to know: entry, icons, the file type `.brain`, metadata."""
    for folder, source, name in (
        ("applications", "engram-workbench.desktop", "engram-workbench.desktop"),
        ("icons/hicolor/scalable/apps", "engram-workbench.svg", "engram-workbench.svg"),
        ("icons/hicolor/scalable/mimetypes", "brain.svg", "application-x-engram-brain.svg"),
        ("mime/packages", "engram-workbench.xml", "engram-workbench.xml"),
        ("metainfo", "metainfo.xml", f"{APP_ID}.metainfo.xml"),
    ):
        target = share / folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_DESKTOP / source, target)


def _run(*words: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, cwd=cwd
    )
    if done.returncode:
        raise BuildError(f"{words[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def _wheel(work: Work) -> list[Path]:
    _run("uv", "build", "--wheel", "--out-dir", work.scratch / "dist", cwd=work.root)
    versions = [work.out / "constraints.txt", work.out / "hashes.txt"]
    for file in versions:
        shutil.copyfile(HERE / file.name, file)
    return [_moved(path, work.out) for path in (work.scratch / "dist").glob("*.whl")] + versions


def _moved(path: Path, folder: Path) -> Path:
    return Path(shutil.move(path, folder / path.name))


def _archive(work: Work) -> list[Path]:
    """The bundle with scripts that install it into a home folder and remove it."""
    kind = "gz" if work.quick else "xz"
    packed = work.out / f"{work.label}.tar.{kind}"
    when = int(os.environ["SOURCE_DATE_EPOCH"])

    def dated(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = when, 0, 0, "", ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & stat.S_IXUSR else 0o644
        return entry

    plain = work.scratch / f"{NAME}.tar"
    with tarfile.open(plain, "w") as archive:
        for script in ("install.sh", "uninstall.sh"):
            archive.add(_DESKTOP / script, f"{NAME}/{script}", filter=dated)
        # `add` goes through a folder in the order of its names.
        archive.add(work.bundle, NAME, filter=dated)
    with packed.open("wb") as target:
        words = ["gzip", "-n", "-1", "-c"] if work.quick else ["xz", "-6", "-T1", "-c"]
        subprocess.run([*words, str(plain)], stdout=target, check=True)
    return [packed]


def _staged(work: Work, program: str) -> Path:
    """A root folder with the bundle at `program` and its desktop files in `usr/share`."""
    stage = work.scratch / "stage"
    shutil.copytree(work.bundle, stage / program, symlinks=True)
    shutil.rmtree(stage / program / "share")
    add_desktop_files(stage / "usr" / "share")
    return stage


def _settle(stage: Path) -> None:
    """Give every file the rights and the date of a release."""
    when = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def _deb(work: Work) -> list[Path]:
    """A package for Debian 12, Ubuntu 22.04 and newer ones."""
    stage = _staged(work, f"opt/{NAME}")
    commands = stage / "usr" / "bin"
    commands.mkdir(parents=True)
    (commands / "workbench").symlink_to(f"../../opt/{NAME}/workbench")
    documents = stage / "usr" / "share" / "doc" / NAME
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(
        "Apache-2.0 (/usr/share/common-licenses/Apache-2.0). What else is inside, and under which\n"
        f"licences: /opt/{NAME}/LICENSES/LICENSES.md\n", encoding="utf-8",
    )  # fmt: skip
    machine = _run("dpkg", "--print-architecture").strip()
    fields = {
        "Package": NAME,
        "Version": work.version,
        "Architecture": machine,
        "Section": "science",
        "Priority": "optional",
        "Maintainer": "The Engram Workbench developers <workbench@localhost>",
        "Installed-Size": str(size(stage) // 1024),
        "Depends": ", ".join(_libraries(stage)),
        "Recommends": "tesseract-ocr, xdg-utils, shared-mime-info, desktop-file-utils",
        "Description": _summary(work.root)
        + "\n The library is one file of yours. Nothing leaves the computer.",
    }  # fmt: skip
    control = stage / "DEBIAN"
    control.mkdir()
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (control / "control").write_text(text, encoding="utf-8")
    _settle(stage)
    packed = work.out / f"{NAME}_{work.version}_{machine}.deb"
    _run("dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{3 if work.quick else 19}",
         "--build", stage, packed)  # fmt: skip
    return [packed]


#: Libraries that Qt opens by name, so that no file asks for them.
_LOADED_BY_QT = ("libegl1", "libgl1")


def _summary(root: Path) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["description"]).rstrip(".")


def _libraries(stage: Path) -> list[str]:
    """The packages of the system's libraries that files of the bundle ask for."""
    carried = {path.name for path in stage.rglob("*.so*")}
    asked: set[str] = set()
    versions: set[tuple[int, ...]] = set()
    for path in stage.rglob("*"):
        if path.is_file() and not path.is_symlink() and _is_elf(path):
            headers = _run("objdump", "-p", path)
            asked |= set(re.findall(r"NEEDED\s+(\S+)", headers))
            versions |= {
                tuple(map(int, version.split(".")))
                for version in re.findall(r"\bGLIBC_(\d+\.\d+)", headers)
            }
    packages = {
        licences.package_of(Path(name))[0]
        for name in asked - carried
        if not name.startswith("ld-linux")
    }
    glibc = ".".join(map(str, max(versions)))
    rest = sorted(packages - {"libc6", *_LOADED_BY_QT})
    return [f"libc6 (>= {glibc})", *_LOADED_BY_QT, *rest]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _appdir(work: Work) -> list[Path]:
    """An AppDir; where `APPIMAGE_RUNTIME` names the runtime of AppImages, the AppImage, too."""
    stage = _staged(work, f"usr/lib/{NAME}")
    desktop = stage / "usr" / "share" / "applications" / "engram-workbench.desktop"
    shutil.copyfile(desktop, stage / desktop.name)
    shutil.copyfile(_DESKTOP / "engram-workbench.svg", stage / "engram-workbench.svg")
    (stage / ".DirIcon").symlink_to("engram-workbench.svg")
    shutil.copyfile(_DESKTOP / "AppRun", stage / "AppRun")
    (stage / "AppRun").chmod(0o755)
    _settle(stage)
    folder = work.out / "Engram-Workbench.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stage, folder, symlinks=True)
    if not (runtime := os.environ.get("APPIMAGE_RUNTIME")):
        print("appdir: APPIMAGE_RUNTIME names no runtime, so it stays a folder: start its AppRun.")
        return [folder]
    return [folder, _image(work, folder, Path(runtime))]


def _image(work: Work, folder: Path, runtime: Path) -> Path:
    """The AppImage (type 2): a runtime, which mounts or unpacks the file system that follows it."""
    if not shutil.which("mksquashfs"):
        raise BuildError("install mksquashfs first (squashfs-tools).")
    packed = work.scratch / "appimage.squashfs"
    _run(
        "mksquashfs", folder, packed, "-noappend", "-root-owned", "-no-xattrs", "-comp", "zstd",
        "-Xcompression-level", "3" if work.quick else "19",
    )  # fmt: skip
    image = work.out / f"{work.label}.AppImage"
    with image.open("wb") as target:
        for part in (runtime, packed):
            with part.open("rb") as source:
                shutil.copyfileobj(source, target)
    image.chmod(0o755)
    return image


def _setup(work: Work) -> list[Path]:
    """The installer for Windows, of a bundle from there or of `windows/bundle.sh`."""
    packed = work.out / f"Engram-Workbench-{work.version}-setup.exe"
    quick = ["-XSetCompressor /FINAL zlib"] if work.quick else []
    _run(
        "makensis", "-V2", *quick, f"-DVERSION={work.version}", f"-DBUNDLE={work.bundle}",
        f"-DOUT={packed}", HERE / "windows" / "setup.nsi",
    )  # fmt: skip
    return [packed]


def _dmg(work: Work) -> list[Path]:
    """The disk image for macOS, signed and notarised where the variables name who signs."""
    packed = work.out / f"{work.label}.dmg"
    _run(HERE / "macos" / "dmg.sh", work.bundle, packed)
    return [packed]


def _flatpak(work: Work) -> list[Path]:
    packed = work.out / f"{APP_ID}.flatpak"
    manifest = work.scratch / f"{APP_ID}.yml"
    text = (HERE / "linux" / "flatpak.yml").read_text("utf-8")
    manifest.write_text(text.replace("path: bundle", f"path: {work.bundle}"), encoding="utf-8")
    repository = work.scratch / "repository"
    _run("flatpak-builder", "--repo", repository, work.scratch / "flatpak", manifest)
    _run("flatpak", "build-bundle", repository, packed, APP_ID)
    return [packed]


FORMATS = {
    "wheel": Format("a wheel for uv, pipx and pip", ("uv",), _wheel, bundled=False),
    "archive": Format("for a home folder on Linux", ("xz",), _archive),
    "deb": Format("for Debian and Ubuntu", ("dpkg-deb", "objdump"), _deb),
    "appdir": Format("an AppImage's folder", (), _appdir),
    "setup": Format("for Windows; tried under Wine alone", ("makensis",), _setup),
    "dmg": Format("for macOS; untried", ("codesign", "hdiutil"), _dmg),
    "flatpak": Format("untried", ("flatpak", "flatpak-builder"), _flatpak),
}
