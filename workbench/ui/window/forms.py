"""Forms with a few fields: vault, projects, watched folders, versions."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.errors import NotFoundError, UsageError, WorkbenchError
from workbench.ui import theme
from workbench.ui.components import (
    Item,
    button,
    choice,
    clear,
    column,
    field,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    scroll,
    words,
)
from workbench.ui.components.dialog import MARGINS, Dialog
from workbench.ui.language import known, tr
from workbench.ui.library.scope import Scope
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.intake.records import Watched
    from workbench.library import Library
    from workbench.memory.kinds.records import Project
    from workbench.memory.sharing.records import Version

#: The entered texts by field name.
Typed = Mapping[str, str]


class Form(Dialog):
    """A list of items, fields and buttons; it stays open and shows results.

    `fields` are (name, label); a name starting with “*” is a secret, whose characters are hidden.
    """

    def __init__(
        self, context: Context, title: str, explanation: str, fields: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(context.window, tr("{title} – Engram Workbench", title=title))
        self.context = context
        self.fields: dict[str, QLineEdit] = {}
        self.presses: list[QPushButton] = []
        self.rows: QVBoxLayout = column(gap=6)
        self.message = paragraph("")
        items: list[Item] = []
        for name, word in fields:
            created = self.fields[name.lstrip("*")] = field("", word)
            if name.startswith("*"):
                created.setEchoMode(QLineEdit.EchoMode.Password)
            items += [label(word), created]
        self.body = column(*items, gap=6)
        inside = column(
            *(label(title, "page"), paragraph(explanation, "muted"), 4),
            *(self.rows, self.body, self.message, None),
            margins=MARGINS,
        )
        self.foot = row(gap=8)
        paper = holder(inside, "surface")
        self.arrange(
            scroll(paper, title), None, self.foot,
            button(tr("Close"), call=self.close),
        )  # fmt: skip
        self.fit(paper, 520)
        self.resize(self.width(), max(self.height() + theme.px(60), theme.px(420)))
        context.library.switched.connect(self.close)

    def offer(self, word: str, call: Callable[[], object], kind: str = "") -> QPushButton:
        """Add a button; Enter triggers the primary one."""
        created = button(word, kind=kind, call=call)
        created.setDefault(kind == "primary")
        self.foot.addWidget(created)
        self.presses.append(created)
        return created

    def typed(self) -> dict[str, str]:
        """The entered texts."""
        return {name: item.text() for name, item in self.fields.items()}

    def run(self, work: Callable[..., Any], done: Callable[[Any], object]) -> None:
        """Call `work(library)` on a worker; errors are shown in the form."""
        shelf = self.context.library
        self.wait()

        def finish(result: Any) -> None:
            self.wait(is_finished=True)
            done(result)

        shelf.with_library(lambda: shelf.ask(work, done=finish, failed=self.failed))

    def failed(self, error: WorkbenchError) -> None:
        """Show an error, keeping the entered texts."""
        self.wait(is_finished=True)
        self.show_message(" ".join(known(part) for part in (error.message, error.hint)), "danger")

    def show_message(self, text: str, role: str = "small") -> None:
        """Show a message below the fields."""
        self.message.setProperty("role", role)
        self.message.style().polish(self.message)
        self.message.setText(text)

    def wait(self, text: str = "", *, is_finished: bool = False) -> None:
        """Disable the buttons while a worker runs, or enable them; clear the message."""
        self.show_message(text)
        for press in self.presses:
            press.setEnabled(is_finished)

    def show_rows(self, rows: Sequence[QWidget], none: str) -> None:
        """Show the items, or a text if there are none."""
        clear(self.rows)
        for item in rows or [paragraph(none)]:
            self.rows.addWidget(item)


def entry(
    name: str, details: str, *calls: tuple[str, Callable[[], object]], role: str = "small"
) -> QWidget:
    """An item of a list: name, details and actions."""
    presses = [quiet_button(word, name=f"{word}: {name}", call=call) for word, call in calls]
    text = column(paragraph(name, ""), paragraph(details, role), gap=0)
    return holder(row(text, *presses, wide=0))


class VaultForm(Form):
    """Stores values encrypted with a secret, and shows them to whoever has it."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            tr("Vault"),
            tr(
                "Values under a secret of yours, sealed in the library's file. Whoever lacks the"
                " secret sees nothing, and nobody can recover it."
            ),
            (
                ("scope", tr("Scope, such as home")), ("key", tr("Key, such as wifi password")),
                ("*secret", tr("Secret")), ("*again", tr("The secret again, to keep something")),
                ("*value", tr("Value")),
            ),
        )  # fmt: skip
        self.open_press = self.offer(tr("Open"), self.open_value, "primary")
        self.keep_press = self.offer(tr("Keep"), self.save)

    def open_value(self) -> None:
        """Show the value of the key."""
        self.run(partial(_read_value, typed=self.typed()), self._show)

    def save(self) -> None:
        """Encrypt the value under the key, replacing a previous one."""
        self.run(partial(_save_value, typed=self.typed()), self._show_saved)

    def _show(self, value: str) -> None:
        self.fields["value"].setEchoMode(QLineEdit.EchoMode.Normal)
        self.fields["value"].setText(value)

    def _show_saved(self, _none: object) -> None:
        for name in ("secret", "again", "value"):
            self.fields[name].clear()
        self.fields["value"].setEchoMode(QLineEdit.EchoMode.Password)
        self.show_message(
            tr("Kept. Only this secret opens it; it cannot be recovered if you lose it.")
        )


