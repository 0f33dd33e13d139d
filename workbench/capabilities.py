"""What this machine can do for the workbench, found out without importing any of it.

The window's status line and `workbench doctor` say the same because both ask here: per capability
ready or missing, and how to add it. Nothing is imported and nothing is contacted, so that it also
works where Qt's own libraries are missing.
"""

import ctypes
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from ingest.models import ocr

#: Shared libraries that PySide6 needs and does not bring, with the Debian packages they are in.
_QT_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}

#: What Qt's X11 plugin needs beyond that, to open a real window.
_X11_LIBRARIES: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing the program can or cannot do here.

    `needed` marks what the main job cannot do without. `state` is ready, missing or later (not
    part of this version). `how` is one sentence: how to add it, or where it comes from.
    """

    name: str
    state: str
    how: str
    needed: bool = False


def capabilities() -> list[Capability]:
    """Every capability with its state, the needed ones first."""
    return [
        Capability(f"Python {platform.python_version()}", "ready", "", needed=True),
        _window(),
        Capability(
            "Text, books, PDF, office files, e-mail",
            *_module("pypdfium2", "selectolax", "sentencex", "striprtf"),
            needed=True,
        ),
        Capability("Search and quotes", *_module("numpy", "Stemmer"), needed=True),
        Capability("Web pages", *_module("httpcore", "truststore", "idna")),
        _meaning(),
        _writing(),
        _recognition(),
        _speech(),
        Capability("YouTube and other videos (captions)", *_module("yt_dlp")),
        _pictures(),
    ]


def _writing() -> Capability:
    state, how = _module("ollama")
    # Whether a server runs is not asked here: nothing is contacted.
    hint = "Needs Ollama on this machine (ollama.com); see: workbench models status"
    return Capability("Written answers (Ollama)", state, how or hint)


def _speech() -> Capability:
    state, how = _module("faster_whisper", "ctranslate2", "av", "onnxruntime")
    if state == "ready":
        how = "It needs a model: `workbench speech` says which there are and which are here."
    return Capability("Speech (recordings and films)", state, how)


def _recognition() -> Capability:
    who = {"tesseract": "By Tesseract.", "rapidocr": "By RapidOCR."}.get(ocr.engine())
    if who:
        return Capability("Text recognition (OCR)", "ready", who)
    return Capability("Text recognition (OCR)", "missing", f"{ocr.HOW}.")


def _pictures() -> Capability:
    state, how = _module("PIL")
    if state == "ready" and not (find_spec("open_clip") and find_spec("torch")):
        how = "By their words; by what they show, too, with: uv sync --extra vision"
    return Capability("Pictures (CLIP)", state, how)


def _meaning() -> Capability:
    if find_spec("ctranslate2") and find_spec("tokenizers"):
        return Capability("Search by meaning (embedding model)", "ready", "")
    return Capability("Search by meaning (embedding model)", "missing", "Add it with: uv sync")


def has_display() -> bool:
    """Whether a window can be shown at all (or Qt was told to draw without a screen)."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.split(":")[0] in {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}:
        return True
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def dead_display() -> str:
    """The name of a display that is promised here and does not answer; "" where one does.

    Qt ends the whole process when it cannot reach its display, so one knocks before.
    """
    if os.environ.get("QT_QPA_PLATFORM", "xcb").split(":")[0].split(";")[0] != "xcb":
        return ""
    name = os.environ.get("DISPLAY", "")
    if not sys.platform.startswith("linux") or not name or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return ""
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return name if failed else ""


def missing_system_libraries(*, display: bool | None = None) -> list[str]:
    """Debian packages of the shared libraries that the window lacks here; empty elsewhere.

    `display` says whether a real X11 window is wanted (None: when there is an X11 display).
    """
    if not sys.platform.startswith("linux"):
        return []
    if display is None:
        display = bool(os.environ.get("DISPLAY")) and not os.environ.get("QT_QPA_PLATFORM")
    wanted = {**_QT_LIBRARIES, **(_X11_LIBRARIES if display else {})}
    return [package for library, package in wanted.items() if not _loads(library)]


def install_line(packages: list[str]) -> str:
    """The command that installs `packages` on the distributions we know, best guess elsewhere."""
    names = " ".join(packages)
    if shutil.which("apt-get") or not shutil.which("dnf"):
        return f"sudo apt-get install -y {names}"
    return f"sudo dnf install -y {names}   # Debian's names; your distribution's may differ"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _module(*names: str) -> tuple[str, str]:
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        return "missing", f"{_reinstall()}: {', '.join(missing)} is not installed."
    return "ready", ""


def _reinstall() -> str:
    """What brings a lost part back: a bundle has no `uv` to ask."""
    return "Unpack the program anew" if getattr(sys, "frozen", False) else "Run `uv sync`"


def _window() -> Capability:
    if find_spec("PySide6") is None:
        return Capability("Window", "missing", f"{_reinstall()}: PySide6 is not installed.", True)
    packages = missing_system_libraries()
    if packages:
        return Capability(
            "Window", "missing", f"System libraries are missing: {install_line(packages)}", True
        )
    if not has_display():
        return Capability("Window", "ready", "There is no display in this terminal.", True)
    return Capability("Window", "ready", "", True)
