"""The current theme, and the functions that change it at run time.

Painted widgets call `current()` in their paint event, so a repaint is enough. Widgets with fixed
colours (HTML, documents, item brushes) register with `watch`.
"""

import contextlib
import logging
import re
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench import paths, permissions
from workbench.ui.theme import fonts, icons
from workbench.ui.theme.tokens import CONTRAST, DARK, LIGHT, Theme, named

_WORD = re.compile(r"@(?:(?P<pixels>\d+)px|file_(?P<file>[a-z]+)_(?P<ink>\w+)|(?P<token>\w+))")


def sheet(theme: Theme) -> str:
    """The style sheet in the colours of `theme` at the current text size."""

    def fill(match: re.Match[str]) -> str:
        if match["pixels"]:
            return f"{fonts.px(int(match['pixels']))}px"
        if match["file"]:
            return _picture(match["file"], getattr(theme, match["ink"]))
        return str(getattr(theme, match["token"]))

    return _WORD.sub(fill, _template())


@lru_cache(maxsize=1)
def _template() -> str:
    return (paths.resources() / "themes" / "window.qss").read_text(encoding="utf-8")


def _picture(name: str, ink: str) -> str:
    drawing = icons.svg(name, ink).replace('stroke-width="1.5"', 'stroke-width="2"')
    path = paths.cache_dir() / "icons" / f"{name}-{ink[1:]}.svg"
    # On a full disk the window goes without it.
    with contextlib.suppress(OSError):
        if not path.exists() or path.read_text(encoding="utf-8") != drawing:
            permissions.folder(path.parent)
            path.write_text(drawing, encoding="utf-8")
    return path.as_posix()


_log = logging.getLogger(__name__)
_current = LIGHT
_follows = False
#: Windows whose parts have their own style sheets.
_dressed: list["_Parts"] = []
#: The style sheet between parts: it uses palette colours, so it never changes.
_BETWEEN = (
    "QMainWindow::separator { background: palette(mid); width: 1px; height: 1px; }"
    "QSplitter::handle { background: palette(mid); }"
)


def current() -> Theme:
    """The current theme; call it at paint time."""
    return _current


def colour(role: str, alpha: float = 1.0) -> QColor:
    """The colour of a role in the current theme, `alpha` from 0 to 1."""
    result = QColor(getattr(_current, role))
    result.setAlphaF(alpha)
    return result


def apply(app: QApplication, name: str, *, sheet: bool = True) -> Theme:
    """Apply a theme (light, dark, contrast, a plugin's, or system to follow the desktop).

    Without `sheet`, the style sheet is left to `dress` once all widgets exist: with a style sheet
    set, reparenting a widget notifies all its descendants of a style change, at every level, which
    takes two thirds of the time to build a window. A style sheet is never removed, since that
    crashes Qt. Raises `InputError` if there is no such theme.
    """
    global _follows
    theme = None if name == "system" else named(name)
    first = app.property("themed") is None
    if first:
        app.setProperty("themed", True)
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(lambda: _follow(app))
        fonts.measure(app)
    _follows = theme is None
    if theme is None:
        app.styleHints().unsetColorScheme()
    else:
        scheme = Qt.ColorScheme.Dark if theme.dark else Qt.ColorScheme.Light
        app.styleHints().setColorScheme(scheme)
    _apply(app, theme or _system(), sheet=sheet)
    return _current


def zoom(app: QApplication, factor: float) -> None:
    """Scale all fonts and dependent sizes; 1.0 is the system's size."""
    fonts.set_zoom(factor)
    _apply(app, _current)


def dress(window: QWidget, *holders: QWidget) -> None:
    """Set the style sheet on each part of a window, now and after each change.

    Parts are the children of the window and of `holders`, which only lay them out. Hidden parts get
    it when shown, as Qt would polish every widget in them. A part that is dressed itself only lays
    out its own parts.
    """
    _dressed.append(_Parts(window, holders))


def wear(widget: QWidget) -> None:
    """Set the style sheet on a widget without parent, such as a pop-up."""
    words = _sheet(*_style_key())
    if widget.styleSheet() != words:
        widget.setStyleSheet(words)


