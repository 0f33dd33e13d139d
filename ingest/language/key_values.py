"""Statements without a verb: “api key = zeta-9931”, “Serial no. SN-44-8801”, “wifi -> hunter2”.

A key is a noun phrase, the value is everything after the sign, verbatim. So is text after “is” that
the grammar does not cover (“the mood is 🎈🎈”).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.language.lexical import is_foreign
from ingest.language.nouns import singular
from ingest.language.phrase_kinds import ME, me
from ingest.language.phrases import PhraseParser
from ingest.language.records import Clause, Phrase, Tense, Token
from ingest.language.tagging import is_identifier, tagged
from ingest.language.times import time_of
from ingest.language.word_lists import classes, is_person_noun, words

_SIGN = re.compile(r"\s*(?:=>|->|→|⇒|:=|==?)\s*|\s*[:：](?=\s|$)\s*|\s+[-–—]\s+")
_WIDE_SIGN = re.compile(r"：")
_BE = re.compile(r"\s+(is|are|was|were|reads|says)\s+", re.IGNORECASE)
_NEXT_PAIR = re.compile(r"[,;]\s+(?=[^,;=:]{1,40}(?:=|:\s))")
_ANOTHER_CLAUSE = re.compile(
    r"[,;] (?!\d)|\b(?:is|are|was|were|but|because|if|unless)\b", re.IGNORECASE
)
_DENIAL = re.compile(r"(?:not|n['’]t|no longer|never|maybe|probably|perhaps)\b", re.IGNORECASE)
#: Most words of a key, of a value after “is”, and characters of any value.
_KEY_WORDS, _VALUE_WORDS, _LONGEST = 7, 12, 600
#: “gate is 4711” among others under one key.
_ITEM = re.compile(r"(?P<name>[^\W\d]\w*(?: \w+){0,2}) (?:is|are) (?P<value>[^,]+)(?:, *|$)")
#: Tags of words that no key contains: auxiliaries, pronouns, question words.
_OUTSIDE = "MXHOPWwn"


def key_values(text: str, tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """The keys and values of a text, each as a clause with “be”, or ()."""
    if len(text) > _LONGEST or not tokens:
        return ()
    parts = _parts(text)
    pairs = [_signed(text, start, end) for start, end in parts]
    if all(pairs):
        return tuple(pair for pair in pairs if pair is not None)
    labelled = _with_label(text, tokens)
    return () if labelled is None else (labelled,)


def verbatim_value(text: str) -> tuple[Clause, ...]:
    """“The mood is 🎈🎈 all day”: the text after “is” in a sentence without an analysis."""
    match = _BE.search(text)
    if match is None:
        return ()
    start, end = match.end(), len(text.rstrip(" .!"))
    value = text[start:end]
    if len(value.split()) > _VALUE_WORDS or _ANOTHER_CLAUSE.search(value) or _DENIAL.match(value):
        return ()
    if any(token.tags[0] in "VMXHO" for token in tagged(value)):
        return ()
    key = key_phrase(text, 0, match.start())
    if key is None or is_foreign(key.text.split()):
        return ()
    tense: Tense = "past" if match[1].lower() in ("was", "were") else "present"
    return (Clause("be", key, complement=_value(text, start, end), tense=tense),)


def label_of(clause: Clause) -> str:
    """The verb of a label: “decide”; "" for other keys."""
    key = clause.subject
    if key is None or clause.verb != "be" or (key.owner is not None and key.owner.head != ME):
        return ""
    return _label(" ".join(w for w in key.text.lower().split() if w not in ("my", "the", "our")))


def opens_with_label(text: str) -> bool:
    """Whether a text begins with a label: “TODO: …”."""
    label, colon, _ = text.partition(":")
    return bool(colon and _label(label.strip().lower()))


@lru_cache(4000)
def _label(name: str) -> str:
    name = name.replace("-", " ").replace(" ", "_")
    return next((kind for kind, names in classes("labels.txt").items() if name in names), "")


def key_phrase(text: str, start: int, end: int) -> Phrase | None:
    """The words `[start, end)` of a text as a key; None if they are none."""
    content = text[start:end]
    tokens = tagged(content, start)
    while tokens and tokens[-1].low in (".", "#"):
        tokens.pop()
    if not 0 < len(tokens) <= _KEY_WORDS or not any(map(str.isalnum, content)):
        return None
    if any(_is_outside(token) for token in tokens):
        return None
    phrase = PhraseParser(text, tokens).phrase(0, len(tokens))
    if phrase is not None and phrase.kind == "time" and phrase.owner is not None:
        phrase = replace(phrase, kind="noun")
    if (
        phrase is not None
        and phrase.kind in ("noun", "name")
        and not (phrase.members or phrase.names)
    ):
        head = "number" if phrase.head in words("number_sign") else phrase.head
        return replace(phrase, head=head)
    if not all(token.may_be("NEJCGLBVID") for token in tokens) or tokens[-1].tags[0] in "ID":
        numbered = tokens[-1].low in words("number_sign")
        if not numbered:
            return None
    if any(token.tags[0] == "I" for token in tokens):
        return None
    owner = None
    if "S" in tokens[0].tags:
        owner = me(tokens[0].word, tokens[0].start, tokens[0].end)
    nominal = [token for token in tokens if not token.may_be("DS") or token is tokens[-1]]
    head = singular(nominal[-1].low)
    head = "number" if head in words("number_sign") else head
    mods = frozenset(t.low if t.tags == "E" else singular(t.low) for t in nominal[:-1])
    text_end = tokens[-1].end
    return Phrase(head, text[tokens[0].start : text_end], tokens[0].start, text_end,
                 "noun", mods, owner)  # fmt: skip


def _is_outside(token: Token) -> bool:
    if token.low in words("number_sign"):
        return False
    return token.tags[0] in _OUTSIDE or (token.tags[0] in ",;:.!?&" and not token.word.isalnum())


def _parts(text: str) -> list[tuple[int, int]]:
    """The spans of “host: db1, port: 5432”."""
    ends = [(match.start(), match.end()) for match in _NEXT_PAIR.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text.rstrip())]
    return list(zip(starts, stops, strict=True))


def _signed(text: str, start: int, end: int) -> Clause | None:
    """The clause of “key = value”."""
    match = _SIGN.search(text, start, end) or _WIDE_SIGN.search(text, start, end)
    if match is None or match.start() == start or match.end() == end:
        return None
    key = key_phrase(text, start, match.start())
    if key is None or "://" in text[match.start() : match.start() + 3]:
        return None
    stop = end - (text[end - 1] in ".;" and not text[end - 2 : end - 1].isspace())
    value = text[match.end() : stop]
    dash = match[0].strip() in ("-", "–", "—")
    if not value or (dash and len(value.split()) > _VALUE_WORDS):
        return None
    if _is_speech(key, value, dash=dash):
        return None
    return Clause("be", replace(key, kind="noun"), complement=_value(text, match.end(), stop))


def list_entries(text: str, pair: Clause) -> Iterator[Clause]:
    """“Ida's codes: gate is 47, safe is 99”: her gate code and her safe code."""
    key, value = pair.subject, pair.complement
    if key is None or value is None or singular(key.text) == key.text.lower():
        return
    items = list(_ITEM.finditer(text, value.start, value.end))
    if len(items) < 2 or sum(len(item[0]) for item in items) < value.end - value.start:
        return
    for item in items:
        mods = key.mods | {*item["name"].lower().split()}
        subject = replace(key, text=item["name"], start=item.start("name"), mods=mods)
        yield Clause("be", subject, complement=_value(text, *item.span("value")))


