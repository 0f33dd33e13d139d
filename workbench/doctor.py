"""Checks what works on this machine, for `workbench doctor` and the window.

Nothing is cached, as servers stop and folders disappear. Only the chosen model server is contacted,
and no text of the library is sent to it.
"""

from pathlib import Path

from ingest import plugins
from workbench.capabilities import built_in
from workbench.capability import Capability, State
from workbench.care.synchronised import synchroniser
from workbench.model_kinds import kinds, stored
from workbench.store import meta

#: Names of kinds of models among the capabilities.
_CALLED = {
    "embedding": "Search by meaning (embedding model)",
    "speech": "Speech (recordings and films)",
    "pictures": "Pictures by what they show (CLIP)",
    "language": "Written answers (language model)",
    "text": "Text recognition (OCR)",
}

#: Names of background work on screen.
_WORK = {
    "vectors": "Reading for search by meaning",
    "linking": "Linking concepts",
    "strengths": "Saving what was used",
    "reading by a language model": "Reading by a language model",
}


def examine(library: Path | None = None) -> list[Capability]:
    """All capabilities with their states, required ones first, and the plugins.

    `library` is the file whose own models are used.
    """
    models = [
        Capability(_CALLED.get(each.kind, each.name), each.state, each.how or f"By “{each.model}”.")
        for each in kinds(library)
    ]
    added = [
        Capability(f"{name} ({group.rpartition('.')[2]})", State.WORKS, plugins.described(plugin))
        for group in plugins.GROUPS
        for name, plugin in plugins.found(group).items()
    ]
    return [*built_in(), *models, *added]


def warnings(library: Path) -> list[str]:
    """Problems of the library that its user should know, a sentence or two each."""
    program = synchroniser(library)
    copies = [
        f"The library lies in a folder that {program} synchronises: a copy that is made while it "
        "is written may be incomplete, and two computers may overwrite each other. Keep it "
        "elsewhere, and share it with your other devices through that folder (workbench group "
        "join FOLDER)."
    ]
    return [
        *(copies if program else ()),
        *(
            f"{sentence} {_WORK.get(name, name)} failed, and is tried again while the library is "
            "open."
            for name, sentence in (stored(library, meta.failures) or {}).items()
        ),
    ]
