"""From statements to a segment: tokens in bulk, each distinct word looked at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.segment import word_count
from workbench.memory import segment, words
from workbench.memory.index_feed import Statement, Work
from workbench.memory.segment import Ordinals, Segment

_OPENERS = "\"'“‘«„(["


@dataclass(frozen=True, slots=True)
class Seam:
    """Where the statements before stopped, so that a section cut by two batches stays one."""

    ordinal: int = 0
    source: int = 0
    section: int = 0
    section_start: int = 0
    flow_start: int = 0
    title: str = ""
    kind: str = ""


def gather(
    rows: Sequence[Statement],
    seam: Seam,
    headings: Mapping[int, str],
    works: Mapping[int, Work],
) -> tuple[Segment, Seam]:
    """The segment that begins at `seam.ordinal` and ends with the last of `rows` (not empty)."""
    first, size = seam.ordinal, rows[-1].id - seam.ordinal
    ids_of, sources, sections, passages, texts = zip(*rows, strict=True)
    ordinals = np.array(ids_of, np.int32) - np.int32(1)
    raws = list(map(words.raw_tokens, texts))
    lengths = np.fromiter(map(len, raws), np.int64, len(rows))
    columns = {name: np.zeros(size, np.int32) for name in segment.COLUMNS}
    at = ordinals - first
    columns["words"][at] = list(map(word_count, texts))
    for name, values in (("source", sources), ("section", sections), ("passage", passages)):
        columns[name][at] = values
    extra_keys: list[int] = []
    extra_at: list[int] = []
    after = _flows(rows, seam, headings, works, columns, (extra_keys, extra_at))

    # Tokens come by the million: no step of Python is made for each.
    number = {raw: at for at, raw in enumerate(dict.fromkeys(chain.from_iterable(raws)))}
    codes = np.fromiter(
        map(number.__getitem__, chain.from_iterable(raws)), np.int64, int(lengths.sum())
    )
    of_raw = [words.split(raw) for raw in number]
    ids: dict[str, int] = {}
    flat = [ids.setdefault(word, len(ids)) for each in of_raw for word in each]
    keys = np.fromiter(map(words.key, ids), np.uint64, len(ids))
    widths = np.fromiter(map(len, of_raw), np.int64, len(of_raw))
    begins = np.concatenate([[0], np.cumsum(widths)])[:-1]
    where = np.repeat(ordinals, lengths)
    token_words, token_of = _expand(codes, widths, begins, np.array(flat, np.int64))
    return (
        segment.build(
            first,
            columns,
            np.concatenate([keys[token_words], np.array(extra_keys, np.uint64)]),
            np.concatenate([where[token_of], np.array(extra_at, np.int32)]).astype(np.int32),
            _capitals(codes, lengths, list(number), of_raw, ids, keys),
            _forms(sources, raws, works, number),
        ),
        after,
    )


def _flows(
    rows: Sequence[Statement],
    seam: Seam,
    headings: Mapping[int, str],
    works: Mapping[int, Work],
    columns: Mapping[str, Ordinals],
    extra: tuple[list[int], list[int]],
) -> Seam:
    """Fill the columns of starts; post titles, headings and authors where they begin.

    Records of one title that arrive one after another (turns of a chat, paragraphs of an article)
    are one flow, as the sentences of a chapter are.
    """
    first, state = seam.ordinal, seam
    expected = seam.ordinal
    section_starts: list[int] = []
    flow_starts: list[int] = []
    places: list[int] = []
    author: tuple[int, ...] = ()
    of = -1
    for row in rows:
        ordinal = row.id - 1
        # Ids that were left out part a source that was read again from what it was before.
        begins = row.source != state.source or ordinal != expected
        expected = row.id
        if row.source != state.source or row.section != state.section:
            work = works.get(row.source, Work("", "", "", ""))
            flow = ordinal
            if begins:
                goes_on = work.kind == state.kind == "record" and work.title == state.title != ""
                flow = state.flow_start if goes_on else ordinal
                titled = _post(work.title, "t", ordinal, extra)
                columns["titled"][ordinal - first] = titled
            heading = headings.get(row.section, "")
            if heading != work.title:
                _post(heading, "h", ordinal, extra)
            state = Seam(ordinal, row.source, row.section, ordinal, flow, work.title, work.kind)
        places.append(ordinal - first)
        section_starts.append(state.section_start)
        flow_starts.append(state.flow_start)
        if row.source != of:
            of = row.source
            named = works[of].author if of in works else ""
            author = _keys_of(named, "a")[0] if named else ()
        if author:
            extra[0].extend(author)
            extra[1].extend([ordinal] * len(author))
    columns["section_start"][places] = section_starts
    columns["flow_start"][places] = flow_starts
    return Seam(
        rows[-1].id, state.source, state.section, state.section_start, state.flow_start,
        state.title, state.kind,
    )  # fmt: skip


def _post(text: str, space: str, ordinal: int, extra: tuple[list[int], list[int]]) -> int:
    """Post the forms of a title's or name's words; returns how many there are."""
    keys, counted = _keys_of(text, space)
    extra[0].extend(keys)
    extra[1].extend([ordinal] * len(keys))
    return counted


@lru_cache(maxsize=4096)
def _keys_of(text: str, space: str) -> tuple[tuple[int, ...], int]:
    """The keys of the forms of a title's or name's words, and their number without what is added
    in brackets. Kept, because an author's name is posted with each of his statements."""
    plain = text.split(" (", 1)[0] or text
    found = {form for token in words.tokens(text) for word in token.words
             for form in words.forms(word, "en")}  # fmt: skip
    counted = {form for token in words.tokens(plain) for form in words.forms(token.words[0], "en")}
    return tuple(words.key(form, space) for form in found), len(counted)


