"""Whether all words of a file are in what was read of it: a second look without understanding.

The text nodes of a document are taken by patterns that share nothing with its reader. Words that
are in no record are lost; where they are more than one in fifty, a notice names some, unless
another one says what was left out. Nothing here fails a document.
"""

import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

from ingest.patterns import later
from ingest.records import Notice, Reading, Section

_log = logging.getLogger(__name__)

#: One word in so many, and fewer than so many words, may be lost without a notice.
_SHARE, _FEWEST = 50, 10
#: Bytes of files, and of their unpacked parts, that are looked at.
_LARGEST = 64_000_000
#: Words that a notice shows, and characters of words of left-out parts that it keeps.
_SHOWN, _MOST_KEPT = 5, 4_000
_WORD = later(r"[^\W\d_]{2,}|\d+")

#: Of packages: their parts with text, the ends of words, and text nodes.
_PACKAGES = {
    **{
        kind: (later(parts), later(ends), later(rb"<%st(?: [^>]*)?>([^<]*)" % prefix))
        for kind, parts, ends, prefix in (
            (
                "word",
                r"word/(?:document|footnotes|endnotes|comments)\d*\.xml",
                rb"</w:p>",
                b"w:",
            ),
            ("slides", r"ppt/slides/slide\d+\.xml", rb"</a:p>", b"a:"),
            ("sheets", r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml", rb"</(?:si|is)>", b""),
        )
    },
    "odt": (
        later(r"content\.xml"),
        later(rb"</text:[ph]>"),
        later(rb"(?:<text:(?:p|h|a|s|span|tab)\b[^>]*>|</text:(?:span|a)>)([^<]+)"),
    ),
    "epub": (
        later(r".*\.x?html?"),
        later(rb"</(?:p|div|h\d|li|t[dhr])>|<br"),
        later(rb">([^<]+)"),
    ),
}
#: Elements that no program shows, or only older ones in place of others.
_UNSEEN = later(
    rb"<(?:mc:Fallback|(?:head|nav|script|style|svg|math|audio|video|object|iframe)(?=[ >]))"
)
_SEEN = later(rb"</(?:mc:Fallback|head|nav|script|style|svg|math|audio|video|object|iframe)>")


def complete(kind: str, path: Path, records: Iterator[Reading]) -> Iterator[Reading]:
    """The records, and a notice if words of the file are in none of them.

    Words of what was left out are shortened to different ones that are not in the text.
    """
    wanted = kind in {"rows", *_PACKAGES} and path.stat().st_size <= _LARGEST
    texts: list[str] = []
    explained = False
    for record in records:
        if isinstance(record, Notice):
            explained = explained or (record.words is not None and record.code != "deleted_text")
            if record.words:
                record = replace(record, words=_distinct(record.words, _words(texts)))
        elif isinstance(record, Section):
            texts += [record.text] * wanted
        elif wanted:
            texts += (record.title, record.author, record.date, *record.metadata.values())
        yield record
    if wanted and not explained:
        try:
            lost = _lost(_all_text(kind, path), texts)
        except Exception:  # noqa: BLE001 - what was read stays, whatever the second look meets
            _log.info("no second look", exc_info=True)
            return
        if lost is not None:
            yield lost


def _lost(text: str, texts: list[str]) -> Notice | None:
    # Most texts are as long as what is in the file, and few that are not lack words.
    letters = _letters([text])
    if abs(letters - _letters(texts)) * _SHARE <= letters:
        return None
    words = _words([text])
    fresh = words - _words(texts)
    if len(fresh) < _FEWEST or len(fresh) * _SHARE <= len(words):
        return None
    # Words may be joined or divided in another way.
    read = _WORD.findall(" ".join(texts).casefold())
    unread, joined = {*_WORD.findall(" ".join(fresh))}.difference(read), "".join(read)
    lost = {word for word in unread if word not in joined}
    if len(lost) < _FEWEST or len(lost) * _SHARE <= len(words):
        return None
    shown = ", ".join(f"“{word}”" for word in sorted(lost, key=len, reverse=True)[:_SHOWN])
    return Notice(
        "words_lost",
        f"{len(lost):,} of the {len(words):,} different words of this file are not in its text, "
        f"such as {shown}.",
        "Open the original to see them; a copy saved as PDF may be read better.",
        words=_distinct(" ".join(lost), frozenset()),
    )


def _letters(texts: list[str]) -> int:
    """About how many characters other than spaces."""
    return sum(len(text) - text.count(" ") - text.count("\n") for text in texts)


def _words(texts: list[str]) -> frozenset[str]:
    return frozenset(" ".join(texts).casefold().split())


def _distinct(words: str, existing: frozenset[str]) -> str:
    """Different words in order of the alphabet, without existing ones and those beyond a limit."""
    fresh = sorted({*_WORD.findall(words.casefold())} - existing)
    kept = " ".join(fresh)[: _MOST_KEPT + 1]
    return kept if len(kept) <= _MOST_KEPT else kept.rpartition(" ")[0]


# -- all text of a file ----------------------------------------------------------------------------


def _all_text(kind: str, path: Path) -> str:
    if kind == "rows":
        return path.read_text(encoding="utf-8-sig")
    parts, ends, nodes = _PACKAGES[kind]
    words = []
    with zipfile.ZipFile(path) as package:
        wanted = [info for info in package.infolist() if parts.fullmatch(info.filename)]
        if sum(info.file_size for info in wanted) > _LARGEST:
            return ""
        for info in wanted:
            first, *others = _UNSEEN.split(package.read(info))
            # What has no end is unseen as a whole.
            seen = [first, *([*_SEEN.split(part, 1), b""][1] for part in others)]
            words += [b"".join(nodes.findall(each)) for each in ends.split(b"".join(seen))]
    return unescape(b" ".join(words).decode("utf-8", "replace"))
