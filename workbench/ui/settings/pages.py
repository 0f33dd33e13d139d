"""Every page of Settings together: loaded and made when somebody goes there first."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.ui.settings.appearance import AppearancePage
from workbench.ui.settings.brain import BrainPage
from workbench.ui.settings.connections import ConnectionsPage
from workbench.ui.settings.language import LanguagePage
from workbench.ui.settings.library import LibraryPage
from workbench.ui.settings.meaning import MeaningPage
from workbench.ui.settings.models import KindsPage
from workbench.ui.settings.pictures import PicturesPage
from workbench.ui.settings.place import SettingsPlace
from workbench.ui.settings.privacy import PrivacyPage
from workbench.ui.settings.shortcuts import ShortcutsPage
from workbench.ui.settings.sleep import SleepSettingsPage
from workbench.ui.settings.speech import SpeechPage
from workbench.ui.window.originals import link

if TYPE_CHECKING:
    from workbench.ui.window.library_actions import Shelf
    from workbench.ui.window.main import MainWindow
    from workbench.ui.window.preferring import Preferences


@dataclass(frozen=True)
class SettingsPages:
    """Every page of Settings, and the place that shows one of them."""

    models: KindsPage
    meaning: MeaningPage
    language: LanguagePage
    speech: SpeechPage
    pictures: PicturesPage
    brain: BrainPage
    sleep: SleepSettingsPage
    shortcuts: ShortcutsPage
    appearance: AppearancePage
    library: LibraryPage
    connections: ConnectionsPage
    privacy: PrivacyPage

    @cached_property
    def place(self) -> SettingsPlace:
        """Where they are shown: five in the list, the others one step behind one of them."""
        kinds = (self.meaning, self.language, self.speech, self.pictures)
        more = (self.shortcuts, self.sleep, self.brain)
        place = SettingsPlace(
            (
                self.appearance, *more, self.models, *kinds,
                self.library, self.connections, self.privacy,
            ),
            {**dict.fromkeys(kinds, self.models), **dict.fromkeys(more, self.appearance)},
        )  # fmt: skip
        self.models.wanted.connect(place.choose)
        self.appearance.wanted.connect(place.choose)
        return place


def made_for(window: "MainWindow", works: "Preferences") -> SettingsPages:
    """The pages of a window; `works` has the long work that they begin."""
    shelf, jobs, actions = window.shelf, window.jobs, window.actions_by_name
    meaning = MeaningPage(shelf, jobs, works.reading)
    language = LanguagePage(shelf, jobs, works.fetching)
    spoken = SpeechPage(shelf, jobs, works.loading)
    shown = PicturesPage(shelf, jobs, works.looking)
    behind = {"embedding": meaning, "language": language, "speech": spoken, "pictures": shown}
    brain = BrainPage(shelf, jobs, works.compiling, lambda: window.settings.brain_scale)
    sleep = SleepSettingsPage()
    shortcuts = ShortcutsPage(lambda: window.settings, actions)
    return SettingsPages(
        models=KindsPage(shelf, jobs, behind),
        meaning=meaning,
        language=language,
        speech=spoken,
        pictures=shown,
        brain=brain,
        sleep=sleep,
        shortcuts=shortcuts,
        appearance=AppearancePage(lambda: window.settings, (shortcuts, sleep, brain)),
        library=LibraryPage(shelf, jobs, actions),
        connections=ConnectionsPage(shelf),
        privacy=PrivacyPage(shelf, jobs, lambda: _links(shelf)),
    )


def _links(shelf: "Shelf") -> list[int]:
    return [row.id for row in (*shelf.sources, *shelf.trashed) if link(row) is not None]
