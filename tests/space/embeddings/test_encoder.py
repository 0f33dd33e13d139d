"""Embedding models: the real one, a small one against a reckoning by hand, and bad folders."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.space.embeddings import tiny_model
from workbench import paths
from workbench.errors import Cancelled, InputError
from workbench.space.embeddings import encoder, folder
from workbench.space.embeddings.encoder import Encoder


@pytest.fixture(scope="module")
def real() -> Encoder:
    (found,) = folder.installed()
    return Encoder.load(found, threads=1)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    tiny_model.write(tmp_path / "tiny")
    return tmp_path / "tiny"


def test_the_installed_model_knows_what_is_alike(real: Encoder) -> None:
    assert (real.folder.name, real.folder.dimension) == ("all-MiniLM-L6-v2", 384)
    vectors = real.encode(
        [
            "Marie Curie discovered polonium.",
            "Who discovered polonium?",
            "The cat sleeps on the sofa.",
        ]
    )
    # As the model gives them in full precision, to two decimals.
    assert vectors[0] @ vectors[1] == pytest.approx(0.79, abs=0.02)
    assert vectors[0] @ vectors[2] == pytest.approx(-0.06, abs=0.02)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_text_has_the_same_vector_in_any_company(real: Encoder) -> None:
    texts = [f"Crate {n} holds {'old ' * (n % 7)}bolts." for n in range(150)]
    alone = np.vstack([real.encode([each]) for each in texts[:8]])
    together = real.encode(texts)
    assert together.shape == (150, 384)
    assert (alone * together[:8]).sum(axis=1) == pytest.approx(1, abs=0.01)
    assert real.encode([]).shape == (0, 384)
    for odd in ("", " ", "🙂" * 9, "word " * 5000, "\0", "中文"):
        assert np.isfinite(real.encode([odd])).all()


def test_a_model_of_ones_own_is_reckoned_as_by_hand(tmp_path: Path) -> None:
    weights = tiny_model.write(tmp_path / "own")
    model = Encoder.load(folder.inspect_folder(tmp_path / "own"), threads=1)
    for text in ("salt is mined in deep old mountains", "bees sleep", "salt"):
        (found,) = model.encode([text])
        assert found @ tiny_model.by_hand(weights, text) > 0.99
    other = Encoder.load(folder.inspect_folder(_again(tmp_path / "other", seed=2)), threads=1)
    (one,), (two,) = model.encode(["bees sleep"]), other.encode(["bees sleep"])
    assert one @ two < 0.9


def _again(at: Path, seed: int) -> Path:
    tiny_model.write(at, seed=seed)
    return at


def test_what_was_converted_is_kept_and_made_anew_where_it_is_damaged(tiny: Path) -> None:
    (first,) = Encoder.load(folder.inspect_folder(tiny), threads=1).encode(["bees sleep"])
    (kept,) = (paths.cache_dir() / "models").iterdir()
    stamp = (kept / "model.bin").stat().st_mtime_ns
    Encoder.load(folder.inspect_folder(tiny), threads=1)
    assert (kept / "model.bin").stat().st_mtime_ns == stamp
    (kept / "model.bin").write_bytes(b"spoilt")
    (again,) = Encoder.load(folder.inspect_folder(tiny), threads=1).encode(["bees sleep"])
    assert again @ first > 0.999
    assert [each.name for each in (paths.cache_dir() / "models").iterdir()] == [kept.name]


def test_long_texts_can_be_stopped(tiny: Path) -> None:
    model = Encoder.load(folder.inspect_folder(tiny), threads=1)
    heard: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        heard.append((done, total))
        if len(heard) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        model.encode(["bees sleep"] * 1000, step)
    assert heard[-1][0] < heard[-1][1] == 1000


@pytest.mark.parametrize("gone", ["config.json", "tokenizer.json", "model.safetensors"])
def test_m3_a_folder_without_a_part_is_refused(tiny: Path, gone: str) -> None:
    (tiny / gone).unlink()
    with pytest.raises(InputError, match=gone):
        folder.inspect_folder(tiny)


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("config.json", lambda raw: b"[]"),
        ("config.json", lambda raw: raw.replace(b'"hidden_size"', b'"hidden"')),
        ("config.json", lambda raw: raw.replace(b'"hidden_size": 32', b'"hidden_size": 48')),
        ("tokenizer.json", lambda raw: raw[:50]),
        ("model.safetensors", lambda raw: raw[: len(raw) // 2]),
        ("model.safetensors", lambda raw: b"\xff" * 8 + raw[8:]),
        ("model.safetensors", lambda raw: raw.replace(b"LayerNorm.bias", b"LayerNorm.mean")),
        ("model.safetensors", lambda raw: b""),
    ],
)
def test_m3_a_damaged_folder_is_refused_in_one_sentence(
    tiny: Path, file: str, spoil: object
) -> None:
    assert callable(spoil)
    (tiny / file).write_bytes(spoil((tiny / file).read_bytes()))
    with pytest.raises(InputError) as caught:
        Encoder.load(folder.inspect_folder(tiny), threads=1)
    assert "\n" not in caught.value.message
    assert caught.value.hint
    models = paths.cache_dir() / "models"
    assert not models.exists() or not any(models.iterdir())


@pytest.mark.parametrize(
    "told", [{"model_type": "t5"}, {"position_embedding_type": "relative_key"}]
)
def test_m3_a_model_of_another_kind_is_refused(tmp_path: Path, told: dict[str, str]) -> None:
    tiny_model.write(tmp_path / "other", more=told)
    with pytest.raises(InputError, match="other"):
        folder.inspect_folder(tmp_path / "other")


def test_m3_other_pooling_is_told(tiny: Path) -> None:
    (tiny / "1_Pooling").mkdir()
    config = tiny / "1_Pooling" / "config.json"
    config.write_text(json.dumps({"pooling_mode_max_tokens": True}))
    with pytest.raises(InputError, match="tiny"):
        folder.inspect_folder(tiny)
    config.write_text(json.dumps({"pooling_mode_cls_token": True}))
    assert folder.inspect_folder(tiny).pooling == "first"
    assert Encoder.load(folder.inspect_folder(tiny), threads=1).encode(["bees sleep"]).shape == (
        1,
        32,
    )


def test_without_its_parts_no_model_is_run(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_NEEDED", ("a_part_that_is_not_there",))
    with pytest.raises(InputError, match="not installed"):
        Encoder.load(folder.inspect_folder(tiny))


@pytest.mark.slow
def test_nothing_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, workbench.space.embeddings.encoder, workbench.library\n"
        "print([n for n in ('ctranslate2', 'tokenizers', 'torch') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_torch_is_not_loaded_by_running_a_model(tiny: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from workbench.space.embeddings import encoder, folder\n"
        "encoder.Encoder.load(folder.inspect_folder(Path(sys.argv[1]))).encode(['bees'])\n"
        "print('torch' in sys.modules, 'ctranslate2' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tiny)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False True"
