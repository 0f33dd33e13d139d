"""Which theme is in force, and the one place that changes it while the window is open.

Painted widgets ask `current()` in their paint event, so a switch needs no more than a repaint.
What bakes colours in (HTML, documents, item brushes) registers with `watch`.
"""

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench.ui.theme import fonts, style
from workbench.ui.theme.tokens import CONTRAST, DARK, LIGHT, THEMES, Theme

_log = logging.getLogger(__name__)
_current = LIGHT
_follows = False
#: The windows that have a style sheet of their own.
_dressed: list[QWidget] = []
_REBUILD = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)


def current() -> Theme:
    """The theme in force; ask at paint time."""
    return _current


def colour(role: str, alpha: float = 1.0) -> QColor:
    """The colour of one job in the current theme, `alpha` from 0 to 1."""
    found = QColor(getattr(_current, role))
    found.setAlphaF(alpha)
    return found


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
    _put_on(app, _system() if _follows else THEMES[name], sheet=sheet)
    return _current


def zoom(app: QApplication, factor: float) -> None:
    """Scale all type and what hangs on it; 1.0 is the system's size."""
    fonts.set_zoom(factor)
    _put_on(app, _current)


def dress(window: QWidget) -> None:
    """Give a window the style sheet, which all below it inherit, and every switch from now on.

    It is the window's, not the application's: to change that one, Qt polishes each widget once for
    every level above it, eight times in a window like this one.
    """
    _dressed.append(window)
    wear(window)


def wear(widget: QWidget) -> None:
    """Give the style sheet to what has no parent to inherit it from, such as a pop-up."""
    words = style.sheet(_current)
    if widget.styleSheet() != words:
        widget.setStyleSheet(words)


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
        _put_on(app, _system())


def _put_on(app: QApplication, theme: Theme, *, sheet: bool = True) -> None:
    """Palette first, then the sheet: QSS resolves fonts and colours against the palette."""
    global _current
    _current = theme
    font, palette = fonts.font("body"), _palette(theme)
    # Putting on the same again would polish every widget there is: tenths of a second.
    if app.font() != font:
        app.setFont(font)
    if app.palette() != palette:
        app.setPalette(palette)
    windows = [each for each in _dressed if isValid(each)]
    _dressed[:] = windows
    for window in windows:
        wear(window)
    words = style.sheet(theme)
    if not windows and (sheet or app.styleSheet()) and app.styleSheet() != words:
        app.setStyleSheet(words)
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


def _look() -> tuple[str, int]:
    return _current.name, fonts.px(1000)


class _Watcher(QObject):
    """Turns the storm of change events of one switch into one call after it."""

    def __init__(self, widget: QWidget, render: Callable[[], None]) -> None:
        super().__init__(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._render, self._seen = render, _look()
        widget.installEventFilter(self)

    def _look(self) -> None:
        # The same events come when a widget is shown first or moves to another parent.
        if self._seen != _look():
            self._seen = _look()
            self._render()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _REBUILD:
            self._timer.start(0)
        return super().eventFilter(watched, event)
