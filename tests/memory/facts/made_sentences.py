"""Sentences put together at random from the words and marks that the grammar looks at."""

from hypothesis import strategies as st

from ingest.language.word_lists import aliases, classes, frames
from workbench.memory.words import LEMMAS

_WORDS = st.sampled_from(
    sorted(
        frozenset().union(*classes("words.txt").values()) | frozenset(aliases()) | frozenset(LEMMAS)
        | frozenset(noun for frame in frames() for noun in frame.nouns)
        | frozenset(("and", "but", "while", "because", "which", "who", "where", "that", "how"))
    )
)  # fmt: skip
_VERBS = st.builds(
    str.__add__,
    st.sampled_from(sorted(set(LEMMAS.values()))),
    st.sampled_from(["", "s", "ed", "ing"]),
)
_NAMES = st.sampled_from(
    ["Ada", "Kenji", "Bastian", "Rome", "Zoë", "Aurora", "May", "IT", "US", "Łódź", "K", "i"]
)
_LEADS = st.sampled_from(
    ["please remember that", "note", "keep in mind", "fyi", "by the way", "i think", "as of now",
     "from now on that", "so", "could you please tell me", "remind me again", "any idea"]
)  # fmt: skip
_MARK_WORDS = st.sampled_from(["-", "–", "=", "->", "→", ":", "|", "&", "+", "*", ".", ")", "“"])
_NUMERALS = st.one_of(
    st.from_regex(r"[0-9apmhstndr:/.,'$%-]{1,8}", fullmatch=True),
    st.from_regex(r"[A-Za-z]{0,6}[0-9]{1,4}([-.:/_,'][a-z0-9A-Z]{1,4}){0,2}('s)?", fullmatch=True),
)
_WORD = st.one_of(_WORDS, _VERBS, _NAMES, _NUMERALS, _LEADS, _MARK_WORDS)
_CASED = st.builds(
    lambda word, how: how(word),
    _WORD,
    st.sampled_from([str, str, str, str, str.capitalize, str.upper]),
)
_BEFORE = st.sampled_from(["", "", "", "", "", "", "“", '"', "(", "*"])
_AFTER = st.sampled_from(
    ["", "", "", "", "", "", ",", ",", ";", ":", ".", "!", "?", "'s", "’s", ").", ",”", "…", "*"]
)
_GAP = st.sampled_from([" "] * 12 + ["  ", "\t", " , ", " . ", "\u00a0", " ) "])
_SAID = st.builds("".join, st.tuples(_BEFORE, _CASED, _AFTER, _GAP))
#: One sentence or what might be taken for one.
SENTENCES = st.lists(_SAID, min_size=1, max_size=14).map("".join)
#: Any text, with more of what is seldom.
ODDITIES = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "sS'’“”\"().,;:!?*-–=>12905 \t\u00a0\u2003\x85\x1e\x1fſK²½öΩ😀→日本は。؟İﬁ\u0301"
        ),
    ),
    max_size=40,
)
