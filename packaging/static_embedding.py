"""Makes the static embedding that ships: `uv run python packaging/static_embedding.py`

The shipped embedding model reads each token of its vocabulary alone. A text is then the weighted
sum of its tokens' vectors (model2vec, https://github.com/MinishLab/model2vec; the weights are those
of Arora et al. 2017, https://openreview.net/forum?id=SyK00v5xx, with frequencies by Zipf's law,
since the vocabulary is sorted by frequency). Questions are still read by the model itself: the
vectors are not centred, and only turned into their leading directions, so that the vector of a
question can be turned alike.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from workbench.space.embeddings import folder, static  # noqa: E402
from workbench.space.embeddings.encoder import import_hiding_torch, tokenizer_in  # noqa: E402

#: Directions kept, and the token at which words begin that are sorted by frequency.
DIMENSION, FIRST_WORD = 192, 1996
#: The parameter a of a / (a + p), and the shift of Zipf's law.
SMOOTHING, SHIFT = 1e-4, 2.7


def main() -> None:
    """Write the embedding, and its checksum into the model's description."""
    target = ROOT / "resources" / "embeddings"
    weights = _weights(target)
    vectors = _tokens(target) * weights[:, None]
    _, _, directions = np.linalg.svd(vectors[FIRST_WORD:], full_matrices=False)
    directions = directions[:DIMENSION].astype(np.float32)
    turned = vectors @ directions.T
    scales = np.abs(turned).max(axis=1, initial=1e-9) / 127
    numbers = np.rint(turned / scales[:, None]).astype(np.int8)
    _save(
        target / static.FILE,
        numbers=numbers,
        scales=scales.astype(np.float32),
        weights=weights,
        directions=directions,
    )
    file = target / folder.DESCRIPTION
    about = json.loads(file.read_text(encoding="utf-8"))
    about["static"] = folder.checksum(target / static.FILE)
    file.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _tokens(folder: Path) -> NDArray[np.float32]:
    """The last layer for each token of the vocabulary, read alone: float32[vocabulary, 384]."""
    tokenizer = tokenizer_in(folder / "tokenizer.json")
    model = import_hiding_torch("ctranslate2").Encoder(str(folder), device="cpu", intra_threads=1)
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    found = []
    for low in range(0, tokenizer.get_vocab_size(), 256):
        ids = range(low, min(low + 256, tokenizer.get_vocab_size()))
        output = model.forward_batch([[first, each, last] for each in ids])
        found.append(np.asarray(output.last_hidden_state)[:, 1])
    return np.concatenate(found)


def _weights(folder: Path) -> NDArray[np.float32]:
    size = len(json.loads((folder / "vocabulary.json").read_bytes()))
    frequencies = 1 / (np.maximum(np.arange(size) - FIRST_WORD + 1, 1) + SHIFT)
    weights: NDArray[np.float32] = (
        SMOOTHING / (SMOOTHING + frequencies / frequencies.sum())
    ).astype(np.float32)
    return weights


def _save(path: Path, **tensors: NDArray[Any]) -> None:
    """Write a safetensors file of signed bytes and float32."""
    header: dict[str, Any] = {}
    body = b""
    for name, values in tensors.items():
        raw = values.tobytes()
        kind = "I8" if values.dtype == np.int8 else "F32"
        place = [len(body), len(body) + len(raw)]
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": place}
        body += raw
    head = json.dumps(header).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)


if __name__ == "__main__":
    main()
