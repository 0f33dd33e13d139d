"""Leaves out invisible text of a PDF page: unreadable fonts, white or tiny print.

Fonts without character maps produce codes or a cipher; white letters on an empty page, or ones
smaller than any print, are meant for machines. Neither is text. An invisible text layer behind a
scanned page is.
"""

import ctypes
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import detection
from ingest.languages import STOPS

#: Sample of a page's characters whose fonts are tested.
_PROMPTED = 250
#: Characters that are rare in all languages, fewest letters for a decision, and the share of rare
#: ones that indicates a cipher: a book set in wrongly mapped fonts has .15 and more, the tables,
#: formulas and listings of 260 other documents .10 at most.
_SELDOM = frozenset("\\^`{}~¡¢£¤¥¦¨¬®¯±²³´¶¸¹º¼½¾¿×÷") | {chr(code) for code in range(0x80, 0xA0)}
_ENOUGH, _CIPHERED = 100, 0.13
#: Words that are too few for statistics, and the share of common ones in texts of a language.
_FEW, _COMMON = 4, 0.15
#: Letters smaller than so many points are not meant to be read.
_LOWEST = 1.3
_WHITE = 250


def lettered(raw: Any, textpage: Any, text: str, inked: NDArray[np.intp]) -> bool:
    """Whether most of a page's characters are reliable letters."""
    requested = inked[:: max(1, len(inked) // _PROMPTED)].tolist()
    if not requested:
        return True
    if not text.isascii():
        letters = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")[inked]
        missing = (
            (letters == 0xFFFD) | ((letters >= 0xE000) & (letters < 0xF900)) | (letters < 0x20)
        )
        # PDFium writes 2 for a hyphen at a line's end.
        if np.count_nonzero(missing & (letters != 2)) * 2 > len(letters):
            return False
        seldom = sum(text[index] in _SELDOM for index in inked.tolist())
        if len(letters) > _ENOUGH and seldom > _CIPHERED * len(letters):
            return False
    unknown = sum(raw.FPDFText_HasUnicodeMapError(textpage, index) == 1 for index in requested)
    if unknown * 3 < len(requested):
        return not detection.is_shifted(text)
    # The codes may still be letters, as with fonts of TeX: then common words occur.
    language = detection.detect_language(text)
    is_known = language not in STOPS or len(text.split()) < _FEW
    return language != "" and (is_known or detection.common_words(text) >= _COMMON)


#: Where a line strikes out letters, in heights of their boxes from below; how high it is at most;
#: and how far it reaches beyond them.
_LOWER, _UPPER, _THIN, _BEYOND = 0.3, 0.65, 0.15, 0.3
#: Fewest letters that a line strikes out, and most lines of a page that are looked at.
_STRUCK, _MOST_RULES = 3, 200


def struck(
    painted: NDArray[np.float32], inked: NDArray[np.intp], rules: list[tuple[float, ...]]
) -> NDArray[np.intp]:
    """Which of the characters `inked` are struck out by lines; all in the page's own space."""
    left, top, right, bottom = painted[inked].T
    tall = top - bottom
    results: list[NDArray[np.intp]] = []
    for begin, low, end, high in rules[:_MOST_RULES]:
        at = ((low + high) / 2 - bottom) / np.maximum(tall, 0.01)
        middles = (left + right) / 2
        under = (at > _LOWER) & (at < _UPPER) & (begin < middles) & (middles < end)
        if np.count_nonzero(under) < _STRUCK:
            continue
        size = float(tall[under].max())
        fits = left[under].min() - begin < _BEYOND * size and end - right[under].max() < (
            _BEYOND * size
        )
        if fits and high - low < _THIN * size:
            results.append(inked[under])
    return np.unique(np.concatenate(results)) if results else inked[:0]


def unseen(
    raw: Any,
    textpage: Any,
    white: set[int],
    places: NDArray[np.float64],
    inked: NDArray[np.intp],
) -> NDArray[np.intp]:
    """Which of the characters `inked` are invisible. `places`: in points as displayed."""
    tall = places[inked, 3] - places[inked, 1]
    wide = places[inked, 2] - places[inked, 0]
    hidden = (tall < _LOWEST) & (wide < _LOWEST)
    if hidden.all():
        # A page in another unit.
        hidden[:] = False
    if white:
        handle = ctypes.cast(textpage.raw, ctypes.c_void_p)
        of_character = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
            ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
        )
        painted_white = [of_character(handle, index) in white for index in inked.tolist()]
        hidden |= np.array(painted_white, dtype=bool)
    results: NDArray[np.intp] = inked[hidden]
    return results


def painted(raw: Any, page: Any) -> tuple[set[int], list[tuple[float, ...]]]:
    """Addresses of the page's white text objects without a dark background; and its thin lines."""
    results: set[int] = set()
    grounds: list[tuple[float, float, float, float]] = []
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = [ctypes.byref(item) for item in (red, green, blue, alpha)]
    sides = [ctypes.c_float() for _ in range(4)]
    hull = [ctypes.byref(item) for item in sides]
    for index in range(raw.FPDFPage_CountObjects(page)):
        painted = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(painted)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if not raw.FPDFPageObj_GetFillColor(painted, *colour) or alpha.value == 0:
                continue
            if min(red.value, green.value, blue.value) < _WHITE:
                continue
            if raw.FPDFTextObj_GetTextRenderMode(painted) not in _FILLED:
                continue
            if not raw.FPDFPageObj_GetBounds(painted, *hull):
                continue
            left, bottom, right, top = (side.value for side in sides)
            x, y = (left + right) / 2, (bottom + top) / 2
            if not any(a <= x <= c and b <= y <= d for a, b, c, d in grounds):
                results.add(ctypes.cast(painted, ctypes.c_void_p).value or 0)
        elif raw.FPDFPageObj_GetBounds(painted, *hull):
            existing = kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetFillColor(
                painted, *colour
            )
            if existing and min(red.value, green.value, blue.value) >= _WHITE:
                continue
            left, bottom, right, top = (side.value for side in sides)
            grounds.append((left, bottom, right, top))
    return results, [box for box in grounds if (box[3] - box[1]) * 4 < box[2] - box[0]]


#: Text rendering modes that fill the letters: 0 fill, 4 fill and clip.
_FILLED = (0, 4)
