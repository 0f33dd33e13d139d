"""What a bundle is made of and under which licences: a list for people, an SBOM for programs.

It starts from the files that went into the bundle, not from a list of dependencies: every file
belongs to a distribution that is installed, to Python, to the frozen start program, to a library
of the system or to the workbench. A file that belongs to none of them, and anything under a licence
that forbids handing it on like this, stops the build.
"""

import os
import platform
import re
import subprocess
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent

#: The bill of materials in the folder of licences.
BILL = "sbom.cdx.json"

#: Where a licence may be chosen, the one that this bundle is handed on under.
CHOSEN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pyinstaller-hooks-contrib": "Apache-2.0",
    # The GPL that it names is that of a mode for Emacs, which its wheel has not.
    "docutils": "LicenseRef-Public-Domain AND BSD-2-Clause AND PSF-2.0",
    # Of its own, and of FFmpeg, which its wheel carries.
    "av": "BSD-3-Clause AND LGPL-3.0-or-later",
}

#: The one folder of a distribution that the licence in `CHOSEN` is for; the rest is under the GPL.
FOLDER = {"pyinstaller-hooks-contrib": "rthooks"}

#: Texts for distributions whose wheels bring none.
TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "sentencex": ("sentencex.txt",),
    "ctranslate2": ("ctranslate2.txt",),
    "tokenizers": ("Apache-2.0.txt",),
    "av": ("av-libraries.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
}

#: Libraries under the GPL that wheels carry beside others (`encoders` leaves them out).
UNDER_GPL = re.compile(r"libx26[45]")

#: Licences of the system's libraries by the beginning of their names. One that is not here stops
#: the build until somebody has looked.
SYSTEM: Mapping[str, str] = {
    "libX11": "MIT", "libXau": "MIT", "libXdmcp": "MIT", "libxcb": "MIT", "libxkbcommon": "MIT",
    "libbrotli": "MIT", "libexpat": "MIT", "libffi": "MIT", "libfontconfig": "HPND",
    "libfreetype": "FTL", "libpng16": "libpng-2.0", "libz.": "Zlib", "libbz2": "bzip2-1.0.6",
    "liblzma": "0BSD", "liblz4": "BSD-2-Clause", "libzstd": "BSD-3-Clause",
    "libpcre2": "BSD-3-Clause", "libbsd": "BSD-3-Clause", "libmd": "BSD-3-Clause",
    "libcap": "BSD-3-Clause", "libuuid": "BSD-3-Clause", "libcom_err": "MIT",
    "libgssapi_krb5": "MIT", "libkrb5": "MIT", "libk5crypto": "MIT",
    "libkeyutils": "LGPL-2.1-or-later", "libsqlite3": "blessing",
    "libcrypto": "Apache-2.0", "libssl": "Apache-2.0", "libdbus-1": "AFL-2.1",
    "libglib-2.0": "LGPL-2.1-or-later", "libgthread-2.0": "LGPL-2.1-or-later",
    "libsystemd": "LGPL-2.1-or-later", "libgcrypt": "LGPL-2.1-or-later",
    "libgpg-error": "LGPL-2.1-or-later", "libncursesw": "X11", "libtinfo": "X11",
    "libmpdec": "BSD-2-Clause", "libnsl": "LGPL-2.1-only", "libtirpc": "BSD-3-Clause",
}  # fmt: skip

_START_PROGRAM = "GPL-2.0-or-later WITH Bootloader-exception"


class Unlicensed(Exception):
    """A part of the bundle that may not be handed on, or of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the bundle. `licence` is an SPDX expression or the part's own words."""

    name: str
    version: str
    licence: str
    kind: str
    files: int
    texts: tuple[Path, ...] = ()
    #: Where it was installed from: "pypi", "deb", or "" for what is our own or nobody's package.
    origin: str = ""


def forbidden(licence: str) -> bool:
    """Whether every way to read `licence` is the GPL or AGPL without an exception for use."""
    ways = re.split(r"\s+OR\s+|\s*\|\s*", licence.strip("() "))
    return all(
        re.search(r"\bA?GPL", way) is not None and "exception" not in way.lower() for way in ways
    )


