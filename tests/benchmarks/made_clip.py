"""An image model of our own: layers of chance, written as real ones are, loaded as they are.

What is near to what says nothing; that it is found, kept and gone on from does. The weights are
made in a process of its own, since the library that makes them would stay in this one.
"""

import json
import subprocess
import sys
from pathlib import Path

_MADE = """
import json, sys
from pathlib import Path
from ingest.models.clip import import_open_clip
open_clip = import_open_clip()
import torch
torch.manual_seed(5)
folder = Path(sys.argv[1])
config = json.loads((folder / "open_clip_config.json").read_text())["model_cfg"]
(folder / "made-here.json").write_text(json.dumps(config))
open_clip.add_model_config(folder / "made-here.json")
model = open_clip.create_model("made-here", pretrained=None)
torch.save(model.state_dict(), folder / "open_clip_pytorch_model.bin")
(folder / "made-here.json").unlink()
"""


def write_config(folder: Path, dimension: int = 24) -> None:
    """The description of a model with one small layer each for pictures and words."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "model_cfg": {
            "embed_dim": dimension,
            "vision_cfg": {
                "image_size": 32,
                "layers": 1,
                "width": 32,
                "patch_size": 16,
                "head_width": 16,
            },
            "text_cfg": {
                "context_length": 77,
                "vocab_size": 49408,
                "width": 32,
                "heads": 2,
                "layers": 1,
            },
        },
        "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.3, 0.3, 0.3]},
    }
    (folder / "open_clip_config.json").write_text(json.dumps(told), encoding="utf-8")


def write_model(folder: Path, dimension: int = 24) -> None:
    """A model that can be loaded. Raises `RuntimeError` where the extra `vision` does not work."""
    write_config(folder, dimension)
    made = subprocess.run(
        [sys.executable, "-c", _MADE, str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise RuntimeError(made.stderr)
