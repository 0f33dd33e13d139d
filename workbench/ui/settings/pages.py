"""Every page of Settings together: loaded when somebody goes there first, each made when shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from workbench.ui.settings.appearance import AppearancePage
from workbench.ui.settings.brain import BrainPage
from workbench.ui.settings.connections import ConnectionsPage
from workbench.ui.settings.language import LanguagePage
from workbench.ui.settings.library import LibraryPage
from workbench.ui.settings.meaning import MeaningPage
from workbench.ui.settings.models import KindsPage
from workbench.ui.settings.page import Page
from workbench.ui.settings.pictures import PicturesPage
from workbench.ui.settings.place import SettingsPlace
from workbench.ui.settings.privacy import PrivacyPage
from workbench.ui.settings.shortcuts import ShortcutsPage
from workbench.ui.settings.sleep import SleepSettingsPage
from workbench.ui.settings.speech import SpeechPage

if TYPE_CHECKING:
    from workbench.ui.window.context import Context
    from workbench.ui.window.preferring import Preferences

_Kind = TypeVar("_Kind", bound=Page)

#: The pages one step behind another: those of a kind of model, and what few people change.
_MODELS: Final[Mapping[str, type[Page]]] = {
    "embedding": MeaningPage, "language": LanguagePage, "speech": SpeechPage,
    "pictures": PicturesPage,
}  # fmt: skip
_MORE: Final = (ShortcutsPage, SleepSettingsPage, BrainPage)


class SettingsPages(QObject):
    """The page of each kind, and the place that shows one; `works` has what they begin."""

    #: A `Page` was made, not yet shown.
    made = Signal(object)

    def __init__(self, context: "Context", works: "Preferences") -> None:
        super().__init__(works)
        shelf, jobs, actions = context.library, context.jobs, context.actions
        self._makers: Mapping[type[Page], Callable[[], Page]] = {
            AppearancePage: lambda: AppearancePage(lambda: context.settings.now, _MORE),
            ShortcutsPage: lambda: ShortcutsPage(lambda: context.settings.now, actions),
            SleepSettingsPage: SleepSettingsPage,
            BrainPage: lambda: BrainPage(
                shelf, jobs, works.compiling, lambda: context.settings.now.brain_scale
            ),
            KindsPage: lambda: KindsPage(shelf, jobs, _MODELS),
            MeaningPage: lambda: MeaningPage(shelf, jobs, works.reading),
            LanguagePage: lambda: LanguagePage(shelf, jobs, works.fetching),
            SpeechPage: lambda: SpeechPage(shelf, jobs, works.loading),
            PicturesPage: lambda: PicturesPage(shelf, jobs, works.looking),
            LibraryPage: lambda: LibraryPage(shelf, jobs, actions),
            ConnectionsPage: lambda: ConnectionsPage(shelf),
            PrivacyPage: lambda: PrivacyPage(shelf, jobs),
        }
        #: Where they are shown: five in the list, the others one step behind one of them.
        self.place = SettingsPlace(
            tuple(self._makers),
            {**dict.fromkeys(_MODELS.values(), KindsPage), **dict.fromkeys(_MORE, AppearancePage)},
            self._make,
        )

    def _make(self, kind: type[Page]) -> Page:
        page = self._makers[kind]()
        if isinstance(page, AppearancePage | KindsPage):
            page.wanted.connect(self.place.choose)
        self.made.emit(page)
        return page

    def of(self, kind: type[_Kind]) -> _Kind:
        """The page of a kind, made now where nobody went there before."""
        page = self.place.of(kind)
        assert isinstance(page, kind)
        return page