def _is_speech(key: Phrase, value: str, *, dash: bool) -> bool:
    """“Ann: I am late” reports speech."""
    tokens = tagged(value)
    finite = any(token.tags[0] in "XHMO" for token in tokens[1:]) or tokens[0].tags[0] == "P"
    name = key.kind == "name" and not key.text.isupper()
    enumerates = singular(key.text) != key.text.lower() and len(tokens) > 2 and not dash
    person = name or is_person_noun(key.head)
    return (finite and (person or dash)) or (enumerates and key.number != "")


def _with_label(text: str, tokens: Sequence[Token]) -> Clause | None:
    """“Serial no. SN-44-8801”, “locker 19 code 7731”: codes right after their key."""
    start_token = len(tokens)
    while start_token > 1 and is_code(tokens[start_token - 1].word):
        start_token -= 1
    previous = start_token - 1 - (tokens[start_token - 1].low == ".")
    if start_token == len(tokens) or previous < 0:
        return None
    label = singular(tokens[previous].low)
    if label not in words("code_noun") | words("number_sign"):
        return None
    if any(token.tags[0] in "VMXHO" for token in tokens[:previous]):
        return None
    key = key_phrase(text, tokens[0].start, tokens[previous].end)
    if key is None:
        return None
    return Clause("be", key, complement=_value(text, tokens[start_token].start, tokens[-1].end))


def is_code(text: str) -> bool:
    """Whether each word of a text has a digit, is an identifier or in capitals."""
    chunks = text.split()
    return bool(chunks) and all(
        any(map(str.isdigit, chunk)) or chunk.isupper() or is_identifier(chunk) for chunk in chunks
    )


def _value(text: str, start: int, end: int) -> Phrase:
    """A value as a phrase; a name if the grammar does not cover it."""
    content = text[start:end]
    if len(content) > 1 and content[0] == content[-1] and content[0] in "\"'`":
        start, end = start + 1, end - 1
        content = text[start:end]
    tokens = tagged(content, start)
    phrase = (
        PhraseParser(text, tokens).phrase(0, len(tokens))
        if 0 < len(tokens) < _VALUE_WORDS
        else None
    )
    if (
        phrase is not None
        and (phrase.start, phrase.end) == (start, end)
        and phrase.kind != "pronoun"
    ):
        return replace(phrase, members=(), names=())
    start_token = content.partition(",")[0]
    covered = [token for token in tokens if token.end <= start + len(start_token)]
    time = time_of(covered, 0, len(covered)) if covered else None
    if time is not None:
        # “12 June, 9:15”
        return Phrase(time[0], content, start, end, "time", frozenset(time[1]))
    return Phrase(content.lower(), content, start, end, "name")
