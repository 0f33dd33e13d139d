"""Buttons, chips, icons and bars, with accessible names."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, SignalInstance
from PySide6.QtGui import (
    QAction,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components.boxes import column, fill, flow, grid, holder, row
from workbench.ui.components.words import paragraph
from workbench.ui.language import tr


def delayed(parent: QObject, call: Callable[[], object], milliseconds: int = 0) -> QTimer:
    """A single-shot timer that calls so many milliseconds after its last `start`."""
    created = QTimer(parent, singleShot=True, interval=milliseconds)
    created.timeout.connect(call)
    return created


def choice(name: str, entries: Iterable[tuple[str, object]] = ()) -> QComboBox:
    """A combo box of (text, data) entries with an accessible name."""
    created = QComboBox()
    created.setAccessibleName(name)
    for text, data in entries:
        created.addItem(text, data)
    return created


def drop_menu(press: QToolButton, menu: QMenu) -> None:
    """Attach a menu to a button."""
    press.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    press.setMenu(menu)


def ticked(
    menu: QMenu, text: str, call: Callable[[], object], *, on: bool, sign: QIcon | None = None
) -> QAction:
    """Add a checkable entry."""
    action = menu.addAction(sign or QIcon(), text.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(lambda: call())
    return action


ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Maximum of a bar.
_FULL = 1000
_FIND = 180  # width of a filter field in pixels
#: The action of a button: a callable, or another signal.
Call = Callable[..., object] | SignalInstance


def button(
    text: str,
    glyph: str = "",
    kind: str = "",
    tip: str = "",
    *,
    name: str = "",
    call: Call | None = None,
) -> QPushButton:
    """A push button. Kinds: "" plain, primary (one per page), quiet (a link), danger.

    `name` is the accessible name if it says more than the text; `call` is the action.
    """
    created = QPushButton(f" {text}" if glyph and text else text)  # Fusion leaves too small a gap
    created.setProperty("kind", kind)
    created.setAccessibleName(name or text or tip)
    created.setToolTip(tip)
    created.setCursor(Qt.CursorShape.PointingHandCursor)
    created.setAutoDefault(False)
    if glyph:
        created.setIcon(
            theme.icon(glyph, {"primary": "on_accent", "quiet": "accent"}.get(kind, "text2"))
        )
    if call is not None:
        created.clicked.connect(call)
    return created


def quiet_button(
    text: str, glyph: str = "", tip: str = "", *, name: str = "", call: Call | None = None
) -> QPushButton:
    """A push button that looks like a link."""
    return button(text, glyph, "quiet", tip, name=name, call=call)


def tool(
    glyph: str,
    name: str,
    *,
    text: bool = False,
    kind: str = "",
    tip: str = "",
    call: Call | None = None,
) -> QToolButton:
    """A tool button with an icon; its name is shown beside it with `text`, else as tool tip."""
    created = QToolButton()
    if glyph:
        created.setIcon(theme.icon(glyph))
    created.setText((f" {name}" if glyph else name) if text else "")
    style = Qt.ToolButtonStyle.ToolButtonIconOnly
    if text:
        text_beside_icon, text_style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
            Qt.ToolButtonStyle.ToolButtonTextOnly,
        )
        style = text_beside_icon if glyph else text_style
    created.setToolButtonStyle(style)
    created.setToolTip(tip or ("" if text else name))
    created.setAccessibleName(name)
    created.setProperty("kind", kind)
    fit_sign(created)
    created.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if call is not None:
        created.clicked.connect(call)
    return created


def segment(text: str, glyph: str = "", call: Call | None = None) -> QToolButton:
    """A segment of an exclusive group of buttons."""
    created = tool(glyph, text, text=True, kind="segment", call=call)
    created.setCheckable(True)
    return created


def on_key(
    widget: QWidget, keys: Qt.Key | str, call: Call, *, include_children: bool = False
) -> None:
    """Add a shortcut of a widget, or with `include_children` of its descendants too."""
    context = Qt.ShortcutContext
    created = QShortcut(QKeySequence(keys), widget)
    created.setContext(
        context.WidgetWithChildrenShortcut if include_children else context.WidgetShortcut
    )
    created.activated.connect(call)


def zooms(event: QWheelEvent, zoom: Callable[[int], object]) -> bool:
    """Zoom by a step on Ctrl+wheel; return False to scroll."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    if delta := event.angleDelta().y():
        zoom(1 if delta > 0 else -1)
    event.accept()
    return True


