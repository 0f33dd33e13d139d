"""Copy with Citation, in the style chosen in Settings."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from workbench.recall.records import Place
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.library import Library


class Citing(Part):
    """Puts the styled citation in place of what was just copied, as soon as it is made."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.library.wanted.copied.connect(self.restyle)
        context.views.reader.copied.connect(self.restyle)

    def choose(self, style: str) -> None:
        """Cite by this style from now on; "" for author, title and place."""
        self._settings.change(citation_style=style)

    def restyle(self, source: int, place: Place, quote: str) -> None:
        """Cite a quotation that was copied with its plain reference by the style chosen."""
        style = self._settings.now.citation_style
        library = self._shelf.library
        if not style or library is None:
            return
        plain = QGuiApplication.clipboard().text()

        def put(words: str) -> None:
            # Something else may have been copied since.
            if QGuiApplication.clipboard().text() == plain:
                QGuiApplication.clipboard().setText(words)

        self._jobs.run(
            _cited, library, source, place, quote, style,
            done=put, failed=self._shelf.failed.emit, key="cite",
        )  # fmt: skip


def _cited(library: "Library", source: int, place: Place, quote: str, style: str) -> str:
    (made,) = library.sources.cite([source], style=style, places=[place])
    return made.after(quote) if quote else made.text
