"""What is said of a language model and its machine: what it can do, whether it fits, how it did."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.machine import Graphics, Memory
from workbench.ui.components import words

if TYPE_CHECKING:
    from ingest.models.records import Model
    from workbench.ui.settings.server import Looked, Tried

#: What a model needs beyond its file: a tenth for its workings, and room for what it reads.
_WORKINGS, _CONTEXT = 1.1, 1_000_000_000
#: Tokens a second below which one waits for every sentence.
_SLOW = 4.0
_CAN = {
    "completion": "writes",
    "thinking": "thinks",
    "embedding": "makes vectors",
    "vision": "sees images",
    "tools": "uses tools",
}


def about(model: "Model") -> str:
    """What a model is and can do: "3.2B · 2.0 GB · reads 131 072 tokens · writes, thinks"."""
    can = ", ".join(_CAN[each] for each in model.capabilities if each in _CAN)
    parts = [
        model.parameters,
        model.quantization,
        words.size(model.size) if model.size else "",
        f"reads {words.number(model.context)} tokens" if model.context else "",
        can or ("writes, as far as it says" if model.writes else ""),
    ]
    return " · ".join(filter(None, parts))


def fit(model: "Model", looked: "Looked") -> tuple[str, str]:
    """Whether a model fits in memory, in words, and the role of the label; "" where unknown."""
    if model.name in looked.loaded:
        return "In memory", "ok"
    total, free = room(looked.memory, looked.graphics)
    if not total or not model.size:
        return "", ""
    needs = round(model.size * _WORKINGS) + _CONTEXT
    if needs <= free:
        return f"Fits, {words.size(free - needs)} to spare", "ok"
    if needs <= total:
        return "Fits when other programs end", "warn"
    return "Too large for this computer", "danger"


def room(memory: Memory, cards: Sequence[Graphics]) -> tuple[int, int]:
    """Bytes that a model may have in all, and now: of the largest card or of the machine."""
    card = max((each.memory for each in cards), default=0)
    return max(memory.total, card), max(memory.free, card)


def graphics_words(cards: Sequence[Graphics]) -> str:
    """The graphics card by name, or that there is none and what does its work (M4)."""
    if not cards:
        return "Graphics card: none found, the processor is used."
    named = [
        f"{each.name} ({words.size(each.memory)})" if each.memory else each.name for each in cards
    ]
    return f"Graphics card: {words.names(named)}. Ollama uses it by itself."


def rate(tried: "Tried") -> float:
    """Tokens a second after the first one; 0.0 where nobody counted."""
    said = tried.said
    took = said.seconds - said.first
    return (said.told or 0) / took if took > 0 and said.told else 0.0


def hint(tried: "Tried") -> str:
    """What to do where a test did not go well; "" where it did."""
    said = tried.said
    if not said.text.strip():
        return "It said nothing: choose another model, or update Ollama."
    if said.truncated:
        return "It could not read the whole question: choose a model that reads more tokens."
    if 0 < rate(tried) < _SLOW:
        return "It is slow here: choose a smaller model."
    return ""


def facts(tried: "Tried") -> list[tuple[str, str]]:
    """What a test showed, as pairs of a name and a value (M1)."""
    server, model, said = tried.server, tried.model, tried.said
    here = "this computer" if server.address.here else "another machine"
    reads = f", reads {words.number(model.context)}" if model.context else ""
    speed = f"{rate(tried):.0f} tokens/s, " if rate(tried) else ""
    reply = f"“{' '.join(said.text.split())}”" if said.text.strip() else "nothing"
    found = [
        ("Address", f"{server.address.url} ({here})"),
        ("Version", f"Ollama {server.version}"),
        ("Model", f"{model.name}, {about(model)}"),
        ("Context", f"{words.number(said.context)} tokens asked for{reads}"),
        ("Sample", reply),
        ("Took", f"{speed}first word after {said.first:.1f} s, all in {said.seconds:.1f} s"),
        ("Hint", hint(tried)),
    ]
    return [(name, value) for name, value in found if value]
