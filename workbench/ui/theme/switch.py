"""Which theme is in force, and the one place that changes it while the window is open.

Painted widgets ask `current()` in their paint event, so a switch needs no more than a repaint.
What bakes colours in (HTML, documents, item brushes) registers with `watch`.
"""

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
from workbench.ui.theme.tokens import CONTRAST, DARK, LIGHT, THEMES, Theme

_WORD = re.compile(r"@(?:(?P<pixels>\d+)px|file_(?P<file>[a-z]+)_(?P<ink>\w+)|(?P<token>\w+))")


def sheet(theme: Theme) -> str:
    """The style sheet in the colours of `theme` at the present text size."""

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
    if not path.exists() or path.read_text(encoding="utf-8") != drawing:
        permissions.folder(path.parent)
        path.write_text(drawing, encoding="utf-8")
    return path.as_posix()


_log = logging.getLogger(__name__)
_current = LIGHT
_follows = False
#: The windows whose parts have style sheets of their own.
_dressed: list["_Parts"] = []
#: What stands between the parts: its colours are the palette's, so it is never put on anew.
_BETWEEN = (
    "QMainWindow::separator { background: palette(mid); width: 1px; height: 1px; }"
    "QSplitter::handle { background: palette(mid); }"
)


def current() -> Theme:
    """The theme in force; ask at paint time."""
    return _current


def colour(role: str, alpha: float = 1.0) -> QColor:
    """The colour of one job in the current theme, `alpha` from 0 to 1."""
    result = QColor(getattr(_current, role))
    result.setAlphaF(alpha)
    return result


def apply(app: QApplication, name: str, *, sheet: bool = True) -> Theme:
    """Put on the theme `name` (light, dark, contrast, or system to follow the desktop).

    Without `sheet` the style sheet waits for `dress`, until all widgets of a window stand. With it
    on, each widget that is given its place has Qt tell all below it that their style has changed;
    what is put together from the inside is told so at every level, two thirds of what a window
    costs. One that is on is never taken off, which Qt does not survive.
    """
    global _follows
    first = app.property("themed") is None
    if first:
        app.setProperty("themed", True)
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(lambda: _follow(app))
        fonts.measure(app)
    _follows = name == "system"
    if _follows:
        app.styleHints().unsetColorScheme()
    else:
        scheme = Qt.ColorScheme.Dark if THEMES[name].dark else Qt.ColorScheme.Light
        app.styleHints().setColorScheme(scheme)
    _apply(app, _system() if _follows else THEMES[name], sheet=sheet)
    return _current


def zoom(app: QApplication, factor: float) -> None:
    """Scale all type and what hangs on it; 1.0 is the system's size."""
    fonts.set_zoom(factor)
    _apply(app, _current)


def dress(window: QWidget, *holders: QWidget) -> None:
    """Give each part of a window the style sheet, and every switch from now on.

    Parts are the children of the window and of `holders`, which only place them. One that is hidden
    gets it when it is shown: most of a window is, and Qt would polish every widget of it. A part
    may be dressed itself; it only places its own parts then.
    """
    _dressed.append(_Parts(window, holders))


def wear(widget: QWidget) -> None:
    """Give the style sheet to what has no parent to inherit it from, such as a pop-up."""
    words = _sheet(*_style_key())
    if widget.styleSheet() != words:
        widget.setStyleSheet(words)


@lru_cache(maxsize=1)
def _sheet(_theme: str, _size: int) -> str:
    return sheet(_current)


def watch(widget: QWidget, render: Callable[[], None]) -> None:
    """Call `render` after every switch of theme or text size, as long as `widget` lives."""
    _Watcher(widget, render)


def reduced_motion() -> bool:
    """Whether the system asks for less motion; then nothing is animated."""
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
    """Palette first, then the sheet: QSS resolves fonts and colours against the palette."""
    global _current
    _current = theme
    _sheet.cache_clear()
    font, palette = fonts.font("body"), _palette(theme)
    # Putting on the same again would polish every widget there is: tenths of a second.
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
    """Keeps the parts of one window in the style sheet."""

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
        """Have all that is seen wear the sheet as it is now, or what is `hidden`, too."""
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
    """Tells all that watch of a switch."""

    made = Signal()


_switches = _Switches()


class _Watcher(QObject):
    """Renders what it watches once after a switch, as long as that lives."""

    def __init__(self, widget: QWidget, render: Callable[[], None]) -> None:
        super().__init__(widget)
        self._render, self._seen = render, _style_key()
        _switches.made.connect(self._update, Qt.ConnectionType.QueuedConnection)

    def _update(self) -> None:
        # Some switches change nothing, and of several in one turn the first call is enough.
        if self._seen != _style_key():
            self._seen = _style_key()
            self._render()
