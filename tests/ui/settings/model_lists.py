"""The lists of models in Settings, as tests reach them."""

from typing import TypeVar

from workbench.ui.settings.model_list import ModelList
from workbench.ui.settings.models import ModelsPage
from workbench.ui.window.main import MainWindow

Models = TypeVar("Models", bound=ModelList)


def model_list(window: MainWindow, kind: type[Models], *, show: bool = False) -> Models:
    """The list of a kind of model, opened in its row with `show`."""
    if show:
        window.preferences.show_models(kind.kind)
    found = window.preferences.pages.of(ModelsPage).models(kind.kind)
    assert isinstance(found, kind)
    return found
