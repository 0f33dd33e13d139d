"""A language model and this machine in words: abilities, whether it fits, test results."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.settings.model_state import language_words

if TYPE_CHECKING:
    from workbench.models.language import LanguageModel, LanguageTrial
    from workbench.models.machine import GraphicsCard

_CAN = {
    "completion": "writes",
    "thinking": tr("thinks"),
    "embedding": tr("makes vectors"),
    "vision": tr("sees images"),
    "tools": tr("uses tools"),
}


def about(model: "LanguageModel") -> str:
    """What a model is and can do: "3.2B · 2.0 GB · reads 131 072 tokens · writes, thinks"."""
    can = ", ".join(_CAN[each] for each in model.capabilities if each in _CAN)
    parts = [
        model.parameters,
        model.quantization,
        words.size(model.size) if model.size else "",
        language_words(model.languages),
        tr("reads {context} tokens", context=words.number(model.context)) if model.context else "",
        can or (tr("writes text") if model.writes else ""),
        model.fit if model.fits is False else "",
    ]
    return " · ".join(filter(None, parts))


def fit(model: "LanguageModel") -> tuple[str, str]:
    """Whether a model fits in memory, in words, and the role of the label; "" where unknown."""
    if model.fits is None:
        return "", ""
    return (model.fit.rstrip("."), "ok") if model.fits else (tr("Too large here"), "danger")


def graphics_words(cards: "Sequence[GraphicsCard]") -> str:
    """The graphics card by name, or that there is none and what does its work."""
    if not cards:
        return tr("No graphics card found; the processor is used.")
    named = [
        f"{each.name} ({words.size(each.memory)})" if each.memory else each.name for each in cards
    ]
    return tr(
        "Graphics card: {named}. The model server uses it automatically.", named=words.names(named)
    )


def facts(trial: "LanguageTrial") -> list[tuple[str, str]]:
    """What a test showed, as pairs of a name and a value."""
    reply = f"“{' '.join(trial.reply.split())}”" if trial.reply.strip() else tr("nothing")
    took = tr(
        "first word after {first:.1f} s, all in {seconds:.1f} s",
        first=trial.first,
        seconds=trial.seconds,
    )
    where = ""
    if trial.on_graphics is not None:
        share = words.percent(trial.on_graphics)
        where = (
            tr("{share} on the graphics card", share=share)
            if trial.on_graphics
            else tr("on the processor")
        )
    found = [
        (tr("Address"), trial.address),
        (tr("Server"), trial.server),
        (tr("Model"), trial.model),
        (tr("Context"), tr("{context} tokens", context=words.number(trial.context))),
        (tr("Sample"), reply),
        (
            tr("Took"),
            tr("{rate:.0f} tokens/s, {took}", rate=trial.rate, took=took)
            if trial.rate >= 1
            else took,
        ),
        (tr("Runs"), where),
        (tr("Hint"), trial.hint),
    ]
    return [(name, value) for name, value in found if value]
