"""The suite `processors`: does a question get the same answer on every processor?

Each instruction set answers the same questions in a process of its own, from libraries that it has
built and embedded itself. CTranslate2, oneDNN, OpenBLAS and NumPy each choose their code by the
processor, and a variable of each narrows what it sees; the first process has all there is. The
questions are not judged: nothing is learned from them, only whether the outcomes are the same.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.processes import Figures, measured, setting
from tests.benchmarks.rows import Goal, Row, Say, judged

GOALS: Mapping[str, Goal] = {
    "other_state": Goal("of them", 0, False),
    "other_words": Goal("of them", 0, False),
    "other_order": Goal("%", 1, False),
}
_VARIABLES = (
    "CT2_FORCE_CPU_ISA",
    "ONEDNN_MAX_CPU_ISA",
    "OPENBLAS_CORETYPE",
    "NPY_DISABLE_CPU_FEATURES",
)
_WIDE = "X86_V4 AVX512_ICL AVX512_SPR"
#: What each variable is for an instruction set: the processor's own, and ever narrower ones; the
#: last is what processors had before AVX2.
PROCESSORS: Mapping[str, Sequence[str]] = {
    "own": ("", "", "", ""),
    "AVX512": ("AVX512", "AVX512_CORE", "SkylakeX", "AVX512_ICL AVX512_SPR"),
    "AVX2": ("AVX2", "AVX2", "Haswell", _WIDE),
    "GENERIC": ("GENERIC", "AVX", "Sandybridge", f"{_WIDE} X86_V3"),
}
#: What the kernel calls the instructions that a processor must have to be narrowed to these.
_FLAGS = {"AVX512": "avx512bw", "AVX2": "avx2"}


def run(say: Say) -> list[Row]:
    """Ask about 300 questions on each instruction set that this processor has."""
    return compared(say, corpus_folder(), [name for name in PROCESSORS if _is_here(name)])


def compared(say: Say, corpus: Path, processors: Sequence[str], most: int = 1000) -> list[Row]:
    """The differences between instruction sets, with `most` questions of each library."""
    found = {name: _asked(name, corpus, most, say) for name in processors}
    first, *others = found.values()
    asked = len(first["outcomes"])
    on = f"{asked} questions on {', '.join(found)}"
    counts = {part: len(_differing(first, others, part)) for part in ("state", "said", "order")}
    for part in counts:
        say(f"other {part}: {', '.join(_differing(first, others, part)) or 'none'}")
    wide = max(
        abs(mine["confidence"] - its["confidence"])
        for other in others
        for mine, its in zip(first["outcomes"], other["outcomes"], strict=True)
    )
    return [
        judged("other_state", counts["state"], GOALS, on),
        judged("other_words", counts["said"], GOALS, on),
        judged("other_order", 100 * counts["order"] / asked, GOALS, on),
        judged("widest_difference_of_confidence", wide, GOALS, on),
        *(
            judged(f"processor_time_{name}", each["seconds"], GOALS, on, "s")
            for name, each in found.items()
        ),
    ]


def _is_here(name: str) -> bool:
    info = Path("/proc/cpuinfo")
    flags = info.read_text("utf-8").split() if info.is_file() else ()
    return name not in _FLAGS or _FLAGS[name] in flags


def narrowed(name: str) -> dict[str, str]:
    """The variables that narrow what libraries see of the processor to an instruction set."""
    return {
        variable: value
        for variable, value in zip(_VARIABLES, PROCESSORS[name], strict=True)
        if value
    }


def _asked(name: str, corpus: Path, most: int, say: Say) -> Figures:
    with ExitStack() as meanwhile:
        for variable, value in narrowed(name).items():
            meanwhile.enter_context(setting(variable, value))
        figures = measured(
            "tests.benchmarks.processors_child", "ask_all", None, corpus=corpus, most=most
        )
    say(f"{name}: {len(figures['outcomes'])} questions in {figures['seconds']:.0f} s")
    return figures


def _differing(first: Figures, others: Sequence[Figures], part: str) -> list[str]:
    """The questions of which a part differs on any other instruction set."""
    return [
        mine["id"]
        for mine, *its in zip(
            first["outcomes"], *(other["outcomes"] for other in others), strict=True
        )
        if any(mine[part] != one[part] for one in its)
    ]
