"""Image encoders of the CLIP family (extra `vision`): pictures and texts in one space.

Radford et al. (2021), Learning transferable visual models from natural language supervision; run by
open_clip. Folders are inspected without loading; `load` is for a separate process, since torch
takes seconds and hundreds of megabytes.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest import installation
from ingest.books import pdf_figures
from ingest.errors import DamagedFileError, IngestError, MissingFileError, UnsupportedFileError
from ingest.media import image_file
from ingest.records import Box

if TYPE_CHECKING:
    from PIL.Image import Image

Floats = NDArray[np.float32]

#: Pictures per batch.
_BATCH = 16
#: Largest aspect ratio that is not cropped.
_LONGEST = 8
#: Texts that one thread encodes faster than many.
_SMALL_BATCH = 4
#: The file that describes a model.
CONFIG = "open_clip_config.json"
_WEIGHTS = (
    *("open_clip_model.safetensors", "open_clip_pytorch_model.bin"),
    *("model.safetensors", "pytorch_model.bin", "open_clip_model.pt"),
)


@dataclass(frozen=True, slots=True)
class ClipFolder:
    """A local model: its name, `digest` of its weights, and dimension of its vectors.

    `size` of the weights in bytes.
    """

    path: Path
    name: str
    digest: str
    dimension: int
    size: int


def lacking() -> tuple[str, str]:
    """The error if image models cannot run: a sentence and the next step."""
    return "Image models cannot be run here yet.", f"{installation.add('vision')}."


def ready() -> bool:
    """Whether the packages are installed. Loads nothing."""
    return bool(find_spec("open_clip") and find_spec("torch"))


def weights_file(folder: Path) -> Path | None:
    """The weights of the model in a folder; None if it is incomplete."""
    existing = (folder / name for name in _WEIGHTS if os.path.isfile(folder / name))  # noqa: PTH113
    # An invalid name is no error.
    return next(existing, None) if os.path.isfile(folder / CONFIG) else None  # noqa: PTH113


def inspect(path: Path) -> ClipFolder:
    """Read the metadata of a model folder. Raises `MissingFileError`, `DamagedFileError`."""
    config, weights = path / CONFIG, weights_file(path)
    if weights is None:
        raise MissingFileError(
            f"“{path.name}” contains no image model: {CONFIG} and its weights must be in it.",
            "Choose the folder of an open_clip model, such as ViT-B-32.",
        )
    try:
        description = json.loads(config.read_text("utf-8"))
        dimension = int(description["model_cfg"]["embed_dim"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedFileError(
            f"The description of the image model “{path.name}” cannot be read.",
            "Copy or download the model again.",
        ) from error
    digest = hashlib.sha256(config.read_bytes())
    with weights.open("rb") as file:
        while piece := file.read(1 << 22):
            digest.update(piece)
    return ClipFolder(path, path.name, digest.hexdigest(), dimension, weights.stat().st_size)


class Clip:
    """A loaded model. Not thread-safe."""

    def __init__(self, path: Path) -> None:
        """Load it. Raises `UnsupportedFileError` and `DamagedFileError`."""
        open_clip = import_open_clip()
        import torch

        self._torch, self._threads = torch, torch.get_num_threads()
        name = f"local-dir:{path}"
        try:
            model, _, prepare = open_clip.create_model_and_transforms(name)
            self._tokens = open_clip.get_tokenizer(name)
        except Exception as error:
            # Loaders of weights raise any error.
            raise DamagedFileError(
                f"The image model “{path.name}” could not be loaded ({_first(error)}).",
                "Copy or download it again, or choose another one.",
            ) from error
        self._model, self._prepare = model.eval(), prepare

    def pictures(self, paths: Sequence[Path]) -> tuple[Floats, list[bool]]:
        """Unit vectors float32[n, d] of the readable files, and their indices."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            prepared = list(pool.map(self._prepared_picture, paths))
        return self._encode_images(prepared), [item is not None for item in prepared]

    def figures(self, path: Path, page: int) -> tuple[Floats, list[tuple[int, Box]], int]:
        """The next figures of a PDF: unit vectors, their places, and the next page.

        As `ingest.books.pdf_figures.figures`; unreadable ones have none.
        """
        try:
            result, after = pdf_figures.figures(path, page, _BATCH)
        except IngestError:
            result, after = [], 0
        created = self._encode_images([self._prepare(_middle(item.picture)) for item in result])
        return created, [(item.page, item.box) for item in result], after

    def _prepared_picture(self, path: Path) -> Any:
        """Preprocess a picture; None if it cannot be read."""
        try:
            with image_file.open_image(path) as picture:
                return self._prepare(_middle(image_file.pixels_of(picture)).convert("RGB"))
        except Exception:  # noqa: BLE001 - one picture, whatever is wrong with it
            return None

    def _encode_images(self, prepared: Sequence[Any]) -> Floats:
        parts = [item for item in prepared if item is not None]
        self._torch.set_num_threads(self._threads)
        if not parts:
            return np.zeros((0, 0), np.float32)
        with self._torch.inference_mode():
            return _unit(
                self._torch.cat(
                    [
                        self._model.encode_image(self._torch.stack(parts[low : low + _BATCH]))
                        for low in range(0, len(parts), _BATCH)
                    ]
                )
            )

    def texts(self, texts: Sequence[str]) -> Floats:
        """Unit vectors float32[n, d]."""
        tokens = self._tokens(list(texts))
        # A question is too short for several threads, which would wait for one another.
        self._torch.set_num_threads(1 if len(texts) <= _SMALL_BATCH else self._threads)
        with self._torch.inference_mode(), self._trimmed(tokens) as cut:
            return _unit(self._model.encode_text(cut))

    @contextmanager
    def _trimmed(self, tokens: Any) -> Iterator[Any]:
        """The tokens without padding beyond the longest text, if the model allows it.

        A text has 77 positions and uses about ten. Padding has no effect with causal attention and
        end-of-text pooling: the same vectors for a fraction of the work.
        """
        model = self._model
        pool = getattr(model, "text_pool_type", "")
        mask = getattr(model, "attn_mask", None)
        places = getattr(model, "positional_embedding", None)
        if pool not in ("argmax", "eos") or mask is None or places is None:
            yield tokens
            return
        ends = tokens if pool == "argmax" else (tokens == model.text_eos_id).int()
        long = int(ends.argmax(dim=-1).max()) + 1
        model.positional_embedding = self._torch.nn.Parameter(places[:long], requires_grad=False)
        model.attn_mask = mask[:long, :long]
        try:
            yield tokens[:, :long]
        finally:
            model.positional_embedding, model.attn_mask = places, mask


