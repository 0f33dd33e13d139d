"""Sentence boundaries in any language: each possible end mark is judged by its context.

In scripts with capitals a lower-case letter after the mark continues the sentence, and only a full
stop before a capital or digit needs to be judged, by the abbreviation, initial or number before it.
`sentencex` (Wikimedia's rule tables for some 240 languages) decides about short words that no list
here has; quotation marks are blanked for it, because it keeps a whole quotation as one sentence. In
scripts without capitals, text after a quotation belongs to it if it says who spoke. The words of
each language are in `resources/language/sentences.txt`.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ingest import abbreviations as known
from ingest.languages import (
    DETERMINERS,
    HEADED,
    MONTHS,
    ORDINALS,
    ORDINALS_BEFORE_NAMES,
    SAID,
    STOPS,
    begins_sentences,
)
from ingest.patterns import later

#: Closing characters after an end mark, including note numbers ("[3]", "¹", "word.4 Next").
CLOSERS = (
    r"(?:[\"”’'»«)\]}›‹」』）】〉》〕_*]|[“‘](?=[\s,;:.!?]|$)|[\u00a0\u202f ]»(?!\w)"
    r"| ?\[\d{1,3}(?:[,–-] ?\d{1,3})*\]|[¹²³⁰⁴-⁹†‡](?:[,–⁻](?=[¹²³⁰⁴-⁹]))?"
    r"|(?<=[^\W\d_][.!?])\d{1,3}(?:[,–-]\d{1,3})*(?=\s+[\"“„«(¿¡]?[^\W\d_a-zà-öø-ÿ]))*"
)
_MARKS = ".!?…؟۔।॥։።။។‼⁇⁈⁉"
# Begins with a character class, so that the search runs at full speed. None begins inside a run of
# marks, or a long run would be searched from each of them.
_WEST = (
    r"(?P<west>[%s](?<![%s].)(?<!\.[ \u00a0]\.)(?:[%s]|(?<=\.)[ \u00a0]\.)*+)"
    + CLOSERS
    + r"(?=\s|$)"
)
_WESTERN = _WEST % ((_MARKS,) * 3)
_WESTERN_ENDS = later(_WESTERN)
# The Greek question mark is a semicolon.
_GREEK_ENDS = later(_WEST % ((_MARKS + ";\u037e",) * 3))
_EASTERN_ENDS = later(
    _WESTERN
    + r"|(?P<east>[。！？｡．]+…*"
    + r"|(?<=[\u3041-\u30ff\u3400-\u9fff])(?:[!?]+(?=\S)|…+(?=[^\s…。！？])))"
    + CLOSERS
)
_EASTERN = later("[\u3001-\u30ff\u3400-\u9fff\uff01-\uff65]")

# Characters that keep `sentencex` from looking inside, each blanked to the same length. Apostrophes
# within words stay.
_QUOTED = later(r"(?<=[.?!…,])['’]|[“”„«»\"()‹›「」『』（）《》‘\n\r\f]")
_APOSTROPHE = later("['’]")
_PROPOSAL_WINDOW = 80

_NEXT = later(r"\s*(?P<opening>[“”„«»\"'‘’‚(（\[{‹›「『《【_*¿¡—–\-]*)\s*(?P<word>[^\W_]+)?")
_TOKEN_BEFORE = later(r"[^\s(\[{“„«\"‘'—–/_*]*$")
_ELIDED = later(r"^(?:[dljmnstcDLJMNSTC]|qu|Qu|[dnsDNS]ell|[aA]ll|[sS]ull|[dD]all|[qQ]uell)[’']")
_UNSPACED_BEFORE = later("^.*[\u3041-\u30ff\u3400-\u9fff](?=[A-Za-z])")
_CLITIC_NEXT = later(r"\s+([^\W\d_]+)")
_WORD_BEFORE = later(r"(\S+)[^\S\n]+$")
_SPACED = later(r"(?<!\w)(\w{1,3})\.[ \u00a0\u202f]?(\w{1,3})$")
_NUMBER_BEFORE = later(r"(?:\d|(?<!\w)[IVXLC]+)[ \u00a0\u202f]?$")
_DATE_FIRST = later(
    r"(?:^|[.!?…»”\n]\s*)(?:В|К|С|До|От|После|У|З|Від|Після|W|Od|Do|Po|V|Roku|Dnia)\s+"
    r"(?:\w+\s+)?[\dIVXLC]+\s?$"
)
_ROMAN = later(r"(?=[ivxlcdm]{2})m{0,3}(?:c[md]|d?c{0,4})(?:x[cl]|l?x{0,4})(?:i[xv]|v?i{0,4})")
_SECTION_NUMBER = later(r"\d{1,3}(?:st|nd|rd|th)?|\d{1,2}(?:\.\d{1,2}){1,4}")
_MEASURE = later(r"[\d.,]*\d[a-z°]{1,3}")
_LAST_WORD = later(r"([^\W\d_]+)([.!?])[^\S\n]+[(\"“„«]?$")
# At the beginning of a line, unless it continues a wrapped one.
_HEADED = later(
    r"(?:^|[^\w\s,;-]\s*\n|\n\s*\n)[\W_]*(?:" + "|".join(map(re.escape, HEADED)) + r")\s$",
    re.IGNORECASE,
)
_KOREAN_DATE = later(r"\d{4}\.\s?(?:\d{1,2}\.\s?)?\d{1,2}$")

_QUOTES = frozenset("\"”“’'»«›‹」』》")
_BRACKETS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "〕": "〔"}
_NOTE_MARKS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹†‡")
_CLOSED = frozenset(")]}»”")
_ABUGIDAS = frozenset({"hi", "mr", "ne", "bn", "as", "or", "pa", "sa"})

_LONGEST_ABBREVIATION = 5


class _Next(NamedTuple):
    """What follows a mark: opening marks, the first word, and the offset after it."""

    opening: str
    word: str
    end: int

    @property
    def has_case(self) -> bool:
        """Whether the word's script has capitals."""
        return self.word[0].lower() != self.word[0].upper()

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, a Roman numeral or a single capital."""
        word = self.word
        lone = len(word) == 1 and word.isupper()
        return (
            word[0].isdigit() or lone or (word.isupper() and bool(_ROMAN.fullmatch(word.lower())))
        )


class _Tongue(NamedTuple):
    """The language of a text (primary tag), and whether its sentences begin with capitals."""

    name: str
    careful: bool


def sentence_ends(text: str, language: str = "", *, by_line: bool = False) -> list[int]:
    """Ascending offsets after which a new sentence may begin, without the ends of paragraphs.

    `by_line` leaves out ends of lines, too: if every line is a paragraph, judging those would be
    most of the work.
    """
    name = language.split("-")[0].lower()
    pattern = _GREEK_ENDS if name == "el" else _WESTERN_ENDS
    if not text.isascii() and _EASTERN.search(text):
        pattern = _EASTERN_ENDS
    tongue = _Tongue(name, _is_careful(text, pattern, by_line))
    results: Iterator[re.Match[str]] = pattern.finditer(text)
    if by_line:
        results = (
            match for match in results if text[match.end() : match.end() + 1] not in ("", "\n")
        )
    return [match.end() for match in results if _ends(text, match, tongue)]


def _is_careful(text: str, pattern: re.Pattern[str], by_line: bool) -> bool:
    """Whether the text begins sentences with capitals (chats and captions often do not).

    Without evidence the first line decides. Samples three stretches. Only marks after longer words
    count: abbreviations, ordinals and ellipses precede lower-case letters in careful texts, too.
    """
    lower = cased = 0
    stretch = 10_000
    later = (len(text) // 2, len(text) - stretch) if len(text) > 3 * stretch else ()
    for begin in (0, *later):
        stop = begin + stretch if later else len(text)
        for match in pattern.finditer(text, begin, stop):
            start = match.start()
            marks = match[match.lastgroup or 0]
            if marks not in (".", "!", "?") or not text[max(0, start - 4) : start].isalpha():
                continue
            following = _NEXT.match(text, match.end())
            word = following["word"] if following else None
            if word and word[0].isalpha() and word[0].lower() != word[0].upper():
                cased += 1
                lower += word[0].islower()
    first = next((letter for letter in text[:200] if letter.isalpha()), "")
    if by_line and not cased:
        return not first.islower()
    if lower * 5 <= cased * 2:
        return True
    # One lower-case letter after an unknown abbreviation proves nothing.
    return lower < 3 and not first.islower()


def _ends(text: str, match: re.Match[str], tongue: _Tongue) -> bool:
    if match.lastgroup == "east":
        return _eastern_mark_ends(text, match, tongue)
    end = match.end()
    marks: str = match["west"]
    closers = text[match.end("west") : end]
    results = _NEXT.match(text, end)
    if results is None or results["word"] is None:
        # No word follows: the sentence continues with a comma, or ends before a bare mark.
        remainder = text[end : end + 8].lstrip()
        if remainder[:1] in {"§", "№", "#"} and marks == ".":
            token = _token(text, match)
            return not _is_dotted(token) and token.lower() not in _leading(tongue.name)
        return remainder[:1] not in {",", ";", ":"} or not remainder
    following = _Next(results["opening"], results["word"], results.end())
    following = _past_clitic(text, following, tongue.name)
    word = following.word
    if word[0].islower() and (tongue.careful or closers or _cut_short(_token(text, match), tongue)):
        return False
    if _QUOTES & set(closers) and _is_attribution(text, end, following, tongue.name):
        return False
    if marks != ".":
        token = _token(text, match)
        if "…" in marks or ".." in marks:
            # "I … I do not know": a stammer does not end a sentence.
            words = token or "".join(text[max(0, match.start() - 24) : match.start()].split()[-1:])
            return words.lower() != word.lower() or not following.has_case
        if not closers and (word.lower() in known.FIRMS or token.lower() in known.NAMES):
            return False
        return not _closes_insertion(text, match.start(), closers)
    return _full_stop_ends(text, match, closers, following, tongue)


def _past_clitic(text: str, following: _Next, language: str) -> _Next:
    """In Dutch the word after the clitic is capitalised: "’s Avonds", "’t Was"."""
    if language != "nl" or following.opening[-1:] not in {"’", "'", "‘"}:
        return following
    if following.word not in {"s", "t", "k", "n", "m", "r"}:
        return following
    results = _CLITIC_NEXT.match(text, following.end)
    return _Next(following.opening, results[1], results.end()) if results else following


def _token(text: str, match: re.Match[str]) -> str:
    """The token before the mark, back to a space or an opening mark."""
    start = match.start()
    words = text[max(0, start - 24) : start].rsplit(None, 1)
    if not words or text[start - 1].isspace():
        return ""
    # Most words are only letters; a no-break space does not end "z. B".
    if words[-1].isalnum():
        return words[-1]
    results = _TOKEN_BEFORE.search(words[-1])
    token = results[0] if results else ""
    # "l’art. 5", "dell’art. 5"; Japanese and Chinese have no space before "J. P. Smith".
    return _ELIDED.sub("", _UNSPACED_BEFORE.sub("", token))


@cache
def _long_abbreviations(language: str) -> frozenset[str]:
    lists = (
        _leading(language),
        known.TRAILING.get(language, known.TRAILING_ANYWHERE),
        known.FIGURES.get(language, known.FIGURES_ANYWHERE),
        known.EITHER,
    )
    return frozenset(key for words in lists for key in words if len(key) > _LONGEST_ABBREVIATION)


def _leading(language: str) -> frozenset[str]:
    return known.LEADING.get(language, known.LEADING_ANYWHERE)


def _cut_short(token: str, tongue: _Tongue) -> bool:
    """Whether a token is an abbreviation after which lower case continues: "5 p.m. on monday"."""
    key = token.lower()
    return (
        _is_dotted(token)
        or (len(key) == 1 and key.isalpha() and key != "i")
        or key in known.EITHER
        or key in known.TRAILING.get(tongue.name, known.TRAILING_ANYWHERE)
    )


# -- full stops ----------------------------------------------------------------------------------


def _full_stop_ends(
    text: str, match: re.Match[str], closers: str, following: _Next, tongue: _Tongue
) -> bool:
    token = _token(text, match)
    key, name, word = token.lower(), tongue.name, following.word
    if (
        (closers and closers[0] in _QUOTES)
        or not key
        or token[-1] in _CLOSED
        # Korean does not abbreviate with a stop.
        or "\uac00" <= token[-1] <= "\ud7a3"
        or (
            not closers
            and len(token) > _LONGEST_ABBREVIATION
            and token.isalpha()
            and key not in _long_abbreviations(name)
            and not key.endswith("str")
            and not _ROMAN.fullmatch(key)
        )
    ):
        return True
    start = match.start()
    previous = text[max(0, start - len(token) - 24) : start - len(token)]
    leading = _leading(name)
    figures = known.FIGURES.get(name, known.FIGURES_ANYWHERE)
    if closers[:1].isdigit():
        # "word.4 Next" is a note, "p.4 Next" is a page.
        known_word = len(token) > 3 or key in STOPS.get(name, ())
        return known_word and key not in leading and key not in figures
    if "(" in following.opening and len(word) == 4 and word.isdigit() and key in known.AND_OTHERS:
        return False
    if token[0].isdigit():
        return _number_ends(token, previous, following, name, leading | figures)
    if len(token) <= 2 and len(word) == 1 and text[following.end : following.end + 1] == ".":
        return not token[0].isalpha()
    of_abbreviation = _abbreviation_ends(text, match, token, following, tongue)
    if of_abbreviation is not None:
        return of_abbreviation
    if len(token) == 1 and token.isalpha():
        return _letter_ends(text, start, token, previous, following, name)
    if _ROMAN.fullmatch(key) and (token.isupper() or token.islower()):
        return _roman_ends(previous, following, name)
    if key in known.EITHER or _is_dotted(token):
        return begins_sentences(word, name)
    if name in _ABUGIDAS:
        return len(token) > _LONGEST_ABBREVIATION
    if key.endswith("str") and word[0].isdigit():
        return False
    return (
        (len(token) > _LONGEST_ABBREVIATION and token[-1].isalpha())
        or key in STOPS.get(name, ())
        or key in known.SHORT_WORDS.get(name, ())
        # A note mark follows the end of a sentence or clause.
        or closers[:1] in _NOTE_MARKS
        or _is_proposed(text, start, following.end, name)
    )


def _abbreviation_ends(
    text: str, match: re.Match[str], token: str, following: _Next, tongue: _Tongue
) -> bool | None:
    """Whether a sentence ends at a listed abbreviation; None if `token` is none."""
    start, key, name, word = match.start(), token.lower(), tongue.name, following.word
    previous = text[max(0, start - len(token) - 24) : start - len(token)]
    leading, figures = _leading(name), known.FIGURES.get(name, known.FIGURES_ANYWHERE)
    spaced = _spaced_abbreviation(text, start, token)
    trailing = known.TRAILING.get(name, known.TRAILING_ANYWHERE)
    if spaced in trailing:
        return not word[0].isdigit()
    if key in known.AFTER_FIGURES.get(name, ()) and not token.isupper():
        if _NUMBER_BEFORE.search(previous):
            return not word[0].isdigit() and not _opens_with_date(previous)
        if len(key) == 1 and name not in {"en", ""}:
            return False
    if key in trailing and not (len(key) == 1 and token.isupper()):
        return not word[0].isdigit()
    if spaced in leading:
        return False
    if key in figures and (
        following.is_figure or (word.lower() in {"no", "nr"} and text[following.end] == ".")
    ):
        return False
    if key in leading and not (len(key) == 1 and token.isupper()):
        common = len(key) > 1 and key in STOPS.get(name, ())
        if not common and key not in known.WORDS_TOO:
            return False
    return None


def _is_proposed(text: str, stop: int, next_end: int, language: str) -> bool:
    """Whether `sentencex` would end a sentence at the full stop at offset `stop`."""
    from sentencex import segment as propose

    begin = max(0, stop - _PROPOSAL_WINDOW)
    blanked = _QUOTED.sub(" ", text[begin : next_end + _PROPOSAL_WINDOW // 2])
    blanked = _APOSTROPHE.sub("\u02bc", blanked)
    pieces: list[str] = propose(language or "en", blanked)
    return any(stop - begin < end <= next_end - begin for end in accumulate(map(len, pieces)))


def _opens_with_date(previous: str) -> bool:
    """Whether a sentence begins with a year or century ("В 1812 г. Наполеон")."""
    results = _DATE_FIRST.search(previous)
    return results is not None and (results.start() > 0 or len(previous) < 24)


def _spaced_abbreviation(text: str, stop: int, token: str) -> str:
    """The last two parts of "z. B", "т. д" joined, or ""."""
    if len(token) > 3:
        return ""
    match = _SPACED.search(text, max(0, stop - 9), stop)
    return f"{match[1]}.{match[2]}".lower() if match else ""


def _is_dotted(token: str) -> bool:
    """Whether it is letters with stops between them, such as "U.S" or "J.-C"."""
    parts = token.split(".")
    if len(parts) < 2 or len(token) > 10 or any(letter.isdigit() for letter in token):
        return False
    return all(len(part.strip("-")) <= 3 for part in parts)


def _letter_ends(
    text: str, start: int, token: str, previous: str, following: _Next, language: str
) -> bool:
    """Whether a stop after a single letter ends the sentence; mostly it is an initial."""
    word = following.word
    if token.lower() == token.upper():
        # A single caseless letter is a word only as the end of a Hebrew acronym.
        return text[max(0, start - 2) : start - 1] in {'"', "״"} and text[start - 3].isalpha()
    if not token.isupper():
        return True
    starter = begins_sentences(word, language, after_initial=language != "en")
    if token == "I" and language == "en":
        words = previous.split()
        return (bool(words) and words[-1].islower()) or starter
    return starter and len(word) > 1


def _number_ends(
    token: str, prior: str, following: _Next, language: str, takes_figures: frozenset[str]
) -> bool:
    """Whether a stop after a number ends the sentence, unless ordinal or line number."""
    word = following.word
    if _SECTION_NUMBER.fullmatch(token) and (_opens_line(prior) or _is_headed(prior)):
        return False
    if language == "ko" and _KOREAN_DATE.search(prior + token):
        return False
    if not token.isdigit():
        # "2s. 6d.", "3h. 20m.": one measure in two units.
        return not _MEASURE.fullmatch(token) or not word[0].isdigit()
    if _numbers_sentence(prior, language, takes_figures):
        return False
    if language == "ko" and len(token) == 4 and word[0].isdigit():
        return False
    if language not in ORDINALS or len(token) > 3:
        return True
    if word[0].isdigit():
        # "3. 5. 1874"
        return len(token) > 2
    final = _WORD_BEFORE.search(prior)
    previous = final[1].lower() if final else ""
    if previous.endswith(".") and previous.rstrip(".") in takes_figures:
        return True
    if language in ORDINALS_BEFORE_NAMES:
        return begins_sentences(word, language)
    if language != "de":
        return True
    if word.lower() in MONTHS:
        return False
    ordinal = previous.strip("„“»«(") in DETERMINERS or previous.endswith(",")
    return not ordinal or begins_sentences(word, language)


def _numbers_sentence(previous: str, language: str, takes_figures: frozenset[str]) -> bool:
    """Whether a number begins its sentence, as in "… repealed. 2. The minister"."""
    final = _LAST_WORD.search(previous)
    if final is None:
        return False
    key = final[1].lower()
    if final[2] in "!?":
        return True
    trailing = known.TRAILING.get(language, known.TRAILING_ANYWHERE)
    if key in takes_figures or key in trailing or key in known.EITHER or key.endswith("str"):
        return False
    if "\uac00" <= key[-1] <= "\ud7a3":
        return True
    return len(key) >= _LONGEST_ABBREVIATION or key in STOPS.get(language, ())


def _is_headed(previous: str) -> bool:
    """Whether a line so far is only a numbered label ("Article ", "Fig. ")."""
    results = _HEADED.search(previous)
    return results is not None and ("\n" in results[0] or len(previous) < 24)


def _roman_ends(prior: str, following: _Next, language: str) -> bool:
    """Whether a stop after a Roman numeral ends the sentence: "Karl IV. Dann", "II. Mahmut"."""
    if _opens_line(prior) or _is_headed(prior):
        return False
    if language not in ORDINALS:
        return True
    final = _WORD_BEFORE.search(prior)
    previous = final[1] if final else ""
    starter = begins_sentences(following.word, language)
    if previous.lower() in DETERMINERS:
        return False
    if language in ORDINALS_BEFORE_NAMES or previous[:1].isupper():
        return starter
    return True


def _opens_line(previous: str) -> bool:
    """Whether only marks stand between the beginning of the line and here.

    `previous` is the text before; shorter than 24 characters only at the beginning.
    """
    at = max(previous.rfind("\n"), previous.rfind("\f"))
    if at < 0 and len(previous) >= 24:
        return False
    return not previous[at + 1 :].strip(' \t\u00a0§*_([-–—•“„«"#')


# -- what a closed quotation or bracket belongs to -----------------------------------------------

_CLAUSE_END = later(r"[.。!！?？,，、:：;；।،؛؟…\n“”\"«»「」『』]")
_TAG_ENGLISH = later(
    r"\s*(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Captain|Aunt|Uncle|Father|Mother|St)\.?\s)?"
    r"(?P<name>[A-Z][\w’'-]+)(?:\s[A-Z][\w’'-]+)?\s(?P<verb>\w+)\b(?!\s(?:nothing|that|no|to)\b)"
)
_TAG_CHINESE = later(
    "(?:(?<!知)(?:说|說|道|问|問|喊|叫|答|嚷|吼|骂|罵|哭|笑|低语|低語|自语|自語|(?<![不没沒很真常也])想))"
    "(?:了|着|著|一声|一聲|一句|起来|起來|道|我|他|她)*$"
)
_GOES_ON_CHINESE = later("[的之等和与與及是]")
_GOES_ON_JAPANESE = later(
    "と|って|など|なんて|なる|だの|[はがをにのもで](?=[^\\sぁ-ん])|だ(?=[。、と])|である|です"
)
_GOES_ON_KOREAN = later(
    r"\s*(?:하고|하며|이?라고|이?라는|이?라며|고|라|는|은|을|를|의|와|과)(?=\s)"
)
# "So he said" is a sentence of its own.
_SO_SAID_JAPANESE = tuple(so + verb for so in ("そう", "こう") for verb in SAID["ja"])
_NAMED_JAPANESE = later("[をのへ]")


def _is_attribution(text: str, end: int, following: _Next, language: str) -> bool:
    """Whether the text after a closed quotation says who spoke, or continues the clause."""
    if following.opening and following.opening[0] not in "—–-":
        return False
    if language == "en":
        tag = _TAG_ENGLISH.match(text, end)
        return bool(
            tag
            and tag["verb"] in SAID["en"]
            and not begins_sentences(tag["name"], "en")
            and text[end - 2] in "!?"
        )
    if language not in SAID:
        return False
    stop = _CLAUSE_END.search(text, end, end + 60)
    if stop is None or stop[0] in ":：":
        return False
    clause = text[end : stop.start()]
    if language == "zh":
        return len(clause) <= 16 and bool(
            _TAG_CHINESE.search(clause) or _GOES_ON_CHINESE.match(clause)
        )
    if language == "ja":
        return bool(_GOES_ON_JAPANESE.match(clause)) or (
            len(clause) <= 30
            and clause.endswith(tuple(SAID["ja"]))
            and not clause.endswith(_SO_SAID_JAPANESE)
        )
    words = clause.split()
    if language == "ko":
        return bool(_GOES_ON_KOREAN.match(text, end)) or (
            words[-1:] != [] and (words[-1] in SAID["ko"])
        )
    close_by = words[-2:] if language == "hi" else words[:2]
    return len(words) <= 10 and any(word in SAID[language] for word in close_by)


def _closes_insertion(text: str, start: int, closers: str) -> bool:
    """Whether the mark ends a parenthesis within a sentence."""
    bracket = next((mark for mark in closers if mark in _BRACKETS), "")
    if not bracket:
        return False
    opened = text.rfind(_BRACKETS[bracket], max(0, start - 300), start)
    if opened < 0:
        return False
    previous = text[max(0, opened - 6) : opened].rstrip(" \u00a0\t")
    return bool(previous) and not re.search(r"[.!?…。！？।؟\n][\"”’'»」』)）]*$", previous)


def _eastern_mark_ends(text: str, match: re.Match[str], tongue: _Tongue) -> bool:
    end = match.end()
    closers = text[match.end("east") : end]
    remainder = text[end : end + 1]
    if remainder and remainder in "，、；：,;:）)":
        return False
    results = _NEXT.match(text, end)
    following = _Next(
        results["opening"] if results else "", (results and results["word"]) or " ", end
    )
    quoted = bool(_QUOTES & set(closers))
    if quoted and _is_attribution(text, end, following, tongue.name):
        return False
    marks: str = match["east"]
    if marks[0] == "…" and not quoted:
        # Six dots end a sentence if a particle does and another subject begins.
        return (
            tongue.name == "zh"
            and text[match.start() - 1] in "了呢吧啊呀嘛啦"
            and bool(_CHINESE_STARTERS.match(text, end))
        )
    if not closers:
        if text[max(0, match.start() - 8) : match.start()].endswith(tuple(known.NAMES)):
            return not _NAMED_JAPANESE.match(text, end)
        return True
    return marks[0] in "。｡．" or not _closes_insertion(text, match.start(), closers)


_CHINESE_STARTERS = later(
    "后来|後來|然后|然後|但|可是|于是|於是|忽然|突然|不过|不過|[他她它我你这這那]"
)
