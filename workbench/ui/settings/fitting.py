"""What is said of a language model and its machine: what it can do, whether it fits, how it did."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.ui.components import words
from workbench.ui.settings.model_state import language_words

if TYPE_CHECKING:
    from workbench.models.language import LanguageModel, LanguageTrial
    from workbench.models.machine import GraphicsCard

_CAN = {
    "completion": "writes",
    "thinking": "thinks",
    "embedding": "makes vectors",
    "vision": "sees images",
    "tools": "uses tools",
}


def about(model: "LanguageModel") -> str:
    """What a model is and can do: "3.2B · 2.0 GB · reads 131 072 tokens · writes, thinks"."""
    can = ", ".join(_CAN[each] for each in model.capabilities if each in _CAN)
    parts = [
        model.parameters,
        model.quantization,
        words.size(model.size) if model.size else "",
        language_words(model.languages),
        f"reads {words.number(model.context)} tokens" if model.context else "",
        can or ("writes text" if model.writes else ""),
        model.fit if model.fits is False else "",
    ]
    return " · ".join(filter(None, parts))


def fit(model: "LanguageModel") -> tuple[str, str]:
    """Whether a model fits in memory, in words, and the role of the label; "" where unknown."""
    if model.fits is None:
        return "", ""
    return (model.fit.rstrip("."), "ok") if model.fits else ("Too large here", "danger")


def graphics_words(cards: "Sequence[GraphicsCard]") -> str:
    """The graphics card by name, or that there is none and what does its work (M4)."""
    if not cards:
        return "No graphics card found; the processor is used."
    named = [
        f"{each.name} ({words.size(each.memory)})" if each.memory else each.name for each in cards
    ]
    return f"Graphics card: {words.names(named)}. The model server uses it by itself."


def facts(trial: "LanguageTrial") -> list[tuple[str, str]]:
    """What a test showed, as pairs of a name and a value (M1)."""
    reply = f"“{' '.join(trial.reply.split())}”" if trial.reply.strip() else "nothing"
    took = f"first word after {trial.first:.1f} s, all in {trial.seconds:.1f} s"
    where = ""
    if trial.on_graphics is not None:
        share = words.percent(trial.on_graphics)
        where = f"{share} on the graphics card" if trial.on_graphics else "on the processor"
    found = [
        ("Address", trial.address),
        ("Server", trial.server),
        ("Model", trial.model),
        ("Context", f"{words.number(trial.context)} tokens"),
        ("Sample", reply),
        ("Took", f"{trial.rate:.0f} tokens/s, {took}" if trial.rate >= 1 else took),
        ("Runs", where),
        ("Hint", trial.hint),
    ]
    return [(name, value) for name, value in found if value]