def fit_sign(press: QToolButton) -> None:
    """Scale the icon of a tool button with the text size."""
    side = theme.px(14 if press.property("kind") in ("chip", "status") else 18)
    press.setIconSize(QSize(side, side))


def chip(
    text: str,
    glyph: str = "",
    *,
    checkable: bool = True,
    tip: str = "",
    name: str = "",
    call: Call | None = None,
) -> QToolButton:
    """A pill button for a filter or scope."""
    created = tool(glyph, text, text=True, kind="chip", tip=tip, call=call)
    created.setCheckable(checkable)
    created.setAccessibleName(name or text)
    created.setProperty("signed", bool(glyph))
    created.setCursor(Qt.CursorShape.PointingHandCursor)
    return created


def field(placeholder: str, name: str, glyph: str = "") -> QLineEdit:
    """A line edit; dropped files go to the window instead of its text."""
    created = _Signed(glyph) if glyph else QLineEdit()
    created.setPlaceholderText(placeholder)
    created.setAccessibleName(name)
    created.setAcceptDrops(False)
    return created


def find_field(
    hint: str, name: str, changed: Callable[[], object], entered: Callable[[], object]
) -> QLineEdit:
    """A field that filters a list as one types; Enter goes to the list."""
    created = field(hint, name, "search")
    created.setClearButtonEnabled(True)
    created.textChanged.connect(lambda _text: changed())
    created.returnPressed.connect(entered)
    return created


def filter_bar(switch: QWidget, find: QLineEdit, chips: Iterable[QToolButton]) -> QWidget:
    """The bar above a list: view switch, filter field and filter chips, which wrap."""
    theme.render(find, lambda: find.setFixedWidth(theme.px(_FIND)))
    return flow(switch, find, *chips, gap=6)


def bar(
    painter: QPainter,
    rect: QRectF,
    share: float,
    role: str = "accent",
    *,
    mirrored: bool = False,
) -> None:
    """Paint a thin bar filled to `share` from 0 to 1."""
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * min(1.0, share)))
        if mirrored:
            filled.moveRight(rect.right())
        painter.setBrush(theme.colour(role))
        painter.drawRoundedRect(filled, radius, radius)


class ShareBar(QProgressBar):
    """A thin bar of `wide` pixels, or expanding with 0; a label beside it has the same value.

    `role` is the colour: accent, or that of a tag.
    """

    def __init__(self, share: float = 0.0, wide: int = 120, role: str = "accent") -> None:
        super().__init__(maximum=_FULL, textVisible=False)
        self._wide = wide
        self.setProperty("ink", role)
        across = QSizePolicy.Policy.Maximum if wide else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.show_share(share)

    def show_share(self, share: float) -> None:
        """Set the share, 0 to 1."""
        least = 4 * _FULL // (self._wide or 400)
        self.setValue(max(round(_FULL * share), least) if share > 0 else 0)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._wide), theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(4))


class Sign(QWidget):
    """An icon without action; decorative unless it has an accessible name.

    `glyph` is an icon or its name; `size` its width in pixels, `high` its height if different.
    """

    def __init__(
        self, glyph: str | QIcon, role: str = "text2", size: int = 18, high: int = 0
    ) -> None:
        super().__init__()
        self._size = size, high or size
        self.show_sign(glyph, role)
        theme.render(self, lambda: self.setFixedSize(*map(theme.px, self._size)))

    def show_sign(self, glyph: str | QIcon, role: str = "text2") -> None:
        """Show another icon."""
        self._icon = theme.icon(glyph, role) if isinstance(glyph, str) else glyph
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(QPainter(self), self.rect(), mode=mode)


