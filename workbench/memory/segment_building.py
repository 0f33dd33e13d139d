"""Builds an index segment from statements: bulk tokenisation, each distinct word analysed once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, groupby

import numpy as np
from numpy.typing import NDArray

from ingest.segment import word_counts
from ingest.speakers import KINDS, speaker_of
from workbench.memory import segment, told_words, words
from workbench.memory.index_feed import Statements, Work
from workbench.memory.segment import Keys, Ordinals, Segment

_OPENERS = "\"'“‘«„(["

_Numbers = NDArray[np.int64]
#: Concatenated lists, and their lengths.
_Lists = tuple[_Numbers, _Numbers]


@dataclass(frozen=True, slots=True)
class Seam:
    """The state after the previous statements, so that a section across two batches stays one.

    `ordinal` is after the last statement, `read` after the last one of a source.
    """

    ordinal: int = 0
    read: int = 0
    source: int = 0
    section: int = 0
    section_start: int = 0
    flow_start: int = 0
    title: str = ""
    kind: str = ""


def gather(
    batch: Statements,
    seam: Seam,
    headings: Mapping[int, str],
    works: Mapping[int, Work],
) -> tuple[Segment, Seam]:
    """The segment that begins at `seam.ordinal` and ends with the last of `batch` (not empty)."""
    first, size = seam.ordinal, batch.ids[-1] - seam.ordinal
    columns = {name: np.zeros(size, np.int32) for name in segment.COLUMNS}
    at = np.array(batch.ids, np.int32) - np.int32(1 + first)
    for name in ("source", "section", "passage"):
        columns[name][at] = getattr(batch, f"{name}s")
    read, notes = batch.parted()
    if not read.ids:
        rows = zip(notes.ids, notes.texts, strict=True)
        return told_segment(first, columns, rows), replace(seam, ordinal=batch.ids[-1])
    extra_keys: list[int] = []
    extra_at: list[int] = []
    for id, text in zip(notes.ids, notes.texts, strict=True):
        keys = told_words.postings(text)
        extra_keys += keys
        extra_at += [id - 1] * len(keys)
    ordinals = np.array(read.ids, np.int32) - np.int32(1)
    at = ordinals - first
    after = _flows(ordinals, read, seam, headings, works, columns, (extra_keys, extra_at))
    after = replace(after, ordinal=batch.ids[-1])

    # There are millions of words: no Python step runs per word. Each distinct chunk between white
    # space is parsed once, and each of its tokens.
    parts = list(map(str.split, read.texts))
    columns["words"][at] = word_counts(read.texts, parts)
    pieces, (codes, lengths) = _numbered(parts)
    raws, raw_codes = _numbered(map(words.raw_tokens, pieces))
    ids, word_codes = _numbered(map(words.split, raws))
    keys_of_words = np.fromiter(map(words.key, ids), np.uint64, len(ids))
    codes, of = _expand(codes, np.repeat(np.arange(len(parts)), lengths), raw_codes)
    word_counters = _capitals(codes, of, raws, word_codes, len(ids))
    codes, of = _expand(codes, of, word_codes)
    return (
        segment.build(
            first,
            columns,
            np.concatenate([keys_of_words, np.array(extra_keys, np.uint64)]),
            np.concatenate([codes, len(keys_of_words) + np.arange(len(extra_keys))]),
            np.concatenate([ordinals[of], np.array(extra_at, np.int32)]),
            (keys_of_words, *word_counters),
            _forms(codes, columns["source"][at[of]], works, ids, keys_of_words),
        ),
        after,
    )


def told_segment(first: int, columns: segment.Columns, rows: Iterable[tuple[int, str]]) -> Segment:
    """The segment of facts, (id, text); optimised for a single one."""
    ordinals: defaultdict[int, list[int]] = defaultdict(list)
    for id, text in rows:
        for key in told_words.postings(text):
            ordinals[key].append(id - 1)
    keys = sorted(ordinals)
    starts = np.zeros(len(keys) + 1, np.int64)
    np.cumsum([len(ordinals[key]) for key in keys], out=starts[1:])
    flat = chain.from_iterable(ordinals[key] for key in keys)
    zeros = np.zeros(len(keys), np.int32)
    return Segment(
        first=first,
        size=len(columns["source"]),
        keys=np.array(keys, np.uint64),
        starts=starts,
        postings=np.fromiter(flat, np.int32, int(starts[-1])),
        capitals=zeros,
        smalls=zeros,
        form_keys=segment.NO_KEYS,
        form_words=segment.NO_KEYS,
        columns=columns,
    )


def _numbered(lists: Iterable[Sequence[str]]) -> tuple[list[str], _Lists]:
    """The distinct items of all lists in order of appearance, and the lists as their numbers."""
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    lists = list(lists)
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    items = map(number.__getitem__, chain.from_iterable(lists))
    codes = np.fromiter(items, np.int64, int(lengths.sum()))
    return list(number), (codes, lengths)


def _flows(
    ordinals: Ordinals,
    batch: Statements,
    seam: Seam,
    headings: Mapping[int, str],
    works: Mapping[int, Work],
    columns: Mapping[str, Ordinals],
    extra: tuple[list[int], list[int]],
) -> Seam:
    """Fill the columns of starts; post titles, headings and authors at their beginning.

    Consecutive records with one title (turns of a chat, paragraphs of an article) and messages of a
    chat or mail are one flow, like the sentences of a chapter. The author of a message is its
    speaker.
    """
    state = seam
    low = 0
    for (source, section), run in groupby(zip(batch.sources, batch.sections, strict=True)):
        high = low + sum(1 for _ in run)
        ordinal = batch.ids[low] - 1
        work = works.get(source, Work("", "", "", ""))
        heading = headings.get(section, "")
        if source != state.source or section != state.section:
            flow = ordinal
            # A gap in the ids separates a source from its earlier version.
            expected = batch.ids[low - 1] if low else seam.read
            if source != state.source or ordinal != expected:
                same = work.kind == state.kind and work.title == state.title != ""
                goes_on = same and work.kind in ("record", *KINDS)
                flow = state.flow_start if goes_on else ordinal
                columns["titled"][ordinal - seam.ordinal] = _post(work.title, "t", ordinal, extra)
            if heading != work.title:
                _post(heading, "h", ordinal, extra)
            state = Seam(ordinal, 0, source, section, ordinal, flow, work.title, work.kind)
        run_ordinals = ordinals[low:high]
        columns["section_start"][run_ordinals - seam.ordinal] = state.section_start
        columns["flow_start"][run_ordinals - seam.ordinal] = state.flow_start
        author = speaker_of(heading) if heading and work.kind in KINDS else work.author
        for key in _keys_of(author, "a")[0] if author else ():
            extra[0].extend([key] * len(run_ordinals))
            extra[1].extend(run_ordinals.tolist())
        low = high
    return replace(state, read=batch.ids[-1])


def _post(text: str, space: str, ordinal: int, extra: tuple[list[int], list[int]]) -> int:
    """Post the forms of the words of a title or name; returns how many there are."""
    keys, number = _keys_of(text, space)
    extra[0].extend(keys)
    extra[1].extend([ordinal] * len(keys))
    return number


@lru_cache(maxsize=4096)
def _keys_of(text: str, space: str) -> tuple[tuple[int, ...], int]:
    """The keys of the forms of a title's or name's words, and how many are not in brackets.

    Cached, because an author's name is posted with each of his statements.
    """
    plain = text.split(" (", 1)[0] or text
    all_forms = {form for token in words.tokens(text) for word in token.words
             for form in words.forms(word, "en")}  # fmt: skip
    title_forms = {
        form for token in words.tokens(plain) for form in words.forms(token.words[0], "en")
    }
    return tuple(words.key(form, space) for form in all_forms), len(title_forms)


def _expand(codes: _Numbers, of: _Numbers, lists: _Lists) -> tuple[_Numbers, _Numbers]:
    """Replace each code by the list it stands for; `of` is repeated accordingly."""
    flat, widths = lists
    lengths = widths[codes]
    ends = np.cumsum(lengths)
    offsets = (np.cumsum(widths) - widths)[codes] - (ends - lengths)
    places = np.repeat(offsets, lengths)
    return flat[places + np.arange(len(places))], np.repeat(of, lengths)


def _capitals(
    codes: _Numbers, of: _Numbers, raws: Sequence[str], word_codes: _Lists, size: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Count words with and without a capital where case is significant.

    `codes` number the tokens `raws`, `of` is the statement of each, `size` the number of words.
    """
    # Not at the beginning of a statement, nor after a quotation mark.
    used = np.bincount(codes[1:][of[1:] == of[:-1]], minlength=len(raws))
    flat, widths = word_codes
    is_mid_sentence = np.array([raw[0] not in _OPENERS for raw in raws], bool) & (widths > 0)
    large = np.array([raw[0].isupper() for raw in raws], bool)
    first = np.cumsum(widths) - widths
    token_sets = [np.flatnonzero(is_mid_sentence & case) for case in (large, ~large)]
    capitals, smalls = (np.bincount(flat[first[at]], used[at], size) for at in token_sets)
    return capitals.astype(np.int32), smalls.astype(np.int32)


def _forms(
    codes: _Numbers,
    sources: NDArray[np.int32],
    works: Mapping[int, Work],
    ids: Sequence[str],
    keys: Keys,
) -> tuple[Keys, Keys]:
    """(form, word) keys of every distinct word, stemmed in its source's language.

    `codes` number the words `ids` with their `keys`; `sources` is the source of each.
    """
    by_language: dict[str, list[int]] = {}
    for source in np.unique(sources).tolist():
        tag = works[source].language if source in works else ""
        by_language.setdefault(words.base_language(tag), []).append(source)
    forms, of = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for language, language_sources in by_language.items():
        codes_here = np.unique(
            codes[np.isin(sources, language_sources)] if len(by_language) > 1 else codes
        )
        stems = [words.forms(ids[at], language) for at in codes_here.tolist()]
        forms.append(
            np.array(
                [words.key(form, "s") for word_forms in stems for form in word_forms], np.uint64
            )
        )
        of.append(np.repeat(keys[codes_here], [len(word_forms) for word_forms in stems]))
    return np.concatenate(forms), np.concatenate(of)
