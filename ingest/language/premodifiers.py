"""Decides which words may precede the head of a noun phrase."""

from collections.abc import Sequence

from ingest.language.lexical import is_english_word
from ingest.language.nouns import singular
from ingest.language.numerals import number_words
from ingest.language.phrase_kinds import is_score
from ingest.language.records import Token
from ingest.language.times import names_time
from ingest.language.verbs import forms
from ingest.language.word_lists import is_person_noun, words

_MIDDLE = "JNECLGR&"


def is_premodifier(tokens: Sequence[Token], k: int, begin: int, stop: int) -> bool:
    """Whether this word may precede the head of its phrase."""
    token, following = tokens[k], tokens[k + 1]
    leads = token.tags[0] == "I" and not (begin and tokens[begin - 1].may_be("DS"))
    if (
        not token.may_be(_MIDDLE)
        or token.tags[0] == "P"
        # “the inside pocket”, but no “in front”
        or leads
        or (
            following.may_be("NC")
            and is_person_noun(token.low)
            and following.tags != "E"
            and not _is_appointment(tokens, k, begin, stop)
        )
        or token.low in words("now")
        or token.low in ("not", "there", "here", "as", "but")
        or (k > begin and token.low in ("last", "next") and names_time(following.low))
    ):
        return False
    numbered = "C" in token.tags and k > begin and "N" in tokens[k - 1].tags
    if numbered and (following.low == "times" or singular(following.low) in words("span")):
        # “the drops three times a day”
        return False
    if k > begin and token.low == "one":
        # “the blue one work” is no phrase
        return False
    if token.low in words("particle") and "C" in following.tags:
        # “I paid Ben back 20 euros”
        return False
    follows_determiner = k == begin and begin > 0 and tokens[begin - 1].may_be("DSp")
    if token.tags[0] == "R" and not (
        follows_determiner and "J" in token.tags and following.tags[0] == "N"
    ):
        # “the back door”
        return following.may_be("JCRL") and token.low not in ("already", "also", "again")
    if token.low in ("and", "&"):
        return k > begin and token.low == "&"
    if token.tags == "E" or (token.tags[0] == "E" and k > begin):
        return _is_name_premodifier(tokens, k, begin, stop)
    previous = tokens[k - 1] if k > begin else None
    if token.tags[0] == "C" and previous is not None and "N" in previous.tags:
        plural = singular(previous.low) != previous.low
        if plural and any(other.tags[0] == "C" for other in tokens[begin : k - 1]):
            # “20 drops three times (a day)”
            return False
    if "C" in token.tags and "C" in following.tags:
        digits = token.low[-1].isdigit() + following.low[-1].isdigit()
        return (
            digits != 1
            or token.low == "minus"
            or (following.low in number_words() and token.low != "one")
        )
    follows_number = k > begin and "C" in tokens[k - 1].tags
    return follows_number or not (
        token.tags[0] in "NG"
        and not (_is_material(tokens, k, begin, stop) or _is_key(tokens, k, begin, stop))
        and following.tags[0] == "J"
        and "N" not in following.tags
        and not token.low.endswith("-")
    )


def _is_name_premodifier(tokens: Sequence[Token], k: int, begin: int, stop: int) -> bool:
    """Whether a name may modify a common noun: a street, a station …"""
    following = tokens[k + 1]
    numbered = "C" in following.tags and k + 2 == stop and not is_score(following.low)
    if following.tags[0] in "E&" or numbered:
        return True
    previous = tokens[begin - 1] if begin > 0 else None
    determined = previous is not None and previous.may_be("DSp")
    # “by Danish engineers”: no name and what it is given, as in “sent Ann flowers”
    several = singular(following.low) != following.low and following.tags[0] == "N"
    after = previous is not None and previous.tags[0] == "I" and several
    locative = following.low in words("place_noun")
    # “Epson 603 cartridges”
    verb = previous is not None and previous.tags[0] == "V" and not may_be_verb(previous, "give")
    kind = verb and tokens[stop - 1].tags[0] == "N"
    # “campaign Falun status is …”
    opens = begin == 0 and tokens[stop - 1].tags[0] == "N"
    return kind or ("N" in following.tags and (determined or locative or after or opens))


def _is_appointment(tokens: Sequence[Token], k: int, begin: int, stop: int) -> bool:
    """“A dentist appointment”: a compound; nobody is given anything."""
    described = all(token.tags[0] == "J" for token in tokens[begin:k])
    if not described or k + 2 != stop or begin < 2 or tokens[k + 1].tags != "N":
        return False
    follows_determiner = tokens[begin - 1].may_be("DSp")
    personal = tokens[k].low in words("person_noun")
    return follows_determiner and personal and not may_be_verb(tokens[begin - 2], "give")


def may_be_verb(token: Token, name: str) -> bool:
    """Whether a word may be a form of a verb of this class."""
    return bool(words(name).intersection(form.verb for form in forms(token.low)))


def _is_material(tokens: Sequence[Token], k: int, begin: int, stop: int) -> bool:
    """“In the plastic blue box”: after a preposition nothing else begins with “blue”."""
    return (
        k == begin >= 2
        and k + 2 < stop
        and tokens[begin - 1].may_be("DS")
        and tokens[begin - 2].tags[0] == "I"
    )


def _is_key(tokens: Sequence[Token], k: int, begin: int, stop: int) -> bool:
    """“The east lab blue code is …”, “what is the east lab blue code?”."""
    if k + 2 >= stop or not begin or not tokens[begin - 1].may_be("DS"):
        return False
    return begin == 1 or tokens[begin - 2].tags[0] == "X"


def leading_name(tokens: Sequence[Token], begin: int) -> int:
    """The end of a name at the beginning of a sentence: “campaign Falun status is …”."""
    at = begin
    while at < len(tokens) and tokens[at].tags[0] == "N":
        at += 1
    end = at
    while end < len(tokens) and tokens[end].tags == "E":
        end += 1
    text = "".join(token.word for token in tokens[at:end])
    # at the beginning any word has a capital: “Emergency contact: …”
    common = at == 0 and end == 1 and is_english_word(tokens[0].low)
    name = end > at and text.isalpha() and not text.isupper() and not common
    return end if begin == 0 and name else begin
