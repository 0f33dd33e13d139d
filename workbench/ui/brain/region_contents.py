"""What a region represents at a step of a recall, in words: the concepts behind its spikes."""

from typing import TYPE_CHECKING

from workbench.ui.components import words
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall

_MAX_NAMES = 7


def contents(recall: "BrainRecall | None", region: str, step: int) -> str:
    """One sentence on what a region holds, "" where there is nothing to say of it."""
    if recall is None or step < 0:
        return ""
    recalled = recall.recalled
    names = {id: item.name for id, item in recall.named.items()}
    if region == "prefrontal":
        slots = [names[item] for item in reversed(recalled.held[step]) if item in names]
        return tr("In mind: {listed}.", listed=_join(slots)) if slots else ""
    if region == "motor":
        leading = names.get(recalled.leading[step], "")
        return tr("Being answered: {leading}.", leading=leading) if leading else ""
    if region == "association":
        spoke = [names[item] for item in recalled.speaking[step] if item in names]
        text = tr("Speaking: {listed}.", listed=_join(spoke)) if spoke else ""
        relatives = [name for name, _ in recall.kin]
        return (
            tr(
                "{said} Related in meaning, partly active: {listed}.",
                said=text,
                listed=_join(relatives),
            ).strip()
            if relatives
            else text
        )
    if region == "cerebellum":
        return tr("The time: step {step}.", step=step + 1)
    if region == "brainstem":
        up = [name for name, level in recall.levels.items() if level > 1]
        return tr("Up: {listed}.", listed=_join(up)) if up else tr("All four at rest.")
    return ""


def _join(names: list[str]) -> str:
    visible = ", ".join(words.short(item, 40) for item in names[:_MAX_NAMES])
    return (
        tr("{shown} and {names} more", shown=visible, names=len(names) - _MAX_NAMES)
        if len(names) > _MAX_NAMES
        else visible
    )
