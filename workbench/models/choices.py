"""What a person chose of language models: the server and a model for each purpose, as one file.

It belongs to the machine and not to a library: a library that came from elsewhere must not say
where its texts are sent.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from workbench import paths, permissions
from workbench.errors import InputError

#: What a model can be chosen for: writing answers, reading triples out of texts, and choosing the
#: passage that an answer is written from.
PURPOSES = ("dialogue", "extraction", "reading")


@dataclass(frozen=True, slots=True)
class LanguageChoices:
    """The server's address ("" for the usual one) and the models, "" where none is chosen.

    `beyond` says that its user has agreed that texts go to another machine (each library allows it
    for itself: `store.sending`), `key` that the keyring has one for its server; `vectors` that the
    server has been used for search by meaning; `keep_alive` is how long a model stays in memory
    after it was asked, and `first_word` how many seconds its first word is waited for. A model for
    `reading` reads passages for `reading_seconds`. `allowed` has by the id of a library the URL of
    the server on another machine that it may be sent to.
    """

    address: str = ""
    beyond: bool = False
    key: bool = False
    dialogue: str = ""
    extraction: str = ""
    reading: str = ""
    vectors: bool = False
    keep_alive: str = "30m"
    first_word: int = 120
    reading_seconds: int = 45
    allowed: Mapping[str, str] = field(default_factory=dict)


def file() -> Path:
    """Where the choices are kept."""
    return paths.config_dir() / "models.json"


_lock = threading.Lock()


def load() -> LanguageChoices:
    """The choices; none where the file is not there or cannot be read."""
    try:
        record = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return LanguageChoices()
    if not isinstance(record, dict):
        return LanguageChoices()
    defaults = asdict(LanguageChoices())
    return LanguageChoices(
        **{
            name: record[name]
            for name, value in defaults.items()
            if type(record.get(name)) is type(value)
        }
    )


def change(changes: Mapping[str, str | bool | int | Mapping[str, str]]) -> LanguageChoices:
    """Change some of the choices. Raises `InputError` where they cannot be kept."""
    with _lock:
        choices = replace(load(), **changes)  # type: ignore[arg-type]
        try:
            permissions.replaced(file(), json.dumps(asdict(choices), indent=1))
        except OSError as error:
            raise InputError(
                "The choice of a model could not be saved.",
                f"See whether {file().parent} can be written to.",
            ) from error
    return choices
