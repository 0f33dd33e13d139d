"""What the reader learns from: questions, each with the sentence that answers and some that do not.

Sources: of `reader` in the evaluation data SQuAD 1.1 (Rajpurkar et al. 2016), some of it with the
answer's place, and SelQA (Jurczyk et al. 2016); half A of XQuAD, HotpotQA, MuSiQue, 2Wiki and the
chats of LiHua-World, where each sentence that an answer of several steps needs counts as answering.
Half B is never read here. Then half a of the questions of our own, which ship with the program:
about books that are in none of these sets, texts written for it, and told statements, with near
misses that were chosen by hand. What the shipped reader has not learned from is read if asked for:
the part to learn from of our own questions about whole books, tales and papers (`tales`).
Negatives are near misses: sentences of the same article that share most words with the question,
those that the program itself finds (`mining`) or BM25 ranks highest over all articles, and one at
random.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.segment import segment
from reader.drawing import NAME, Corpus, Question, Raw, plain
from reader.tales import papers, tales
from tests.benchmarks.book_questions import book_file, reading_questions
from tests.benchmarks.corpus import half_of, rows_of
from tests.benchmarks.everyday import OTHER_KINDS
from tests.benchmarks.quotes import book_questions
from tests.benchmarks.rival_bm25 import Bm25

#: Sentences before and after that are near: SQuAD's own list knows no articles.
_NEAR = 90
#: Paragraphs before and after that are near.
_NEAR_PARAGRAPHS = 4
#: Near misses kept for each question, and how many BM25 is asked for.
_KEPT, _MINED = 24, 32
#: Of recent questions, the nearest misses, and how many from other texts stand beside the rest.
_NEAREST, _BESIDE = 10, 6
#: One question in so many is for choosing among weights and never learned from; in runs of so many,
#: since neighbours ask about the same sentences.
_HELD_OUT, _RUN = 24, 25
#: The sets of which half A is learned from, and how often a pass meets their questions, those whose
#: answer's place is known and those that are worded as people ask about a story.
_SETS = {"xquad": 3, "hotpotqa": 2, "musique": 2, "2wiki": 2, "lihua": 3}
_STORY_TIMES = 6
#: Sentences of a whole text that are near, before and after; a quote in more of them tells nothing.
_NEAR_STORY, _OFTEN = 300, 4
_PLACED_TIMES, _EVERYDAY_TIMES, _OWN_TIMES = 2, 2, 3
_EVERYDAY = re.compile(
    r"(who (is|was|are|were|did|does)|why|where|how (is|was|do|does|did|come)"
    r"|what (happen|becomes?|became|(does|did|do) .* (look|feel|say|want|think|do)\b"
    r"|(is|was|are|were) .* (like|called|about|doing)\b))\b",
    re.IGNORECASE,
)
#: How often a pass meets a question of our own about a whole book.
_BOOK_TIMES = 2
_WORD = re.compile(r"[^\W_]{3,}")


def load(
    corpus: Path,
    found: Mapping[str, Sequence[int]] | None = None,
    own: Path | None = None,
    *,
    recent: bool = False,
) -> Corpus:
    """Read the questions of the evaluation data and `own`, and look for near misses: two minutes.

    The same each time. `found` are the sentences that the program finds for a question (`mining`).
    Of what the shipped reader has not learned from, only with `recent`.
    """
    sentences: list[str] = []
    texts: list[int] = []
    folder = corpus / "reader"
    raw = [*_spans(folder, sentences, texts)]
    known = {plain(each.text) for each in raw}
    raw += [each for each in _squad(folder, sentences, texts) if plain(each.text) not in known]
    raw += _selqa(folder, sentences, texts)
    for name in _SETS:
        if (corpus / name).is_dir():
            raw += _half(corpus / name, sentences, texts)
    if (corpus / "books").is_dir():
        raw += _stories(corpus, sentences, texts)
    if own is not None:
        raw += _own(own, sentences, texts)
    if recent and (corpus / "stories").is_dir():
        raw += tales(corpus / "stories" / "stories-train.jsonl.gz", sentences, texts)
        raw += papers(corpus / "stories" / "covid-papers.jsonl.gz", sentences, texts)
    if recent and (corpus / "books2").is_dir():
        raw += _whole_books(corpus, sentences, texts)
    questions = _with_negatives(raw, sentences, found or {})
    held_out = [i // _RUN % _HELD_OUT == 0 for i in range(len(questions))]
    return Corpus(
        tuple(sentences),
        tuple(texts),
        tuple(q for q, out in zip(questions, held_out, strict=True) if not out),
        tuple(q for q, out in zip(questions, held_out, strict=True) if out),
    )


def _spans(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """SQuAD with the answer's place: whole paragraphs."""
    paragraphs = rows_of(folder / "squad-spans.jsonl.gz")
    first = [0]
    places = []
    for paragraph in paragraphs:
        context = paragraph["context"]
        cut = segment(context)
        places.append(cut)
        texts += [_next(texts)] * len(cut)
        sentences += [context[start:end] for start, end in cut]
        first.append(len(sentences))
    for number, paragraph in enumerate(paragraphs):
        around = range(
            first[max(0, number - _NEAR_PARAGRAPHS)],
            first[min(len(paragraphs), number + _NEAR_PARAGRAPHS + 1)],
        )
        for asked in paragraph["questions"]:
            start, end = asked["start"], asked["start"] + len(asked["answer"])
            inside = [i for i, (a, b) in enumerate(places[number]) if a <= start and end <= b]
            if not inside:
                continue
            base = places[number][inside[0]][0]
            own = first[number] + inside[0]
            says = plain(asked["answer"])
            others = frozenset(i for i in around if says in plain(sentences[i]))
            yield Raw(
                asked["question"], own, start - base, end - base, others, around, _PLACED_TIMES
            )


