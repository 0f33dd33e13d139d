"""What works on this machine, asked when somebody looks: `workbench doctor` and the window's sheet.

Nothing is kept from one look to the next, for a server stops and a folder goes away. Only the
chosen model server is contacted, and it is not sent a word of the library.
"""

import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from ingest import installation
from workbench import paths
from workbench.capabilities import Capability, State, built_in, installed
from workbench.errors import InputError
from workbench.intake import speech
from workbench.models import choices, server
from workbench.models.language import LanguageModels
from workbench.space.embeddings import folder
from workbench.store import pictures

_MEANING = "Search by meaning (embedding model)"


def examine(library: Path | None = None) -> list[Capability]:
    """Every capability with its state, the needed ones first.

    `library` is the file whose image model counts, since each library has its own.
    """
    return [*built_in(), _meaning(), _writing(), _speech(), _showing(library)]


def _writing() -> Capability:
    found = installed("Written answers (language model)", "ollama")
    if found.state is not State.WORKS:
        return found
    status = LanguageModels().status()
    return Capability(found.name, status.state, f"{status.sentence} {status.hint}".strip())


def _meaning() -> Capability:
    if choices.load().vectors:
        try:
            there = server.reached()
        except InputError as error:
            return Capability(_MEANING, State.NEEDS_SERVER, str(error))
        return Capability(_MEANING, State.WORKS, f"By {there.title}.")
    found = installed(_MEANING, "ctranslate2", "tokenizers")
    if found.state is not State.WORKS:
        return found
    names = _embedding_models()
    if not names:
        how = "Choose one: see `workbench models`."
        return Capability(found.name, State.NEEDS_MODEL, how)
    return Capability(found.name, State.WORKS, f"Models here: {', '.join(names)}.")


def _embedding_models() -> list[str]:
    kept = paths.models_dir()
    places = sorted(each for each in kept.iterdir() if each.is_dir()) if kept.is_dir() else []
    found = []
    for place in places:
        # A folder of something else, or a damaged model, which `models` names.
        with suppress(InputError):
            found.append(folder.look(place).name)
    with suppress(InputError):
        found += [each.name for each in folder.installed()]
    return found


def _speech() -> Capability:
    found = installed(
        "Speech (recordings and films)", "faster_whisper", "ctranslate2", "av", "onnxruntime"
    )
    if found.state is not State.WORKS:
        return found
    used = speech.means()
    if used is None:
        how = "Load one: see `workbench speech`."
        return Capability(found.name, State.NEEDS_MODEL, how)
    return Capability(found.name, State.WORKS, f"By “{used.model.name}”.")


def _showing(library: Path | None) -> Capability:
    name = "Pictures by what they show (CLIP)"
    found = installed(name, "open_clip", "torch")
    if found.state is not State.WORKS:
        return replace(found, how=f"{installation.add('vision')}.")
    place = _image_model(library)
    if place is None or not place.is_dir():
        how = "Choose the folder of one: see `workbench pictures`."
        return Capability(name, State.NEEDS_MODEL, how)
    return Capability(name, State.WORKS, f"By “{place.name}”.")


def _image_model(library: Path | None) -> Path | None:
    """The folder of the image model that a library uses; read past everything else in the file."""
    if library is None or not library.is_file():
        return None
    address = f"{library.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
            space = pictures.space(connection)
    except sqlite3.Error:
        return None
    return None if space is None else Path(space.path)