def _expand(
    codes: NDArray[np.int64],
    widths: NDArray[np.int64],
    begins: NDArray[np.int64],
    flat: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Word numbers of every token, and the token that each comes from."""
    lengths = widths[codes]
    token_of = np.repeat(np.arange(len(codes)), lengths)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    offset = np.arange(total) - np.repeat(ends - lengths, lengths)
    return flat[np.repeat(begins[codes], lengths) + offset], token_of


def _capitals(
    codes: NDArray[np.int64],
    lengths: NDArray[np.int64],
    raws: Sequence[str],
    of_raw: Sequence[tuple[str, ...]],
    ids: Mapping[str, int],
    keys: NDArray[np.uint64],
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32]]:
    """How often words stand with and without a capital where a capital means something."""
    inside = np.ones(len(codes), bool)
    starts = np.cumsum(lengths) - lengths
    inside[starts[lengths > 0]] = False
    used = np.bincount(codes[inside], minlength=len(raws))
    capitals = np.zeros(len(ids), np.int32)
    smalls = np.zeros(len(ids), np.int32)
    for raw, each, uses in zip(raws, of_raw, used.tolist(), strict=True):
        if not uses or not each or raw[0] in _OPENERS:
            continue
        if raw[0].isupper():
            capitals[ids[each[0]]] += uses
        else:
            smalls[ids[each[0]]] += uses
    return keys, capitals, smalls


def _forms(
    sources: Sequence[int],
    raws: Sequence[list[str]],
    works: Mapping[int, Work],
    distinct: Collection[str],
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """(form, word) keys of every distinct word, stemmed in its source's language.

    `raws` are the tokens of each statement, `sources` what it is of, `distinct` all of the tokens.
    """
    tags = {each: works[each].language if each in works else "" for each in set(sources)}
    languages = {each: words.base_language(tag) for each, tag in tags.items()}
    spoken: dict[str, Collection[str]] = dict.fromkeys(languages.values(), distinct)
    if len(spoken) > 1:
        parts: dict[str, set[str]] = {language: set() for language in spoken}
        for source, tokens in zip(sources, raws, strict=True):
            parts[languages[source]].update(tokens)
        spoken = {**parts}
    form_keys: list[int] = []
    word_keys: list[int] = []
    for language, found in spoken.items():
        for word in set(chain.from_iterable(map(words.split, found))):
            for form in words.forms(word, language):
                form_keys.append(words.key(form, "s"))
                word_keys.append(words.key(word))
    return np.array(form_keys, np.uint64), np.array(word_keys, np.uint64)
