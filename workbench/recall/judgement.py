"""Probability that the library knows the answer, from where the question's words meet.

A threshold on a score fails on false premises, so the features ask whether the question's words
meet in one place with the kind of thing that is asked for, whether they meet *near the names* in
the question, how much of it the source to which its names belong never says, how far one section
leads those behind it, whether the best sections are of one text, how much of a question without a
name that is known here stands nowhere, and, in talks, whether it holds of the one who is named
(`premise`).
A ridge logistic regression turns them into a probability; `tests/benchmarks/calibrate.py` makes its
weights. Where few statements are asked another one is mixed in, with features of its own
(`small_library`).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from workbench import paths
from workbench.errors import LibraryError
from workbench.memory.snapshot import Snapshot
from workbench.recall import small_library
from workbench.recall.hops import Hop
from workbench.recall.premise import premise
from workbench.recall.question import Cue, Term
from workbench.recall.quotes import Quote, covered, holds_kind
from workbench.recall.windows import Windows, weighed

if TYPE_CHECKING:
    from workbench.recall.candidates import Found

#: Below this the answer is "not in your sources".
THRESHOLD = 0.5

#: Those with “named” count only where the question names somebody. Where it names one who speaks
#: in a talk all of them are 0, and those of the premise, from `speaker` on, decide alone: there
#: every word of a false question stands somewhere.
FEATURES = (
    "said", "titled", "meet", "home_unseen", "amount", "raw", "cover_named", "near_named",
    "kind_named", "path_named", "lead", "around", "agree", "nowhere", "speaker", "about", "other",
    "gap", "spoken", "score_gap",
)  # fmt: skip
#: What is weighed where few statements are asked, of the features above and of those of
#: `small_library`, which come after them.
OF_FEW = ("raw", "held", "reached", "lacking")
_ALL = FEATURES + small_library.FEATURES
#: The place of the feature that says that the question names one who speaks in a talk.
SPEAKER = FEATURES.index("speaker")
_FEW, _OF_FEW = _ALL.index("few"), tuple(map(_ALL.index, OF_FEW))
#: Sections after the best with which that is compared, and how near a word stands to a window that
#: is around it.
_BEHIND, _AROUND = 5, 0.25
#: Sections that are looked at, some of which say the same, and the best, which may agree.
_LOOKED, _AGREE = 12, 5
#: Quotes in which the kind of answer is looked for, and what they count without it; quotes whose
#: paths count.
_SAID, _WITHOUT_KIND, _FIRST, _LED = 10, 0.6, 2, 5
#: From this value on a path leads to what answers.
_LEADS = 0.1


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted regression: standardised features times weights, plus the last weight."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]

    def __call__(self, values: Sequence[float]) -> float:
        """The probability of what has these features."""
        x = (np.array(values) - self.mean) / self.spread
        return _sigmoid(float(x @ self.weights[:-1] + self.weights[-1]))


@dataclass(frozen=True, slots=True)
class Weights:
    """The regressions over `FEATURES` and over `OF_FEW`, and the weights of a quote."""

    many: Regression
    few: Regression
    quote: NDArray[np.float64]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship with the program."""
    file = paths.resources() / "recall" / "weights.json"
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        return Weights(
            _regression(facts["many"], FEATURES),
            _regression(facts["few"], OF_FEW),
            np.array(facts["quote"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise LibraryError(
            "A file that ships with the program is missing or damaged (recall/weights.json).",
            "Reinstall the program.",
        ) from error


def _regression(facts: Mapping[str, list[Any]], features: tuple[str, ...]) -> Regression:
    if tuple(facts["features"]) != features:
        raise ValueError("other features")
    return Regression(*(np.array(facts[name]) for name in ("mean", "spread", "weights")))


def features(found: "Found") -> list[float]:
    """The features of what was found: those of `FEATURES`, then those of `small_library`.

    Where it takes a path to answer, no single place has to meet all, and that statements are few
    says nothing.
    """
    large = _features(found)
    size = found.search.scope.size
    if large[SPEAKER] or not size or _led(found.quotes, found.paths) >= _LEADS:
        return large + [0.0] * len(small_library.FEATURES)
    return large + small_library.features(found.cue, found.own, size)


def _led(quotes: Sequence[Quote], paths: Mapping[int, Hop]) -> float:
    """The best path that leads to one of the best quotes, 0 where none does."""
    led = (paths[quote.place].value for quote in quotes[:_LED] if quote.place in paths)
    return max(led, default=0.0)


def _features(found: "Found") -> list[float]:
    snapshot, cue, windows = found.search.snapshot, found.cue, found.own
    if not cue.terms or not len(windows.starts):
        return [0.0, 0.0, 0.0, 1.0, *[0.0] * (len(FEATURES) - 4)]
    premised = premise(snapshot, cue, windows)
    told = [
        premised.speaker, premised.about, premised.other, premised.gap, premised.spoken,
        premised.score_gap,
    ]  # fmt: skip
    if premised.speaker:
        return [0.0] * (len(FEATURES) - len(told)) + told
    weight = np.array([term.weight for term in cue.terms])
    share = weight / weight.sum()
    named = np.array([term.name for term in cue.terms])
    possible = 2.2 * sum(term.rarity for term in cue.terms) or 1.0
    best = found.quotes[:_SAID]
    fits = [holds_kind(quote.words, cue) for quote in best]
    said = max(
        (
            covered(quote, cue) * (1.0 if fit or not cue.kind else _WITHOUT_KIND)
            for quote, fit in zip(best, fits, strict=True)
        ),
        default=0.0,
    )
    somebody = float(named.any())
    top = _best_sections(snapshot, windows)
    return [
        said,
        float(windows.titled[found.first]),
        _meet(windows, share, named),
        _home_unseen(snapshot, cue, share, named),
        math.log1p(float(weighed(weight, windows.inside).max())),
        float(windows.section.max()) / possible,
        float(weighed(share, windows.inside).max()) * somebody,
        float(weighed(share, windows.meets).max()) * somebody,
        (float(any(fits[:_FIRST])) if cue.kind else 0.5) * somebody,
        _led(best, found.paths) * somebody,
        _lead(windows, top),
        float(weighed(share, (windows.meets >= _AROUND).astype(np.float32)).max()),
        _agree(snapshot, windows, top),
        _nowhere(cue, share),
        *told,
    ]


def _meet(windows: Windows, share: NDArray[np.float64], named: NDArray[np.bool_]) -> float:
    """The best share of what is said besides names in one window near which all names stand."""
    content = share[~named].sum()
    said = weighed(share[~named], windows.inside[~named]) / content if content else np.ones(1)
    if not named.any():
        return float(said.max())
    reach = windows.meets[named]
    close = np.where(reach >= 1, 1.0, np.where(reach >= 0.9, 0.6, 0.0))
    return float((said * close.min(axis=0)).max())


def _best_sections(snapshot: Snapshot, windows: Windows) -> NDArray[np.intp]:
    """The places of a window in each of the best sections, best first."""
    opens = snapshot.columns["section_start"][windows.starts]
    places = np.flatnonzero(np.concatenate([[True], opens[1:] != opens[:-1]]))
    worth = windows.section[places]
    many = min(_LOOKED, len(worth))
    top = np.argpartition(-worth, many - 1)[:many]
    found: NDArray[np.intp] = places[top[np.argsort(-worth[top], kind="stable")]]
    return found


def _lead(windows: Windows, top: NDArray[np.intp]) -> float:
    """How much better the best section is than those behind it, as a share of what it is.

    Where a library tells of something, one place does so more than others; leftovers are level.
    """
    worth = windows.section[top[: _BEHIND + 1]].tolist()
    best, behind = worth[0], worth[1:]
    if best <= 0 or not behind:
        return 1.0
    return float((best - sum(behind) / len(behind)) / best)


def _agree(snapshot: Snapshot, windows: Windows, top: NDArray[np.intp]) -> float:
    """The share of the best sections that are of the same article, chapter or talk as the best.

    What a library tells of it tells of in one text; leftovers lie all over it.
    """
    flows = snapshot.columns["flow_start"][windows.starts[top[:_AGREE]]]
    return float((flows == flows[0]).mean())


def _nowhere(cue: Cue, share: NDArray[np.float64]) -> float:
    """How much of the question stands nowhere, nor anything like it; 0 where it names what does.

    What is asked of a name that is known may be told in other words. Where nothing that is known is
    named, the word that is missing is the subject as likely as not.
    """
    if any(term.found and (term.name or _capital(term)) for term in cue.terms):
        return 0.0
    unsaid = (not (term.found or term.akin) for term in cue.terms)
    return float(sum(part for part, gone in zip(share, unsaid, strict=True) if gone))


def _capital(term: Term) -> bool:
    return term.capital and not term.raw.isdigit()


def _home_unseen(
    snapshot: Snapshot, cue: Cue, share: NDArray[np.float64], named: NDArray[np.bool_]
) -> float:
    """Share of the question that the source to which its names belong never mentions."""
    sources = snapshot.columns["source"]
    speak = [i for i in np.flatnonzero(named).tolist() if len(cue.terms[i].ordinals)]
    if not speak:
        return float(sum(s for s, t in zip(share, cue.terms, strict=True) if not t.found))
    votes: NDArray[np.float64] = np.zeros(0)
    for i in speak:
        counts = np.bincount(sources[cue.terms[i].ordinals], minlength=len(votes))
        votes = np.pad(votes, (0, len(counts) - len(votes))) + share[i] * counts
    # Of equals the first that a term speaks of.
    equal = np.flatnonzero(votes == votes.max())
    spoken = (np.intersect1d(equal, sources[cue.terms[i].ordinals]) for i in speak)
    home = equal[0] if len(equal) == 1 else next(each for each in spoken if len(each))[0]
    return float(
        sum(
            s
            for s, term in zip(share, cue.terms, strict=True)
            if not len(term.ordinals) or not (sources[term.ordinals] == home).any()
        )
    )


def probability(values: Sequence[float], fitted: Weights) -> float:
    """The probability that the library answers a question with these features."""
    large = fitted.many(values[: len(FEATURES)])
    part = values[_FEW]
    return part * fitted.few(few_of(values)) + (1 - part) * large if part else large


def few_of(values: Sequence[float]) -> list[float]:
    """Of all features those of `OF_FEW`."""
    return [values[place] for place in _OF_FEW]


def quote_probability(answerable: float, share: float, rank: int, fitted: Weights) -> float:
    """The probability that a quote of this share of the best score and rank (from 0) fits."""
    a, b, c, d = fitted.quote.tolist()
    odds = math.log(max(answerable, 1e-6) / max(1 - answerable, 1e-6))
    return _sigmoid(a + b * odds + c * (1 - share) + d * math.log1p(rank))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))
