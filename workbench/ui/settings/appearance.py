"""The pages General (appearance, citation style), Sleep and learning, and Shortcuts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QFileDialog, QKeySequenceEdit, QLabel, QLineEdit

from workbench import plugins
from workbench.recall import citation_styles
from workbench.ui import language, theme
from workbench.ui.components import (
    PLAIN,
    STRONG,
    Column,
    TableModel,
    TableView,
    button,
    card,
    choice,
    column,
    label,
    paragraph,
    quiet_button,
    row,
    words,
)
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page, Title, button_flow, lines
from workbench.ui.sleep.settings import RestSettings
from workbench.ui.window import keys

if TYPE_CHECKING:
    from workbench.ui.window.navigation import Choices
    from workbench.ui.window.preferring import Preferences


class SleepSettingsPage(Page):
    """The settings of sleep, with buttons to preview it and to show fading memories."""

    title = Title(
        tr("Sleep and learning"),
        "sleep",
        tr(
            "Sleep strengthens what you used, merges duplicates and archives what has "
            "faded. It never deletes anything, and one Undo takes it all back."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.rest = RestSettings()
        self.body.addWidget(card(column(self.rest, margins=(16, 12, 16, 14)), name=tr("Sleep")))
        self.preview = button(tr("Preview sleep"), "eye")
        self.fading = quiet_button(tr("Show what fades"))
        self.body.addWidget(button_flow(self.preview, self.fading))

    def focus_first(self) -> None:
        """Focus the first check box."""
        if self.rest.isEnabled():
            self.rest.automatic.setFocus()
        else:
            super().focus_first()


_THEMES = (
    ("system", tr("Same as system")),
    ("light", tr("Light")),
    ("dark", tr("Dark")),
    ("contrast", tr("High contrast")),
)
#: Text sizes in percent.
_SIZES = (80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200)


class AppearancePage(Page):
    """Shows the current settings; `works` changes them."""

    title = Title(tr("General"), "sliders", tr("Applies to all windows."))

    def __init__(self, settings: "Choices", works: "Preferences") -> None:
        super().__init__()
        self._settings = settings
        tongues = [(text, name) for name, text in language.LANGUAGES.items()]
        self.languages = choice(tr("Language"), [(tr("Same as system"), ""), *tongues])
        self.languages.activated.connect(
            lambda at: settings.change(language=self.languages.itemData(at))
        )
        styles = [(style.title, style.name) for style in citation_styles.styles()]
        ends = (tr("Author, title and place"), ""), (tr("Another style…"), None)
        self.styles = choice(tr("Citation style"), [ends[0], *styles, ends[1]])
        # Long style names must leave room for the line's text.
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.styles.setSizeAdjustPolicy(policy)
        self.styles.setMinimumContentsLength(20)
        self.styles.activated.connect(self._choose_style)
        added = [(name.capitalize(), name) for name in plugins.found(plugins.THEMES)]
        self.themes = choice(tr("Theme"), [*((text, name) for name, text in _THEMES), *added])
        sizes = [(words.percent(share / 100), share) for share in _SIZES]
        self.sizes = choice(tr("Size of the text"), sizes)
        self.themes.activated.connect(lambda at: works.look.set_theme(self.themes.itemData(at)))
        self.sizes.activated.connect(lambda at: works.look.set_zoom(_SIZES[at] / 100))
        visible = lines(
            Line(
                "eye", tr("Theme"), tr("Follows the system until you choose another."), "", "",
                self.themes,
            ),
            Line(
                "web", tr("Language"), tr("Takes effect when you start Workbench again."), "", "",
                self.languages,
            ),
            Line(
                "sliders", tr("Size of the text"),
                tr("Applies everywhere. In the Reader, Ctrl+Plus enlarges only the page."),
                "", "", self.sizes,
            ),
            Line(
                "quote", tr("Citation style"),
                tr("How Copy with citation names a source. Any .csl file works."), "", "",
                self.styles,
            ),
        )  # fmt: skip
        self.body.addWidget(card(visible, name=tr("General")))
        self.defaults = quiet_button(
            tr("Restore Defaults"),
            tip=tr("Theme, text, citation style and shortcuts as they came"),
            call=works.restore_defaults,
        )
        self.body.addLayout(row(self.defaults, None))
        theme.watch(self, self.refresh)

    def refresh(self) -> None:
        """Show the current settings, which the menu may have changed."""
        selected = self._settings.now
        self.themes.setCurrentIndex(self.themes.findData(selected.theme))
        self.sizes.setCurrentIndex(self.sizes.findData(round(selected.zoom * 100)))
        self.languages.setCurrentIndex(max(0, self.languages.findData(selected.language)))
        style = selected.citation_style
        if self.styles.findData(style) < 0:
            self.styles.insertItem(self.styles.count() - 1, Path(style).name, style)
        self.styles.setCurrentIndex(self.styles.findData(style))

    def _choose_style(self, at: int) -> None:
        style = self.styles.itemData(at)
        if style is None:
            style, _ = QFileDialog.getOpenFileName(
                self, tr("Citation style"), "", tr("Styles (*.csl)")
            )
        if style or at == 0:
            self._settings.change(citation_style=style)
        self.refresh()


_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class _Row:
    """An action: identifier, label, menu, keys as text."""

    name: str
    words: str
    menu: str
    keys: str
    custom: bool


def _sentence(row: _Row) -> str:
    changed = tr(", changed") if row.custom else ""
    return tr(
        "{words}, {menu} menu: {shown}{changed}",
        words=row.words,
        menu=row.menu,
        shown=row.keys or tr("no shortcut"),
        changed=changed,
    )


class ShortcutsPage(Page):
    """Shows the current keys; `rekey` saves and applies changes."""

    title = Title(
        tr("Shortcuts"),
        "keyboard",
        tr("Choose an action, then press the keys you want for it."),
    )

    def __init__(
        self,
        settings: "Choices",
        actions: Mapping[str, QAction],
        rekey: Callable[[tuple[str, ...]], object],
    ) -> None:
        super().__init__()
        self._settings, self._actions, self._rekey = settings, actions, rekey
        self.filter = QLineEdit(placeholderText=tr("Filter actions or keys"))
        self.filter.setAccessibleName(tr("Filter actions or keys"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.refresh)
        columns = (
            Column("action", tr("Action"), lambda r: r.words, style=lambda _row: STRONG),
            Column("menu", tr("Menu"), lambda r: r.menu, width=96),
            Column(
                "keys",
                tr("Keys"),
                lambda r: r.keys,
                width=160,
                style=lambda r: STRONG if r.custom else PLAIN,
            ),
        )
        self.table: TableView[_Row] = TableView(
            TableModel[_Row](columns, _sentence, key=lambda each: each.name), tr("Shortcuts")
        )
        self.table.selectionModel().currentRowChanged.connect(self._chose)
        self.edit = QKeySequenceEdit(maximumSequenceLength=1, clearButtonEnabled=True)
        self.edit.setAccessibleName(tr("New keys"))
        # The inner field gets the focus and is read aloud.
        field = self.edit.findChild(QLineEdit)
        assert field is not None
        self.field: QLineEdit = field
        self.field.setAccessibleName(tr("New keys"))
        self.field.setPlaceholderText(tr("Press keys"))
        self.edit.keySequenceChanged.connect(self._typed)
        self.told = paragraph("", "muted")
        self.use = button(tr("Use These Keys"), kind="primary", call=self._use)
        self.reset = button(
            tr("Reset"), call=self._reset, tip=tr("Go back to the keys it came with")
        )
        self.reset_all = quiet_button(tr("Reset All"), call=lambda: self._change(()))
        caption: QLabel = label(tr("New keys"))
        caption.setBuddy(self.edit)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table)
        self.body.addLayout(row(caption, self.edit, self.use, self.reset, None, self.reset_all))
        self.body.addWidget(self.told)
        theme.render(self, lambda: self.table.setMinimumHeight(theme.px(400)))

    def refresh(self) -> None:
        """Show the current keys of the actions that match the filter."""
        changed = keys.changed(self._settings.now.shortcuts)
        requested = self.filter.text().casefold().split()
        results = []
        for menu, names in keys.groups():
            for name in names:
                shortcuts = self._actions[name].shortcuts()
                visible = ", ".join(item.toString(_NATIVE) for item in shortcuts)
                created = _Row(name, keys.words(name), menu, visible, name in changed)
                if all(
                    word in f"{created.words} {menu} {visible}".casefold() for word in requested
                ):
                    results.append(created)
        row = self.table.chosen()
        self.table.rows.show_rows(results)
        if row is not None:
            self.table.reselect(row.name)
        self.reset_all.setEnabled(bool(changed))
        self._chose()

    def _chose(self, _new: QModelIndex | None = None, _old: QModelIndex | None = None) -> None:
        row = self.table.chosen()
        shortcut = self._actions[row.name].shortcut() if row is not None else QKeySequence()
        with QSignalBlocker(self.edit):
            self.edit.setKeySequence(shortcut)
        self.edit.setEnabled(row is not None)
        self.reset.setEnabled(row is not None and row.custom)
        self._typed()

    def _typed(self) -> None:
        """Show whether the entered keys are valid, and which action would lose them."""
        row, typed = self.table.chosen(), self.edit.keySequence()
        other = keys.owner(self._actions, typed, row.name) if row is not None else ""
        problem = keys.rejection(typed)
        if not problem and other:
            visible = typed.toString(_NATIVE)
            problem = tr(
                "{shown} is used for “{words}”, which would lose it.",
                shown=visible,
                words=keys.words(other),
            )
        self.use.setText(tr("Use Anyway") if other else tr("Use These Keys"))
        self.use.setEnabled(
            row is not None
            and not keys.rejection(typed)
            and typed not in self._actions[row.name].shortcuts()
            and not (typed.isEmpty() and not row.keys)
        )
        self.told.setText(problem)
        self.told.setVisible(bool(problem))

    def _use(self) -> None:
        row, typed = self.table.chosen(), self.edit.keySequence()
        if row is not None:
            choices = self._settings.now.shortcuts
            other = keys.owner(self._actions, typed, row.name)
            if other:
                left = [item for item in self._actions[other].shortcuts() if item != typed]
                choices = keys.with_choice(choices, other, left)
            # The field edits the first of two shortcuts; the second is kept.
            remaining = [item for item in self._actions[row.name].shortcuts()[1:] if item != typed]
            new = [typed, *remaining] if not typed.isEmpty() else remaining
            self._change(keys.with_choice(choices, row.name, new))

    def _reset(self) -> None:
        row = self.table.chosen()
        if row is not None:
            choices = keys.with_choice(self._settings.now.shortcuts, row.name, None)
            # An action that uses the default keys returns to its own, if those are free.
            for item in keys.default_keys(row.name):
                other = keys.owner(self._actions, item, row.name)
                if other:
                    defaults = keys.default_keys(other)
                    used = any(keys.owner(self._actions, item, other) for item in defaults)
                    choices = keys.with_choice(choices, other, [] if used else None)
            self._change(choices)

    def _change(self, choices: tuple[str, ...]) -> None:
        self._rekey(choices)
        self.refresh()
