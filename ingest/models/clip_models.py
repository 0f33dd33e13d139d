"""Image models that can be downloaded, by their names in open_clip's list of pretrained models.

No package contains their weights: the user chooses one by size, or a folder. A download is compared
with open_clip's description of the name.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import IngestError, RefusedError
from ingest.models import clip

if TYPE_CHECKING:
    from ingest.web.download import Downloader

_FILES = ((clip.CONFIG,), ("open_clip_model.safetensors", "open_clip_pytorch_model.bin"))


@dataclass(frozen=True, slots=True)
class ClipModel:
    """An architecture and its weights `tag` in open_clip's list, and their `repository`.

    `disk` in bytes, four per weight; `dimension` of the vectors; `folder` is its path, None if it
    is not here.
    """

    name: str
    tag: str
    repository: str
    disk: int
    dimension: int
    words: str
    folder: Path | None = None


_MB = 1_000_000
MODELS: tuple[ClipModel, ...] = (
    ClipModel(
        *("ViT-B-32", "laion2b_s34b_b79k", "laion/CLIP-ViT-B-32-laion2B-s34B-b79K"),
        *(605 * _MB, 512, "quick"),
    ),
    ClipModel(
        *("ViT-B-16", "datacomp_xl_s13b_b90k", "laion/CLIP-ViT-B-16-DataComp.XL-s13B-b90K"),
        *(599 * _MB, 512, "good"),
    ),
    ClipModel(
        *("ViT-L-14", "datacomp_xl_s13b_b90k", "laion/CLIP-ViT-L-14-DataComp.XL-s13B-b90K"),
        *(1710 * _MB, 768, "very good, slow"),
    ),
)


def available(folder: Path) -> list[ClipModel]:
    """Every model of the list, with its path if it is below `folder`. Loads nothing."""
    return [
        replace(model, folder=folder / model.name) if _is_model(folder / model.name) else model
        for model in MODELS
    ]


def _is_model(folder: Path) -> bool:
    return clip.weights_file(folder) is not None


def load(model: ClipModel, folder: Path, downloader: "Downloader") -> Path:
    """Download a model into `folder`/NAME.

    Raises as `Downloader.download`, and `RefusedError` if the repository has another model.
    """
    place = folder / model.name
    # Deferred, with what encrypts connections: the list of models is read without.
    from ingest.web.download import Repository

    downloader.download(Repository(model.repository, model.disk, _FILES), place)
    try:
        matches = clip.inspect(place).dimension == model.dimension
    except IngestError:
        matches = False
    if not matches:
        (place / clip.CONFIG).unlink(missing_ok=True)
        raise RefusedError(
            f"What arrived is not the image model “{model.name}”.",
            "Try again; its description will be downloaded again.",
        )
    return place
