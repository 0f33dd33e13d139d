"""The health grade of a library, by the weights of NeuralMemory's purity score.

Each part is a share from 0 to 1; unknown parts (confidence before any question) have no weight, and
the others proportionally more. The full values are calibrated on novels, so that a library with one
freshly read book is healthy.
"""

import math
from collections.abc import Mapping

from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph.kinds import kind_name
from workbench.memory.vital.alerting import stale_share
from workbench.memory.vital.records import Health, Part
from workbench.memory.vital.survey import Survey
from workbench.store.questions import Lately

GRADES = ((90.0, "A"), (75.0, "B"), (60.0, "C"), (40.0, "D"), (0.0, "F"))
#: Links per concept and memory, and bits of diversity, that score fully.
_LINKS, _BITS = 1.8, 1.5
#: The share of consolidated facts, and the confidence of answers, that score fully.
_USED_SHARE, _CONFIDENCE = 0.5, 0.8
#: Days before facts need consolidation, and for which something is fresh.
_NEW_DAYS = 3.0
_DAY = 86_400.0
#: Minimum questions and memories for a part.
_MIN_QUESTIONS, _MIN_MEMORIES, _TYPES = 5, 10, 20
_TYPE_NUMBERS = frozenset(map(int, AssociationType))
#: The minimum share of known weights for a grade.
_MIN_WEIGHT = 0.5


def grade(
    survey: Survey,
    lately: Lately,
    sources: tuple[int, int],
    *,
    stale_cutoff: float,
    timestamp: float,
    collection: str | None,
) -> Health:
    """The health of a library; `sources` are their number and how many are in use."""
    parts = (
        _connected(survey),
        _diverse(survey.by_type),
        _fresh(survey, sources, stale_cutoff),
        _consolidated(survey, timestamp),
        _joined(survey),
        _efficient(lately),
        _confident(lately),
    )
    measured = [(part.weight, part.value) for part in parts if part.value is not None]
    weight = sum(part_weight for part_weight, _ in measured)
    if not survey.memories:
        message = "There is nothing to grade yet. Add a book, or save a statement."
    elif weight < _MIN_WEIGHT:
        message = "There is too little to grade yet. Add a book, or save more statements."
    else:
        purity = round(
            100 * sum(part_weight * value for part_weight, value in measured) / weight, 1
        )
        letter = next(letter for bound, letter in GRADES if purity >= bound)
        return Health(collection, letter, purity, parts, _summary(letter, parts), survey.memories)
    return Health(collection, None, None, parts, message, survey.memories)


def _summary(letter: str, parts: tuple[Part, ...]) -> str:
    lacking = [part for part in parts if part.value is not None and part.advice]
    if not lacking:
        return f"Health {letter}: nothing needs doing."
    worst = max(lacking, key=lambda part: part.weight * (1 - (part.value or 0.0)))
    return f"Health {letter}. What would help most: {worst.advice}"


def _part(name: str, weight: float, value: float | None, finding: str, advice: str) -> Part:
    if value is None:
        return Part(name, None, weight, finding, "")
    value = round(min(max(value, 0.0), 1.0), 4)
    return Part(name, value, weight, finding, advice if value < 0.9 else "")


def _connected(survey: Survey) -> Part:
    links = survey.connectivity
    return _part(
        "connectivity", 0.25, None if links is None else links / _LINKS,
        _insufficient("concepts") if links is None
        else f"{links:.2g} links for each concept and memory; {_LINKS:g} are plenty.",
        "Tell in whole sentences who did what, where and why, and merge concepts that are one.",
    )  # fmt: skip


def _diverse(by_type: Mapping[int, int]) -> Part:
    total = sum(by_type.values())
    value = None
    finding = _insufficient("associations")
    if total >= _TYPES:
        shares = [number / total for number in by_type.values()]
        value = -sum(share * math.log2(share) for share in shares) / _BITS
        frequent = sorted(_TYPE_NUMBERS & by_type.keys(), key=lambda type: -by_type[type])[:3]
        names = ", ".join(kind_name(type).replace("_", " ") for type in frequent)
        finding = f"Concepts are joined in {len(by_type)} ways, most often: {names}."
    return _part(
        "diversity", 0.20, value, finding,
        "Say why, when and where, not only what.",
    )  # fmt: skip


def _fresh(survey: Survey, sources: tuple[int, int], stale_cutoff: float) -> Part:
    stale = stale_share(survey.touched, stale_cutoff, 1)
    source_count, alive = sources
    shares = [] if stale is None else [1 - stale]
    shares += [alive / source_count] if source_count else []
    findings = []
    if stale is not None:
        findings.append(f"{1 - stale:.0%} of your statements were used lately")
    if source_count:
        findings.append(
            f"{alive} of the last {source_count} sources were added or answered from lately"
        )
    return _part(
        "freshness", 0.15, sum(shares) / len(shares) if shares else None,
        "; ".join(findings) + "." if findings else "Nothing is here.",
        "Ask about what you have not used, or review it (`workbench reviews`).",
    )  # fmt: skip


def _consolidated(survey: Survey, timestamp: float) -> Part:
    old = [memory for memory in survey.touched if timestamp - memory.created > _NEW_DAYS * _DAY]
    if len(old) < _MIN_MEMORIES:
        return _part(
            "consolidation", 0.15, None, _insufficient("memories that are some days old"), ""
        )
    share = sum(memory.pinned or memory.used is not None for memory in old) / len(old)
    return _part(
        "consolidation", 0.15, share / _USED_SHARE,
        f"{share:.0%} of your statements that are some days old were used since, or are pinned.",
        "Recall what matters, keep it for review, and consolidate (`workbench consolidate`).",
    )  # fmt: skip


def _joined(survey: Survey) -> Part:
    share = survey.orphans
    return _part(
        "joined concepts", 0.10, None if share is None else 1 - share,
        _insufficient("concepts") if share is None
        else f"{share:.0%} of the concepts lead nowhere.",
        "Mention lone concepts together with others, or merge them with what means the same.",
    )  # fmt: skip


def _efficient(lately: Lately) -> Part:
    questions = lately.questions
    enough = questions >= _MIN_QUESTIONS
    share = lately.answered / questions if enough else 0.0
    return _part(
        "efficiency", 0.10, share if enough else None,
        f"{share:.0%} of the last questions had an answer." if enough
        else _insufficient("questions"),
        "Add sources on what could not be answered.",
    )  # fmt: skip


def _confident(lately: Lately) -> Part:
    enough = lately.judged >= _MIN_QUESTIONS
    mean = lately.sureness / lately.judged if enough else 0.0
    return _part(
        "confidence", 0.05, mean / _CONFIDENCE if enough else None,
        f"Answers were {mean:.0%} sure on average." if enough else _insufficient("questions"),
        "Tell facts in plain sentences, and settle contradictions (`workbench conflicts`).",
    )  # fmt: skip


def _insufficient(noun: str) -> str:
    return f"Too few {noun} yet to tell."