def _middle(picture: "Image") -> "Image":
    """Crop a very long picture to its middle: a model sees a square made from its shorter side.

    Resized, a line of 30,000 pixels would exhaust memory.
    """
    wide, high = picture.size
    minimum = _LONGEST * min(wide, high)
    if max(wide, high) <= minimum:
        return picture
    left, top = max(0, (wide - minimum) // 2), max(0, (high - minimum) // 2)
    return picture.crop((left, top, min(wide, left + minimum), min(high, top + minimum)))


def _unit(output: Any) -> Floats:
    numbers: Floats = output.float().cpu().numpy()
    length = np.linalg.norm(numbers, axis=1, keepdims=True)
    unit: Floats = (numbers / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


#: Keeps the library object alive, without which its operators vanish.
_operators: Any = None


def import_open_clip() -> Any:
    """Import `open_clip`. Raises `UnsupportedFileError` if it is not installed.

    A torchvision built for another torch (CUDA or CPU) fails over operators that image encoders
    never call; these are declared, and the import is retried.
    """
    global _operators
    try:
        import torch
    except ImportError as error:
        raise UnsupportedFileError(*lacking()) from error
    try:
        import torchvision  # noqa: F401
    except RuntimeError as error:
        if "torchvision::nms does not exist" not in str(error):
            raise
        for name in [module for module in sys.modules if module.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        library: Any = torch.library
        _operators = library.Library("torchvision", "FRAGMENT")
        for operator in ("nms", "qnms"):
            _operators.define(
                f"{operator}(Tensor dets, Tensor scores, float iou_threshold)->Tensor"
            )
    except ImportError as error:
        raise UnsupportedFileError(*lacking()) from error
    try:
        import open_clip
    except ImportError as error:
        raise UnsupportedFileError(*lacking()) from error
    return open_clip
