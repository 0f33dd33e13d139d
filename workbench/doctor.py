"""What works on this machine, asked when somebody looks: `workbench doctor` and the window's sheet.

Nothing is kept from one look to the next, for a server stops and a folder goes away. Only the
chosen model server is contacted, and it is not sent a word of the library.
"""

from pathlib import Path

from workbench.capabilities import built_in
from workbench.capability import Capability
from workbench.model_kinds import kinds

#: What a kind of model is called among the capabilities.
_CALLED = {
    "embedding": "Search by meaning (embedding model)",
    "speech": "Speech (recordings and films)",
    "pictures": "Pictures by what they show (CLIP)",
    "language": "Written answers (language model)",
    "text": "Text recognition (OCR)",
}


def examine(library: Path | None = None) -> list[Capability]:
    """Every capability with its state, the needed ones first.

    `library` is the file whose own models count.
    """
    models = [
        Capability(_CALLED.get(each.kind, each.name), each.state, each.how or f"By “{each.model}”.")
        for each in kinds(library)
    ]
    return [*built_in(), *models]