class _Signed(QLineEdit):
    """A line edit with an icon, as those of Qt are 16 px at every zoom."""

    def __init__(self, glyph: str) -> None:
        super().__init__()
        self._sign = Sign(glyph, "text2", 16)
        self._sign.setParent(self)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("kind", "search")
        theme.render(self, self._place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def _place(self) -> None:
        side, edge = theme.px(16), theme.px(9)
        mirrored = self.isRightToLeft()
        room = side + theme.px(12)
        self.setTextMargins(0 if mirrored else room, 0, room if mirrored else 0, 0)
        left = self.width() - edge - side if mirrored else edge
        self._sign.setGeometry(left, (self.height() - side) // 2, side, side)


class PasswordField(QWidget):
    """The password of a locked file; a wrong one is reported below and can be corrected.

    `unlock(password, done=…, failed=…)` tries it on a worker; `on_unlocked(result)` is called on
    success.
    """

    def __init__(self, unlock: Callable[..., object], on_unlocked: Callable[[Any], object]) -> None:
        super().__init__()
        self._unlock, self._opened = unlock, on_unlocked
        self.title = paragraph("", "strong")
        self.field = field(tr("Password"), tr("Password"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaximumWidth(theme.px(260))
        self.press = button(tr("Unlock"), call=self._try)
        self.problem = paragraph("", "danger")
        for hidden in (self.title, self.problem):
            hidden.hide()
        self.field.returnPressed.connect(self._try)
        line = row(self.field, self.press, None)
        self.setLayout(column(self.title, line, self.problem, gap=6))

    def say(self, title: str) -> None:
        """Show what is locked."""
        self.title.setText(title)
        self.title.show()

    def _try(self) -> None:
        if self.field.text() and self.press.isEnabled():
            self.press.setEnabled(False)
            self._unlock(self.field.text(), done=self._finish, failed=self._failed)

    def _finish(self, result: Any) -> None:
        self.press.setEnabled(True)
        self.problem.hide()
        self.field.clear()
        self._opened(result)

    def _failed(self, error: WorkbenchError) -> None:
        self.press.setEnabled(True)
        self.problem.setText(str(error))
        self.problem.show()
        self.field.setFocus()
        self.field.selectAll()


class PictureOrTable(QWidget):
    """A chart, and a button that switches to the table; `back` is its label for the way back.

    `description` is the chart as text, for screen readers.
    """

    def __init__(self, picture: QWidget, table: QWidget, description: str, back: str) -> None:
        super().__init__()
        self.picture, self.table, self._back = picture, table, back
        table.hide()
        self.switch = quiet_button(tr("As a table"), call=self._turn)
        fill(self, column(picture, table, row(self.switch, None), gap=2), name=description)

    @property
    def shows_table(self) -> bool:
        """Whether the table is visible."""
        return not self.table.isHidden()

    def _turn(self) -> None:
        table = self.table.isHidden()
        self.table.setVisible(table)
        self.picture.setVisible(not table)
        self.switch.setText(self._back if table else tr("As a table"))
        self.switch.setAccessibleName(self.switch.text())


def table_of(lines: Iterable[Sequence[QWidget]], wide: int = 0) -> QWidget:
    """A grid of cells, the last of each row right-aligned; column `wide` takes spare room."""
    table = grid(12, 2, wide)
    for at, cells in enumerate(lines):
        for column_at, cell in enumerate(cells[:-1]):
            table.addWidget(cell, at, column_at)
        table.addWidget(cells[-1], at, len(cells) - 1, Qt.AlignmentFlag.AlignRight)
    return holder(table)
