"""The capabilities of this machine that need no model.

`workbench.doctor` adds those that need one. Imports no optional package and contacts no server, so
it works without Qt's system libraries, too.
"""

import ctypes
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from ingest import installation, isolation
from ingest.models import ocr
from workbench.capability import Capability, State
from workbench.errors import WorkbenchError

#: Shared libraries that PySide6 needs and does not ship, with their Debian packages.
_QT_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}

#: Further ones of Qt's X11 plugin.
_X11_LIBRARIES: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def built_in() -> list[Capability]:
    """Capabilities that need only their packages, required ones first."""
    return [
        Capability(f"Python {platform.python_version()}", State.WORKS, "", needed=True),
        _window(),
        installed(
            "Text, books, PDF, office files, e-mail",
            *(
                "pypdfium2",
                "selectolax",
                "readability",
                "sentencex",
                "striprtf",
                "pptx",
                "openpyxl",
            ),
            needed=True,
        ),
        installed("Search and quotes", "numpy", "Stemmer", needed=True),
        installed("Web pages", "httpcore", "truststore", "idna"),
        installed("YouTube and other videos (captions)", "yt_dlp"),
        installed("Pictures", "PIL"),
        _isolation(),
    ]


def installed(name: str, *modules: str, needed: bool = False) -> Capability:
    """A capability that works if these modules are installed; imports none of them."""
    missing = [each for each in modules if find_spec(each) is None]
    if not missing:
        return Capability(name, State.WORKS, "", needed)
    verb = "is" if len(missing) == 1 else "are"
    how = f"{installation.repair()}: {', '.join(missing)} {verb} not installed."
    return Capability(name, State.NOT_INSTALLED, how, needed)


def text_recognition() -> Capability:
    """Text recognition in pictures (OCR)."""
    name = "Text recognition (OCR)"
    who = {"tesseract": "By Tesseract.", "rapidocr": "By RapidOCR."}.get(ocr.engine())
    return Capability(
        name, State.WORKS if who else State.NOT_INSTALLED, who or f"{ocr.instruction()}."
    )


#: What the processes that read foreign files can do, by `isolation.level`.
_CAGES: Mapping[str, str] = {
    "caged": (
        "Caged: they can open the file that they read and the program, and no network, program or "
        "other process."
    ),
    "without network": (
        "Without network, but not caged: they can open every file that you can open."
    ),
    "not caged": (
        "Not caged: this system cannot enforce it; they are only set to open no connection."
    ),
}


def _isolation() -> Capability:
    level = isolation.level()
    state = State.NOT_INSTALLED if level == "not caged" else State.WORKS
    return Capability("Foreign files read in a cage", state, _CAGES[level])


def has_display() -> bool:
    """Whether a window can be shown, or Qt was told to render without a screen."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.split(":")[0] in {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}:
        return True
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def dead_display() -> str:
    """The value of `DISPLAY` if no X server answers there, else "".

    Qt aborts the process when it cannot connect to its display, so this tries first.
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


def missing_system_libraries() -> list[str]:
    """Debian packages of missing shared libraries of the window; empty on other systems."""
    if not sys.platform.startswith("linux"):
        return []
    display = bool(os.environ.get("DISPLAY")) and not os.environ.get("QT_QPA_PLATFORM")
    wanted = {**_QT_LIBRARIES, **(_X11_LIBRARIES if display else {})}
    return [package for library, package in wanted.items() if not _loads(library)]


def window_obstacle() -> WorkbenchError | None:
    """Why no window can open here; checked before Qt is loaded, which would abort."""
    question = f'{installation.program()} ask --sample "What did Ebbinghaus measure?"'
    sample = f"You can ask the sample book from this terminal instead: {question}"
    if packages := missing_system_libraries():
        return WorkbenchError(
            "The window cannot open: system libraries are missing.",
            f"Install them with: {install_line(packages)}. {sample}",
        )
    if not has_display():
        return WorkbenchError("There is no display here, so the window cannot open.", sample)
    if display := dead_display():
        return WorkbenchError(
            f"The display “{display}” does not answer, so the window cannot open.",
            f"Check DISPLAY. {sample}",
        )
    return None


def install_line(packages: list[str]) -> str:
    """The command that installs `packages` with apt-get or dnf."""
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


def _window() -> Capability:
    found = installed("Window", "PySide6", needed=True)
    packages = missing_system_libraries() if found.state is State.WORKS else []
    if packages:
        how = f"System libraries are missing: {install_line(packages)}"
        return Capability("Window", State.NOT_INSTALLED, how, needed=True)
    if found.state is State.WORKS and not has_display():
        return Capability("Window", State.WORKS, "There is no display in this terminal.", True)
    return found
