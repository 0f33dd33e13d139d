"""The sheets of tables: a new table, and a question."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from workbench.library.tables import ready_questions
from workbench.recall.records import Table
from workbench.ui.components import choice, label, words
from workbench.ui.language import tr
from workbench.ui.window.context import Context
from workbench.ui.window.forms import Form

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.tables.page import TablesPage

#: What ready questions are for, by the name of their template.
_TEMPLATES: Mapping[str, str] = {
    "papers": tr("Papers"), "interviews": tr("Interviews"), "contracts": tr("Contracts"),
    "books": tr("Books"),
}  # fmt: skip


def scopes(context: Context, selection: Sequence[int]) -> list[tuple[str, Sequence[int] | str]]:
    """Sources that can be asked together: those selected, a collection, all of them."""
    shelf = context.library
    entries: list[tuple[str, Sequence[int] | str]] = [
        (tr("Collection “{name}”", name=item.name), item.name) for item in shelf.collections
    ]
    entries.append((tr("All sources"), [item.id for item in shelf.sources]))
    return (
        [(words.count(len(selection), "chosen source"), selection), *entries]
        if selection
        else entries
    )


class TableSheet(Form):
    """A sheet about a table, with one field and one list."""

    def __init__(self, page: "TablesPage", title: str, reason: str, field_name: str) -> None:
        super().__init__(page.context, title, reason, (("text", field_name),))
        self.page, self.field = page, self.fields["text"]
        self.field.setFocus()

    def choose_from(self, name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
        """Add a list of which one is chosen, under its name."""
        created = choice(name, entries)
        self.body.addWidget(label(name))
        self.body.addWidget(created)
        return created


class NewTable(TableSheet):
    """Names a table, and says which sources and ready questions it begins with."""

    def __init__(self, page: "TablesPage", selection: Sequence[int]) -> None:
        reason = tr("Every source in it is asked the same questions.")
        super().__init__(page, tr("New table"), reason, tr("Name"))
        self.sources = self.choose_from(tr("Sources"), scopes(page.context, selection))
        collection = page.context.navigate.collection
        if collection and not selection:
            self.sources.setCurrentIndex(self.sources.findData(collection))
        templates = ((name, key) for key, name in _TEMPLATES.items())
        self.ready = self.choose_from(tr("Ready questions"), [(tr("None"), None), *templates])
        self.offer(tr("Make table"), self.make, "primary")

    def make(self) -> None:
        """Make the table as it is described; ready questions are asked at once."""
        name, rows, ready = self.field.text(), self.sources.currentData(), self.ready.currentData()
        scope = {"collection": rows} if isinstance(rows, str) else {"sources": rows}

        def create(library: "Library") -> Table:
            return library.tables.create(name, template=ready, **scope)

        def fill_new(_table: Table, _act: object) -> None:
            self.close()
            page.fill()

        page, title = self.page, " ".join(name.split())
        page.context.library.act(
            tr("New Table"),
            create,
            done=fill_new,
            show=lambda is_applied: page.show_table(title if is_applied else ""),
        )


class QuestionSheet(TableSheet):
    """Adds a question to a table, or words that of a column anew."""

    def __init__(self, page: "TablesPage", table: Table, column: int) -> None:
        self._order, self._column = list(table.questions), column
        fresh = column == len(self._order)
        reason = tr("Ask as you would ask one source, such as “How many people took part?”")
        title = tr("Add question") if fresh else tr("Edit question")
        super().__init__(page, title, reason, tr("Question"))
        entries = [
            (f"{word}: {item}", item)
            for key, word in _TEMPLATES.items()
            for item in ready_questions(key)
        ]
        self.ready = self.choose_from(tr("Ready questions"), [(tr("None"), ""), *entries])
        self.ready.activated.connect(lambda _at: self.field.setText(self.ready.currentData()))
        self.field.setText("" if fresh else self._order[column])
        self.offer(tr("Add") if fresh else tr("Save"), self.save, "primary")

    def save(self) -> None:
        """Put the question into the table, which is filled with its answers."""
        self._order[self._column :] = [self.field.text(), *self._order[self._column + 1 :]]
        self.page.set_questions(self.windowTitle().partition(" – ")[0], self._order)
        self.close()
