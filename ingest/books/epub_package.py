"""The package of an EPUB: its manifest, paths, and cover.

EPUB 3.3 and OPF 2.0.1. DRM is distinguished from mere font obfuscation.
"""

import posixpath
import zipfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from ingest.books.archive import content, damaged, local, open_package, xml
from ingest.errors import EncryptedFileError, IngestError

NOUN = "EPUB"
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_FONT_ONLY = {
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
}


def cover(path: Path) -> bytes:
    """The cover image of an EPUB, as stored.

    EPUB 3.3, D.3.1 (`cover-image`), or the `meta` of earlier versions, or an image of that name.
    Raises `DamagedFileError`, `EncryptedFileError`, and `IngestError` without a cover.
    """
    with open_package(path, NOUN) as archive:
        refuse_protected(archive)
        root, package = package_of(archive)
        manifest = manifest_of(archive, root, package)
        metas = [item for item in root.iter() if local(item) == "meta"]
        text = [item.get("content", "") for item in metas if item.get("name") == "cover"]
        painted = {id: item for id, item in manifest.items() if item[1] in _PICTURES}
        for id, (name, _, properties) in painted.items():
            if "cover-image" in properties.split() or id in text:
                return part(archive, name)
        for id, (name, _, _) in painted.items():
            if "cover" in f"{id} {posixpath.basename(name)}".lower():
                return part(archive, name)
    raise IngestError("This EPUB has no cover.", "Its text is read all the same.")


def refuse_protected(archive: zipfile.ZipFile) -> None:
    """Raise `EncryptedFileError` if more than fonts is encrypted."""
    if "META-INF/encryption.xml" in archive.namelist():
        root = tree(part(archive, "META-INF/encryption.xml"))
        methods = {e.get("Algorithm", "") for e in root.iter() if local(e) == "EncryptionMethod"}
        if methods - _FONT_ONLY:
            raise EncryptedFileError(
                "This EPUB is copy-protected (DRM), so its text cannot be read.",
                "Add a copy without protection, for example from the publisher.",
            )


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part. Raises `DamagedFileError`."""
    return content(archive, name, NOUN)


def tree(data: bytes) -> ElementTree.Element:
    """Parse an XML part. Raises `DamagedFileError`."""
    return xml(data, NOUN)


def package_of(archive: zipfile.ZipFile) -> tuple[ElementTree.Element, str]:
    """The tree of the package file, and its name. Raises `DamagedFileError`."""
    names = set(archive.namelist())
    package = ""
    if "META-INF/container.xml" in names:
        for element in tree(part(archive, "META-INF/container.xml")).iter():
            if local(element) == "rootfile":
                package = unquote(element.get("full-path", ""))
                break
    if package not in names:
        package = next((name for name in archive.namelist() if name.endswith(".opf")), "")
    if not package:
        raise damaged(NOUN, "has lost its table of parts (the package file)")
    return tree(part(archive, package)), package


def manifest_of(
    archive: zipfile.ZipFile, root: ElementTree.Element, package: str
) -> dict[str, tuple[str, str, str]]:
    """Id -> (path in the archive, media type, properties), for existing files."""
    results = {}
    names = set(archive.namelist())
    lower = {name.lower(): name for name in names}
    for element in root.iter():
        if local(element) != "item":
            continue
        name = resolve(package, element.get("href", ""))[0]
        name = name if name in names else lower.get(name.lower(), "")
        if name:
            kind = element.get("media-type", ""), element.get("properties", "")
            results[element.get("id", "")] = (name, *kind)
    return results


def resolve(base: str, href: str) -> tuple[str, str]:
    """Resolve a link in `base` to a path in the archive and a fragment."""
    target, _, fragment = href.partition("#")
    target = unquote(target.partition("?")[0])
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), target)) if target else base
    return name.lstrip("/"), unquote(fragment)