def _read_value(library: "Library", typed: Typed) -> str:
    value = library.vault.get(typed["scope"], typed["key"], secret=typed["secret"])
    if value is None:
        raise NotFoundError(
            tr("This secret opens nothing under that key."),
            tr("Check the scope and the key, and type the secret again."),
        )
    return value


def _save_value(library: "Library", typed: Typed) -> None:
    if typed["secret"] != typed["again"]:
        raise UsageError(tr("The two secrets differ; nothing was kept."), tr("Type them again."))
    library.vault.put(typed["scope"], typed["key"], typed["value"], secret=typed["secret"])


class ProjectsForm(Form):
    """Lists, starts and ends projects."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            tr("Projects"),
            tr("A project is a collection with a beginning and an end."),
            (("name", tr("Name")), ("days", tr("Days that it lasts, none for no end"))),
        )
        self.offer(tr("Begin Project"), self.begin, "primary")
        self._show([])
        self.refresh()

    def refresh(self) -> None:
        """Reload the list."""
        self.context.library.ask(
            lambda library: library.collections.projects(), done=self._show, failed=self.failed
        )

    def begin(self) -> None:
        """Start a project, or change the end of an existing one."""
        self.run(partial(_add_project, typed=self.typed()), self._changed)

    def _end(self, name: str) -> None:
        self.run(lambda library: library.collections.change(name, project=False), self._changed)

    def _changed(self, _result: object) -> None:
        self.fields["name"].clear()
        self.context.library.refresh()
        self.refresh()

    def _go(self, name: str) -> None:
        self.context.views.collections.choose(Scope(name))
        self.context.navigate.show_library()

    def _show(self, projects: "list[Project]") -> None:
        calls = (tr("Show"), self._go), (tr("End"), self._end)
        rows = [
            entry(
                project.name,
                " · ".join(_describe(project)),
                *((word, partial(call, project.collection)) for word, call in calls),
            )
            for project in projects
        ]
        self.show_rows(rows, tr("There are no projects yet."))


def _describe(project: "Project") -> list[str]:
    ends = tr("without an end") if project.ends is None else words.day(project.ends, year=True)
    if project.ends is not None:
        ends = tr("ended {day}", day=ends) if project.ended else tr("until {day}", day=ends)
    return [
        ends,
        words.count(project.memories, "memory", "memories"),
        words.count(project.sources, "source"),
    ]


def _add_project(library: "Library", typed: Typed) -> "Project":
    days = typed["days"].strip()
    try:
        lasts = float(days.replace(",", ".")) if days else None
    except ValueError:
        raise UsageError(
            tr("“{days}” is no number of days.", days=days), tr("Write a number, such as 30.")
        ) from None
    return library.collections.add_project(typed["name"], duration_days=lasts)


_NOWHERE = tr("No collection")


class WatchSheet(Form):
    """Lists watched folders; adds and removes them."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            tr("Watch Folder"),
            tr(
                "New files in a watched folder, and in the folders inside it, are added while"
                " this window is open. A file that you edit replaces its older version."
                " Unfinished downloads, hidden files and the program's own files are ignored."
            ),
        )
        self._shown: list[Watched] = []
        self.collection = choice(tr("Collection that new files go into"))
        self.body.addLayout(row(label(tr("into"), "muted"), self.collection, None, gap=10))
        self.add_button = self.offer(tr("Choose a folder…"), self.choose, "primary")
        for changed in (context.library.collections_changed, context.library.queue_changed):
            changed.connect(self.refresh)
        self._show([])
        self.refresh()

    def choose(self) -> None:
        """Choose a folder to watch."""
        selected = QFileDialog.getExistingDirectory(self, tr("Watch a folder"))
        if selected:
            self.watch(Path(selected))

    def watch(self, folder: Path) -> None:
        """Watch a folder, including its existing files."""
        selected = self.collection.currentText() if self.collection.currentIndex() > 0 else None
        self.run(lambda library: library.queue.watch(folder, selected), self._show)

    def stop(self, folder: str) -> None:
        """Stop watching a folder; added sources are kept."""
        self.run(lambda library: library.queue.watch(folder, stop=True), self._show)

    def refresh(self) -> None:
        """Load the watched folders, and fill in the collections."""
        selected = self.collection.currentText() or self.context.navigate.collection or _NOWHERE
        names = [_NOWHERE, *(row.name for row in self.context.library.collections)]
        self.collection.clear()
        self.collection.addItems(names)
        self.collection.setCurrentIndex(max(0, self.collection.findText(selected)))
        watched = self.context.library.ask
        watched(lambda library: library.queue.watch(), done=self._show, key="watching:look")

    def _show(self, result: "list[Watched]") -> None:
        if result != self._shown or not self.rows.count():
            self._shown = result
            self.show_rows(list(map(self._line, result)), tr("No watched folders."))

    def _line(self, watched: "Watched") -> QWidget:
        target = tr("into no collection")
        if watched.collection:
            target = tr("into “{collection}”", collection=watched.collection)
        details = tr("Since {added}, {into}", added=words.day(watched.added), into=target)
        stop = tr("Stop watching"), partial(self.stop, watched.folder)
        name, role = words.home_short(watched.folder), "warn" if watched.problem else "small"
        return entry(name, watched.problem or details, stop, role=role)


