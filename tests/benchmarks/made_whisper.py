"""A Whisper model of our own: layers of chance, written as real ones are, loaded as they are.

What it says is noise, in the form of real answers: words, times, probabilities. English only, since
a small vocabulary is how that is told.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

_MELS = 80
_WORDS = (
    "tide lock keeper river boat salt winter morning house window paper garden letter teacher "
    "copper mountain train summer village bridge candle orange forest harbour mirror pepper"
)
_SPECIAL = (
    *("<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|translate|>", "<|transcribe|>"),
    *("<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"),
    *(f"<|{n * 0.02:.2f}|>" for n in range(1501)),
)


def write_model(
    folder: Path,
    seed: int = 7,
    *,
    width: int = 16,
    heads: int = 2,
    layers: int = 2,
    brief: bool = False,
) -> Path:
    """Write a model into `folder` and return it; a `brief` one has said enough at once.

    Whisper "tiny" is 384 wide, with 6 heads and 4 layers.
    """
    from ctranslate2.specs import WhisperSpec
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    folder.mkdir(parents=True, exist_ok=True)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"\u0120{word}" for word in _WORDS.split()]
    tokens = [*letters, *words, *_SPECIAL]
    random = np.random.default_rng(seed)
    spec = WhisperSpec(layers, heads, layers, heads)

    def some(*shape: int) -> Any:
        return (random.standard_normal(shape) * 0.3).astype(np.float32)

    def linear(layer: Any, out: int, into: int) -> None:
        layer.weight, layer.bias = some(out, into), some(out)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def feed(layer: Any) -> None:
        norm(layer.layer_norm)
        linear(layer.linear_0, 4 * width, width)
        linear(layer.linear_1, width, 4 * width)

    spec.encoder.conv1.weight, spec.encoder.conv1.bias = some(width, _MELS, 3), some(width)
    spec.encoder.conv2.weight, spec.encoder.conv2.bias = some(width, width, 3), some(width)
    spec.encoder.position_encodings.encodings = some(1500, width)
    spec.decoder.position_encodings.encodings = some(448, width)
    spec.decoder.embeddings.weight = some(len(tokens), width)
    spec.decoder.projection.weight = some(len(tokens), width)
    # Words, times and the end are likely; single bytes and the other marks are not.
    bias = np.zeros(len(tokens), np.float32)
    bias[: len(letters)] = -100
    bias[tokens.index("<|startoftranscript|>") : tokens.index("<|0.00|>")] = -100
    if brief:
        bias[tokens.index("<|endoftext|>")] = 100
    spec.decoder.projection.bias = bias
    for part in (spec.encoder, spec.decoder):
        norm(part.layer_norm)
        for layer in part.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], 3 * width, width)
            linear(layer.self_attention.linear[1], width, width)
            feed(layer.ffn)
            if part is spec.decoder:
                norm(layer.attention.layer_norm)
                linear(layer.attention.linear[0], width, width)
                linear(layer.attention.linear[1], 2 * width, width)
                linear(layer.attention.linear[2], width, width)
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize()
    spec.save(str(folder))
    known = {token: number for number, token in enumerate([*letters, *words])}
    tokenizer = Tokenizer(models.BPE(known, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in _SPECIAL])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "vocabulary.json").write_text(json.dumps(tokens))
    return folder


def silence(path: Path, seconds: float, rate: int = 8000) -> Path:
    """A WAV file in which nothing is to be heard, hardly any of it on disk."""
    size = int(seconds * rate) * 2
    head = b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += (1).to_bytes(2, "little") * 2 + rate.to_bytes(4, "little")
    head += (2 * rate).to_bytes(4, "little") + (2).to_bytes(2, "little") + b"\x10\x00"
    with path.open("wb") as file:
        file.write(head + b"data" + size.to_bytes(4, "little"))
        file.truncate(44 + size)
    return path
