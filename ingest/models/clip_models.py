"""Image models that can be downloaded, by the names of open_clip's own list of pretrained models.

No package carries their weights: a person names one, sees how large it is, and may use a folder of
their own instead. What came is compared with the description that open_clip has of the name.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import IngestError, RefusedError
from ingest.models import clip
from ingest.web.download import Downloader, Repository

_FILES = ((clip.CONFIG,), ("open_clip_model.safetensors", "open_clip_pytorch_model.bin"))


@dataclass(frozen=True, slots=True)
class ClipModel:
    """An architecture and its weights `tag` in open_clip's list, and the `repository` they are in.

    `disk` in bytes, four for each number; `dimension` numbers a vector; `folder` is where it lies,
    None where it is not here.
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
    """Every model of the list, with its folder where it lies below `folder`. Loads nothing."""
    return [
        replace(model, folder=folder / model.name) if _is_model(folder / model.name) else model
        for model in MODELS
    ]


def _is_model(folder: Path) -> bool:
    return clip.weights_file(folder) is not None


def load(model: ClipModel, folder: Path, downloader: Downloader) -> Path:
    """Load a model's files into `folder`/NAME.

    Raises what `Downloader.download` raises, and `RefusedError` where another model came.
    """
    place = folder / model.name
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
