"""A list in Ask: the switch of its views with tools above, the rows of a collection below."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from workbench.ui.components import label, rule
from workbench.ui.library.list_page import ListPage, View
from workbench.ui.memories.switch import OF_ASK, KindSwitch, switch_bar
from workbench.ui.window.context import Context

R = TypeVar("R")


class AskPage(ListPage[R]):
    """Lists the rows of the current collection; `tools` are beside the switch."""

    def __init__(
        self,
        context: Context,
        view: View[R],
        segment: str,
        *tools: QWidget,
        below: Sequence[QWidget] = (),
    ) -> None:
        self.switch = KindSwitch(segment, OF_ASK)
        self.count = label("", "small")
        head = switch_bar(self.switch, self.count, *tools)
        super().__init__(context.library, view, head, rule(), *below)
        self.setFocusProxy(self.table)
        context.library.sources_changed.connect(self.reload)
        self.set_scope(context.views.library.scope)
        context.views.collections.scope_changed.connect(self.set_scope)