class Forms(Part):
    """Opens these forms from the menus; saves and restores versions of statements."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        #: The last opened form.
        self.sheet: Form | None = None
        context.actions.bind(
            vault=lambda: self._open(VaultForm(context)),
            projects=lambda: self._open(ProjectsForm(context)),
            save_version=self.save_version,
            restore_version=self.list_versions,
        )

    def _open(self, form: Form) -> None:
        self.sheet = form
        form.show()

    def save_version(self) -> None:
        """Save a version of the statements in the current collection, or in the library."""
        name, collection = time.strftime("%Y-%m-%d %H:%M:%S"), self._navigate.collection
        self._shelf.ask(
            lambda library: library.versions.save(name, collection),
            done=lambda made: self._announce(tr("Saved as “{name}”", name=made.name)),
            failed=self._shelf.failed.emit,
        )

    def list_versions(self) -> None:
        """List the versions, newest first."""
        form = Form(self._context, tr("Versions"), tr("Statements as they were saved."))
        collection = self._navigate.collection

        def show(versions: "list[Version]") -> None:
            rows = [
                entry(
                    version.name,
                    words.count(version.facts, "fact"),
                    (tr("Restore"), partial(self._restore, version.name, collection)),
                )
                for version in reversed(versions)
            ]
            form.show_rows(rows, tr("There are no versions yet. Save one first."))

        form.run(lambda library: library.versions.list(collection), show)
        self._open(form)

    def _restore(self, name: str, collection: str | None) -> None:
        if self.sheet is not None:
            self.sheet.close()
            self.sheet = None
        self._shelf.act(
            tr("Restore “{name}”", name=name),
            lambda library: library.versions.restore(name, collection),
            said=tr("Restored “{name}”", name=name),
        )