def licence_of(distribution: Distribution) -> str:
    """The licence that a distribution declares: expression, field or classifiers, else ""."""
    name = _plain(distribution.metadata["Name"])
    if name in CHOSEN:
        return CHOSEN[name]
    for field in ("License-Expression", "License"):
        told = next(iter(distribution.metadata.get_all(field) or ()), "")
        if 0 < len(told) < 200:
            return " ".join(told.split())
    classifiers = distribution.metadata.get_all("Classifier") or []
    found = [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License :: ")]
    return ", ".join(found)


def components(contents: Iterable[tuple[str, str]], root: Path) -> list[Component]:
    """The parts that `contents`, pairs of (name in the bundle, origin), come from.

    `root` is the folder of the workbench's own sources. Raises `Unlicensed` with every reason.
    """
    owners = _owners()
    standard = Path(os.__file__).resolve().parent
    libraries = {Path(name).name for name, _ in owners}
    counted: dict[str, int] = {}
    found: dict[str, Distribution] = {}
    system: dict[str, list[Path]] = {}
    reasons: list[str] = []
    by_path = dict(owners)
    for name, origin in contents:
        path = Path(origin)
        if origin == "-":
            # A package without a file of its own, which several distributions share.
            continue
        if not path.is_absolute():
            # A link inside the bundle to a library that is in it already.
            if path.name not in libraries:
                reasons.append(f"{name} links to {origin}, which belongs to nothing known")
            continue
        if UNDER_GPL.match(path.name):
            reasons.append(f"{name} is under the GPL, which may not be part of the product")
            continue
        real = str(path.resolve())
        distribution = by_path.get(str(path)) or by_path.get(real)
        if distribution is not None:
            own = _plain(distribution.metadata["Name"])
            if own in FOLDER and FOLDER[own] not in path.parts:
                reasons.append(f"{name} comes from a part of {own} that may not come along")
                continue
            found[own] = distribution
        elif (
            path.name == "base_library.zip"
            or standard in Path(real).parents
            or (re.match(r"libpython3|python3\d+\.dll|Python", path.name))
        ):
            own = "python"
        elif root in path.parents:
            own = "engram-workbench"
        elif (licence := _system_licence(path.name)) is not None:
            system.setdefault(licence, []).append(path)
            continue
        else:
            reasons.append(f"{name} comes from {origin}, whose licence nobody has looked up")
            continue
        counted[own] = counted.get(own, 0) + 1
    parts = [
        _python(counted.pop("python", 0)),
        Component("engram-workbench", own_version(root), "Apache-2.0", "application",
                  counted.pop("engram-workbench", 0),
                  (root / "LICENSE", HERE / "licences" / "english-words.txt")),
        *(_of_distribution(name, found[name], counted[name], root) for name in sorted(found)),
        *_of_system(system),
    ]  # fmt: skip
    reasons += [
        f"{part.name} is under “{part.licence}”, which may not be part of the product"
        for part in parts
        if not part.licence or forbidden(part.licence)
    ]
    reasons += [f"{part.name} has no licence text" for part in parts if not part.texts]
    if reasons:
        raise Unlicensed("\n".join(reasons))
    return parts


def write(parts: list[Component], folder: Path) -> None:
    """Every licence text, `LICENSES.md` as their list, and the bill of materials."""
    folder.mkdir(parents=True)
    rows = ["# What this program is made of", "",
            "Built without a signature. PySide6, Qt and the other libraries lie beside the program "
            "as files of their own and may be replaced by versions of your own.", "",
            "| part | version | licence | texts |", "| --- | --- | --- | --- |"]  # fmt: skip
    for part in parts:
        place = folder / re.sub(r"[^\w.+-]", "_", part.name)
        place.mkdir(exist_ok=True)
        for number, text in enumerate(part.texts):
            target = place / text.name
            if target.exists():
                target = place / f"{text.parent.name}-{number}-{text.name}"
            target.write_bytes(text.read_bytes())
        rows.append(f"| {part.name} | {part.version} | {part.licence} | {place.name}/ |")
    (folder / "LICENSES.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / BILL).write_text(bill_of_materials(parts), encoding="utf-8")


def bill_of_materials(parts: list[Component]) -> str:
    """The parts as CycloneDX 1.6; equal for equal parts and SOURCE_DATE_EPOCH."""
    # Only who builds has it.
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component as Part
    from cyclonedx.model.component import ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    licences = LicenseFactory()
    made = [
        Part(
            name=part.name,
            version=part.version,
            type=ComponentType(part.kind),
            licenses=[licences.make_from_string(part.licence)],
            bom_ref=f"{part.name}@{part.version}",
            purl=PackageURL(part.origin, name=part.name, version=part.version)
            if part.origin
            else None,
        )
        for part in parts
    ]
    program = next(part for part in made if part.name == "engram-workbench")
    bill = Bom(components=[part for part in made if part is not program])
    when = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    bill.metadata.timestamp = datetime.fromtimestamp(when, UTC)
    bill.metadata.component = program
    bill.register_dependency(program, bill.components)
    names = "\n".join(sorted(str(part.bom_ref) for part in made))
    bill.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, names)
    return JsonV1Dot6(bill).output_as_string(indent=1) + "\n"


# -- where things come from ------------------------------------------------------------------------


def _owners() -> list[tuple[str, Distribution]]:
    """Every installed file and the distribution that brought it."""
    owners = []
    for distribution in distributions():
        for file in distribution.files or ():
            place = Path(str(distribution.locate_file(file)))
            owners.append((os.path.normpath(place), distribution))
    return owners


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def own_version(root: Path) -> str:
    """The version in `workbench/version.py`."""
    text = (root / "workbench" / "version.py").read_text(encoding="utf-8")
    match = re.search(r'__version__ = "([^"]+)"', text)
    return match[1] if match else "unknown"


def _system_licence(name: str) -> str | None:
    return next((licence for start, licence in SYSTEM.items() if name.startswith(start)), None)


def _python(files: int) -> Component:
    text = Path(os.__file__).resolve().parent / "LICENSE.txt"
    texts: tuple[Path, ...] = (text,) if text.is_file() else ()
    if not texts and platform.system() == "Linux":
        packaged = sorted(Path("/usr/share/doc").glob("libpython3*-stdlib/copyright"))
        texts = tuple(packaged[:1])
    return Component("python", platform.python_version(), "PSF-2.0", "framework", files, texts)


def _of_distribution(name: str, distribution: Distribution, files: int, root: Path) -> Component:
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if re.search(r"dist-info/.*(?:licen[cs]e|copying|notice|authors)", str(file), re.I)
        # ONNX Runtime has its texts among its modules.
        or re.fullmatch(r"\w+/(?:LICENSE|ThirdPartyNotices\.txt)", str(file))
    ]
    texts += [HERE / "licences" / text for text in TEXTS.get(name, ())]
    licence = licence_of(distribution)
    if name == "pyinstaller":
        # Of it only the start program and its hooks come along.
        licence = _START_PROGRAM
    return Component(
        name,
        distribution.version,
        licence,
        "library",
        files,
        tuple(text for text in texts if text.is_file()),
        "pypi",
    )


def _of_system(system: Mapping[str, list[Path]]) -> list[Component]:
    """Libraries of the system, by the package that they were installed with."""
    made: dict[tuple[str, str], tuple[str, int]] = {}
    for licence, paths in system.items():
        for path in paths:
            package, version = package_of(path)
            made[package, version] = (licence, made.get((package, version), ("", 0))[1] + 1)
    parts = []
    for (package, version), (licence, files) in sorted(made.items()):
        text = Path("/usr/share/doc", package, "copyright")
        # Without a package manager the name of the licence has to do.
        texts = (text,) if text.is_file() else (HERE / "licences" / "SYSTEM.txt",)
        origin = "deb" if text.is_file() else ""
        parts.append(Component(package, version, licence, "library", files, texts, origin))
    return parts


def package_of(path: Path) -> tuple[str, str]:
    """Name and version of the Debian package of a library; its own name elsewhere."""
    try:
        found = subprocess.run(
            ["dpkg", "-S", f"*/{path.name}"], capture_output=True, text=True, check=True
        ).stdout
        package = found.split(":", 1)[0].split(",")[0]
        version = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", package],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return path.name, "unknown"
    return package, version or "unknown"