@lru_cache(maxsize=1)
def _sheet(_theme: str, _size: int) -> str:
    return sheet(_current)


def watch(widget: QWidget, render: Callable[[], object]) -> None:
    """Call `render` after each change of theme or text size during the lifetime of `widget`."""
    _Watcher(widget, render)


def render(widget: QWidget, call: Callable[[], object]) -> None:
    """Call now, and after each change as `watch` does."""
    call()
    watch(widget, call)


def reduced_motion() -> bool:
    """Whether the system asks for reduced motion, which disables animations."""
    app = QApplication.instance()
    return not isinstance(app, QApplication) or not app.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)


def _system() -> Theme:
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _follow(app: QApplication) -> None:
    if _follows and _system() is not _current:
        _apply(app, _system())


def _apply(app: QApplication, theme: Theme, *, sheet: bool = True) -> None:
    """Palette first, since QSS resolves fonts and colours against it."""
    global _current
    _current = theme
    _sheet.cache_clear()
    font, palette = fonts.font("body"), _palette(theme)
    # Setting equal values again would polish all widgets, in tenths of a second.
    larger = app.font() != font
    if larger:
        app.setFont(font)
    if app.palette() != palette:
        app.setPalette(palette)
    _dressed[:] = [item for item in _dressed if isValid(item)]
    for window in _dressed:
        window.apply(hidden=larger)
    words = _sheet(*_style_key())
    if not _dressed and (sheet or app.styleSheet()) and app.styleSheet() != words:
        app.setStyleSheet(words)
    _switches.made.emit()
    _log.debug("theme %s", theme.name)


def _palette(theme: Theme) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for which, value in (
        (role.Window, theme.canvas),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.hover),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.danger),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.text3),
        (role.Highlight, theme.accent_soft),
        (role.HighlightedText, theme.text),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Accent, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.edge),
        (role.Shadow, theme.sunken),
    ):
        palette.setColor(which, QColor(value))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.text3))
    return palette


def _style_key() -> tuple[str, int]:
    return _current.name, fonts.px(1000)


class _Parts(QObject):
    """Keeps the style sheets of one window's parts up to date."""

    def __init__(self, window: QWidget, holders: tuple[QWidget, ...]) -> None:
        super().__init__(window)
        self._holders = window, *holders
        window.setStyleSheet(_BETWEEN)
        for item in (*self._holders, *self._parts()):
            item.installEventFilter(self)
        self.apply(hidden=False)

    def _parts(self) -> list[QWidget]:
        return [
            item
            for holder in self._holders
            for item in holder.children()
            if isinstance(item, QWidget) and item not in self._holders
        ]

    def apply(self, *, hidden: bool) -> None:
        """Set the style sheet on visible parts, or also on `hidden` ones."""
        for holder in self._holders:
            holder.style().polish(holder)
        for part in self._parts():
            if hidden or part.isVisibleTo(part.window()):
                self._wear(part)

    def _wear(self, part: QWidget) -> None:
        if part not in self._holders and part.styleSheet() != _BETWEEN:
            wear(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QChildEvent):
            part = event.child()
            if not event.removed() and watched in self._holders and isinstance(part, QWidget):
                part.installEventFilter(self)
                if event.polished():
                    self._wear(part)
        elif event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._wear(watched)
        return False


class _Switches(QObject):
    """Signals theme changes to all watchers."""

    made = Signal()


_switches = _Switches()


class _Watcher(QObject):
    """Calls `render` once after a change, during the lifetime of its widget."""

    def __init__(self, widget: QWidget, render: Callable[[], object]) -> None:
        super().__init__(widget)
        self._render, self._seen = render, _style_key()
        _switches.made.connect(self._update, Qt.ConnectionType.QueuedConnection)

    def _update(self) -> None:
        # Ignore changes without effect; of several in one event loop iteration, the first call is
        # enough.
        if self._seen != _style_key():
            self._seen = _style_key()
            self._render()
