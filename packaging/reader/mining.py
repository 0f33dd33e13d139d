"""Near misses that the program itself finds: a library of all texts is asked the questions.

What retrieval puts among its first quotes and does not answer is what the reader will have to tell
from the answer. A long text is asked alone, as people ask a book. Some ten minutes for a sample of
the questions; kept in a file, made once.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.drawing import Corpus, plain
from tests.benchmarks.corpus import recall_over

#: Quotes that are asked for, sentences that are kept, and the sentences of a source.
_ASKED, _KEPT, _BLOCK = 40, 24, 10
#: Sentences from which on a text is long.
_LONG = 40
#: Questions of a single pass of the large sets that are asked, beside all those met more often.
_SAMPLE = 700
_SEED = 9


def mined(file: Path, corpus: Corpus) -> Mapping[str, Sequence[int]]:
    """The sentences that are found for questions, best first: read from `file`, or made."""
    if file.is_file():
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["sentences"] == len(corpus.sentences):
            found: Mapping[str, Sequence[int]] = kept["found"]
            return found
    found = _asked(corpus)
    state = {"sentences": len(corpus.sentences), "found": found}
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(state), encoding="utf-8")
    partial.replace(file)
    return found


def _asked(corpus: Corpus) -> Mapping[str, Sequence[int]]:
    firsts = _blocks(corpus)
    records = [
        {"id": str(first), "title": "", "text": "\n\n".join(corpus.sentences[first:last])}
        for first, last in firsts.items()
    ]
    questions = [*corpus.learned, *corpus.held_out]
    chance = random.Random(_SEED)
    often = [each for each in questions if each.times > 1]
    once = [each for each in questions if each.times == 1]
    asked = [*often, *chance.sample(once, min(_SAMPLE, len(once)))]
    lengths = Counter(corpus.texts)
    found: dict[str, list[int]] = {}
    with recall_over(records=records) as (recall, keys):
        block_of = {source: int(key) for key, source in keys.items()}
        inside_of: dict[int, list[int]] = {}
        for source, first in block_of.items():
            inside_of.setdefault(corpus.texts[first], []).append(source)
        for each in asked:
            text = corpus.texts[each.sentence if each.sentence >= 0 else (*each.near, 0)[0]]
            alone = inside_of[text] if lengths[text] >= _LONG else None
            numbers: dict[int, None] = {}
            for quote in recall.retrieve(each.text, sources=alone, limit=_ASKED).quotes:
                # A quote is cut from one source; its first sentence that is known stands for it.
                first = block_of[quote.engrams[0].source]
                inside = {plain(corpus.sentences[i]): i for i in range(first, firsts[first])}
                known = [i for e in quote.engrams if (i := inside.get(plain(e.text))) is not None]
                numbers.update(dict.fromkeys(known[:1]))
            found[each.text] = list(numbers)[:_KEPT]
    return found


def _blocks(corpus: Corpus) -> dict[int, int]:
    """Where each source begins and ends: stretches of a text, for some are as long as books."""
    blocks: dict[int, int] = {}
    first = 0
    for number in range(len(corpus.sentences) + 1):
        ends = number == len(corpus.sentences)
        if ends or corpus.texts[number] != corpus.texts[first] or number - first >= _BLOCK:
            blocks[first] = number
            first = number
    return blocks