def _squad(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """SQuAD by sentences that follow one another."""
    first = len(sentences)
    own = [each["text"] for each in rows_of(folder / "squad-sentences.jsonl.gz")]
    sentences += own
    texts += [_next(texts)] * len(own)
    for asked in rows_of(folder / "squad-questions.jsonl.gz"):
        at = first + asked["sentence"]
        near = range(max(first, at - _NEAR), min(len(sentences), at + _NEAR))
        yield Raw(asked["question"], at, -1, -1, frozenset((at,)), near)


def _selqa(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """SelQA: sections of articles, many asked about more than once."""
    seen: dict[tuple[str, ...], int] = {}
    for asked in rows_of(folder / "selqa.jsonl.gz"):
        if not asked["answers"]:
            continue
        section = tuple(asked["sentences"])
        if section not in seen:
            seen[section] = len(sentences)
            texts += [_next(texts)] * len(section)
            sentences += section
        first = seen[section]
        answers = frozenset(first + i for i in asked["answers"])
        near = range(first, first + len(section))
        yield Raw(asked["question"], min(answers), -1, -1, answers, near)


def _half(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """Half A of a set of passages: a question for each sentence that its answer needs."""
    times = _SETS[folder.name]
    inside: dict[str, list[tuple[int, int, int]]] = {}
    titled: dict[str, list[str]] = {}
    for passage in rows_of(folder / "passages.jsonl.gz"):
        content = passage["text"]
        # Chats are told in lines, each by somebody.
        cut = segment(content) if folder.name != "lihua" else _line_places(content)
        inside[passage["id"]] = [
            (len(sentences) + i, start, end) for i, (start, end) in enumerate(cut)
        ]
        titled.setdefault(passage["title"], []).append(passage["id"])
        texts += [_next(texts)] * len(cut)
        sentences += [content[start:end] for start, end in cut]
    title_of = {key: title for title, keys in titled.items() for key in keys}
    for asked in rows_of(folder / "questions.jsonl.gz"):
        if half_of(asked["id"]) != "A":
            continue
        gold = [key for key in asked["gold"] if key in inside]
        if not gold:
            yield Raw(asked["question"], -1, -1, -1, frozenset(), (), times)
            continue
        near = [i for key in gold for of in titled[title_of[key]] for i, _, _ in inside[of]]
        says = [plain(each) for each in asked["answers"] if len(plain(each)) > 3]
        placed = [
            (i, asked["answer_start"] - start, len(asked["answers"][0]))
            for i, start, end in inside[gold[0]]
            if start <= asked.get("answer_start", -1)
            and asked["answer_start"] + len(asked["answers"][0]) <= end
        ]
        needed = [i for i, _, _ in placed] or [
            *_needed(asked, gold, title_of, {key: inside[key] for key in gold}, sentences)
        ]
        others = {i for i in near if any(each in plain(sentences[i]) for each in says)}
        for number in needed:
            start, length = placed[0][1:] if placed else (-1, 0)
            yield Raw(
                asked["question"],
                number,
                start,
                start + length,
                frozenset({*needed, *others}),
                near,
                times,
            )


def _stories(corpus: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """Half A of what is asked about whole texts, the five novels among them."""
    inside: dict[str, range] = {}
    for file in (*(corpus / "books").glob("*.txt"), *(corpus / "everyday" / "texts").iterdir()):
        if file.stem == "SOURCES":
            continue
        inside[file.stem] = _sentences_of(file, sentences, texts)
    everyday = rows_of(corpus / "everyday" / "questions.jsonl")
    asked = [
        (each["text"], each, half_of(each["id"]))
        for each in everyday
        if each["kind"] not in OTHER_KINDS
    ]
    asked += [
        (each["book"], each, each.get("half") or half_of(each["id"]))
        for each in book_questions(corpus)
        if isinstance(each["book"], str)
    ]
    for name, each, half in asked:
        if half == "A" and name in inside:
            yield from _of_story(each, inside[name], sentences)


def _whole_books(corpus: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """The part to learn from of the questions of our own about whole books."""
    inside: dict[str, range] = {}
    for asked in reading_questions(corpus, "learn"):
        if asked.book not in inside:
            inside[asked.book] = _sentences_of(book_file(corpus, asked.book), sentences, texts)
        row = {
            "question": asked.text,
            "answerable": bool(asked.evidence),
            "evidence": asked.evidence,
            "answers": asked.answers,
        }
        misses = [plain(each) for each in asked.near]
        chosen = [
            i for i in inside[asked.book] if any(each in plain(sentences[i]) for each in misses)
        ]
        for raw in _of_story(row, inside[asked.book], sentences):
            yield replace(raw, times=_BOOK_TIMES, chosen=chosen, recent=True)


def _sentences_of(file: Path, sentences: list[str], texts: list[int]) -> range:
    """Add a text's sentences, paragraph by paragraph: which they are."""
    first = len(sentences)
    for paragraph in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
        told = " ".join(paragraph.split())
        sentences += [told[start:end] for start, end in segment(told)]
    texts += [_next(texts)] * (len(sentences) - first)
    return range(first, len(sentences))


def _of_story(asked: Mapping[str, Any], inside: range, sentences: Sequence[str]) -> Iterator[Raw]:
    if not asked["answerable"]:
        yield Raw(asked["question"], -1, -1, -1, frozenset(), inside, _STORY_TIMES)
        return
    quotes = asked["evidence"] or []
    quotes = [plain(each) for each in ([quotes] if isinstance(quotes, str) else quotes)]
    said = {i: plain(sentences[i]) for i in inside}
    holding = [[i for i, told in said.items() if each in told] for each in quotes]
    needed = {places[0] for places in holding if 0 < len(places) <= _OFTEN}
    says = [plain(each) for each in asked["answers"] if len(plain(each)) > 3]
    others = {i for i, told in said.items() if any(each in told for each in (*says, *quotes))}
    for number in sorted(needed):
        near = range(max(inside[0], number - _NEAR_STORY), min(inside[-1], number + _NEAR_STORY))
        yield Raw(asked["question"], number, -1, -1, frozenset(others | needed), near, _STORY_TIMES)


def _own(file: Path, sentences: list[str], texts: list[int]) -> Iterator[Raw]:
    """Half a of questions of our own. Statements that were told are read alone, each a text."""
    for row in rows_of(file):
        if row["half"] != "a":
            continue
        first, number = len(sentences), _next(texts)
        alone = row["kind"] == "told"
        texts += [number + i if alone else number for i in range(len(row["sentences"]))]
        sentences += row["sentences"]
        for asked in row["questions"]:
            answers, also, chosen = (
                [first + i for i in asked[name]] for name in ("answers", "also", "near")
            )
            words = asked["words"]
            saying = [i for i in answers if words and words in sentences[i]]
            start = sentences[saying[0]].index(words) if saying else -1
            yield Raw(
                asked["question"],
                (saying or answers or [-1])[0],
                start,
                start + len(words) if saying else -1,
                frozenset({*answers, *also}),
                range(first, len(sentences)),
                _OWN_TIMES,
                chosen,
            )


def _needed(
    asked: Mapping[str, Any],
    gold: Sequence[str],
    title_of: Mapping[str, str],
    inside: Mapping[str, Sequence[tuple[int, int, int]]],
    sentences: Sequence[str],
) -> list[int]:
    """The sentences that an answer needs, as far as a set says so or its answers show it."""
    if "sentences" in asked:
        of = {title_of[key]: inside[key] for key in gold}
        told = [(of.get(title, ()), number) for title, number in asked["sentences"]]
        return [cut[number][0] for cut, number in told if number < len(cut)]
    if "triples" in asked:
        steps = [(subject, f"{subject} {how}", what) for subject, how, what in asked["triples"]]
    else:
        chain = asked.get("chain") or [(asked["question"], asked["answers"][0])]
        steps = [("", question, answer) for question, answer in chain]
    found = []
    for subject, question, answer in steps:
        about = _words(question)
        wanted = _words(answer)
        best = (0.0, -1)
        for key in gold:
            if subject and title_of[key].casefold() != subject.casefold():
                continue
            for number, _, _ in inside[key]:
                has = _words(sentences[number])
                share = len(wanted & has) / max(1, len(wanted))
                best = max(best, (share + 0.02 * len(about & has), -number) if share else best)
        if best[0] >= 0.5:
            found.append(-best[1])
    return sorted(set(found))


def _line_places(text: str) -> list[tuple[int, int]]:
    return [(each.start(), each.end()) for each in re.finditer(r"[^\n]+", text)]


def _with_negatives(
    raw: Sequence[Raw], sentences: Sequence[str], found: Mapping[str, Sequence[int]]
) -> list[Question]:
    words = [_words(each) for each in sentences]
    said = [plain(each) for each in sentences]
    frequency = Counter(word for each in words for word in each)
    questions = []
    index = Bm25(sentences)
    names = sorted({name for each in raw for name in NAME.findall(each.text)})
    chance = random.Random(len(names))
    for each in raw:
        asked = _words(each.text)
        says = {said[i] for i in (each.sentence, *each.others) if i >= 0 and said[i]}

        def telling(i: int, asked: set[str] = asked) -> float:
            return sum(math.log(len(words) / frequency[word]) for word in asked & words[i])

        near = [i for i in each.near if said[i] and said[i] not in says]
        near.sort(key=lambda i: (i not in each.chosen, -telling(i), i))
        mined = [
            i
            for i in found.get(each.text) or index.best(each.text, _MINED)
            if said[i]
            and i not in near[:_KEPT]
            and not any(each in said[i] or said[i] in each for each in says)
        ]
        told = sentences[each.sentence] if each.sentence >= 0 else ""
        # Of the same text those that share most are the hardest; a few from others beside the rest.
        some = _NEAREST if each.recent else _KEPT
        beside = [*near[some:_KEPT], *mined[:_BESIDE]] if each.recent else mined[:_KEPT]
        questions.append(
            Question(
                each.text,
                each.sentence,
                each.start,
                each.end,
                tuple(near[:some]),
                tuple(beside),
                _premise(each.text, told, names, chance),
                each.times
                if each.recent
                else max(each.times, _EVERYDAY_TIMES if _EVERYDAY.match(each.text) else 1),
                each.recent,
            )
        )
    return questions


def _premise(text: str, told: str, names: Sequence[str], chance: random.Random) -> str:
    """The question with another name, or another year, in the place of one that is told."""
    shared = [each for each in NAME.finditer(text) if each[0].casefold() in told.casefold()]
    if not shared:
        return ""
    one = chance.choice(shared)
    for _ in range(20):
        other = chance.choice(names)
        same = other[0].isdecimal() == one[0][0].isdecimal()
        if same and other.casefold() not in f"{told} {text}".casefold():
            return text[: one.start()] + other + text[one.end() :]
    return ""


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _next(texts: Sequence[int]) -> int:
    return texts[-1] + 1 if texts else 0
