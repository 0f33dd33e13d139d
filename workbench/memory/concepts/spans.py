"""Chunks of a statement: times, names, noun phrases, verbs, conditions, connectives.

One regular expression over the letters of `tags`; the first alternative that matches is used.
"""

import re

from ingest.language.nouns import singular_form as singular
from ingest.triples.lexicon import is_verb_tag, lexicon
from workbench.memory.concepts import tags
from workbench.memory.concepts.vocabulary import (
    CASED,
    CLOSED,
    NAMES_IN_S,
    PARTICLES,
    SINGULAR_VERBS,
)
from workbench.memory.vocabulary import COMMON

#: The tokens `[first, last)` of a chunk, after the name of its rule.
Chunk = tuple[str, int, int]


_TIME = (
    r"D|H@?|#@|(?:#o?)?M(?:#(?![su]))?(?:,?y)?|U,?y?|W(?:P(?=[^a-zA-Z]|$|[xlcfbmheV]))?|qP?"
    r"|[jQR][uWMSP]|(?:#|d)(?:u|P)J|d?#u|S(?:o?y)|(?<=[lxjQRf])S(?![ns])|(?<=[lx])d?P|(?<=d)P|(?<=d)u(?![nsV])"
    r"|(?<=[lxifjSoc(,])y(?![nsVa])|^y(?=,)"
)
#: The bound of repetitions, which keeps the search linear.
_REPEATS = "{0,6}"
_NEG = "[Nr]{0,4}"
_MODAL = f"(?:[mKO]{_NEG})"
_VERB = (
    # want to, would like to, have to, should, let's: intents
    rf"(?P<intent>(?:b{_NEG}|{_MODAL})?(?:I(?:p|C)?t|mit|ht)(?:b)?(?=[rVnIhegXa])(?:r?(?:[VnIheg]|a(?=[dQRpC])))(?:v(?!t))?"
    rf"|O{_NEG}(?:h?b?{_NEG}[VegnI])v?|G(?:[:,]|b)?t?(?:a(?=[dQRp])|V(?=[dQRCpXA#ansvilsV])v?)?)"
    rf"|(?P<verb>(?<![do])[mK]{_NEG}p?{_NEG}h?{_NEG}b?{_NEG}[VYegIn](?![n])v?"
    rf"|[mK]{_NEG}p?{_NEG}h?{_NEG}b?{_NEG}[VegI]v?"
    rf"|h{_NEG}b?{_NEG}[eg]v?|h{_NEG}b{_NEG}[eg]v?"
    rf"|[bB]{_NEG}(?:b{_NEG})?[eg](?![nsA])v?"
    r"|(?<![daQRonAXEgP])Vv?"
    r"|(?:(?<![dQRaoilft#^Y])(?<!^)e|e(?![nsVAgS]))(?:v(?!t))?(?:tr?V)?v?|^e(?![ns])(?:v(?!t))?(?:tr?V)?v?"
    rf"|(?<=[tmp])a(?=[dQRp])|Yv?|(?<=[nC])s(?=[dQRCpX])|(?<=p)[sn](?=[dQRCXv])|N{_NEG}[eVY](?:v(?!t))?(?:tr?V)?v?"
    r"|(?<=[xbicv,])g(?=[dQRpCXA])v?|(?<=[ns])g(?=[dQRpCl])v?"
    r"|I(?=[dQRCAXansp]))"
)
_COPULA = (
    rf"(?P<copula>(?:{_MODAL}?(?:h{_NEG})?(?:[bB]|(?<![daQR])L){_NEG}b?)"
    rf"|(?<=[pw])'(?=[dQRarNeglin]){_NEG})"
)
_NAME = (
    r"(?P<name>(?:[dQ](?=T?\.?[CX]))?(?:T\.?)?(?:[CX](?:[CA]\.?|X)*|A\.?(?:[CX][CA]*|(?=C)))(?:od?C+)?(?:#(?![a-z]))?"
    r"|T\.?[CA]+|C[CA]*cC(?!.))"
)
_MODIFIER = r"(?:r?a(?:(?:,c?|c)(?=r?a))?|#|A(?=[nsVg])|[eg](?=[nsVaAgS]))"
_INNER = r"(?:[nSAIgPuT](?=[nsVgAIPL]|e[bBm])|(?<=[daQR])L(?=[nsVgA])|(?<=[daQRnAXEP])V(?=[nsVg]))"
_FINAL = (
    r"(?:[nSAIPu]|(?<![nC])s|s(?![dQRCpX])|(?<=[dQRaoijnAXEgP])V|(?<=[dns])e(?=[bBm])"
    r"|g(?![dQRpl])|T(?!\.?[CA])|(?<=[daQR'])L|(?<=[anV])L(?=[.,;:)oilc]|$))"
)
_NOUNS = (
    rf"(?P<nouns>^g(?=[YbmN]|[lift][dQRa#]{{0,3}}[nsCAWuXP]{{1,3}}[Ym])"
    rf"|(?:[dQR]|(?<=[pC]))?j?{_MODIFIER}{_REPEATS}{_INNER}{_REPEATS}{_FINAL})"
)

# A lookahead on the first letter excludes most rules at most positions.
_CHUNK = re.compile(
    r"(?P<step>[lftopi)\"])|(?P<mark>[.,:(>;cxw])"
    rf"|(?=[DH#MUWqjQRdSPuy])(?P<time>{_TIME})"
    rf"|(?=[bBmKOIhGVYeNgsna])(?:{_VERB})"
    rf"|(?P<because>k)|(?=[mKhbBLO'])(?:{_COPULA})"
    rf"|(?=[dQTCXA])(?:{_NAME})|(?=[dQRjra#AegnsVSIPuLTpC])(?:{_NOUNS})"
    r"|(?P<figure>\$#?|E)|(?P<adjective>r?[ae])|(?P<have>h)"
)


def chunks(letters: str) -> list[Chunk]:
    """The chunks of a statement, in order."""
    return [(match.lastgroup or "", *match.span()) for match in _CHUNK.finditer(letters)]


def settle(tokens: list[str], letters: str) -> str:
    """Reclassify capitals that only begin a sentence or belong to a headline."""
    if "n" in letters:
        letters = _PARTICLES.sub(
            lambda match: "o" if tokens[match.start()] in PARTICLES else "n", letters
        )
    if "@" in letters:
        letters = _NO_HOUR.sub("b", letters)
    if "M" in letters:
        letters = _NAMED_MONTH.sub("C", letters)
    capitals = letters.count("C")
    if capitals > 3 and capitals * 5 > 3 * sum(map(str.isalpha, letters)):
        letters = "".join(
            tags.lowered(raw) if letter == "C" and tags.lowered(raw) not in "nsVaeg" else letter
            for raw, letter in zip(tokens, letters, strict=True)
        )
    if (inverted := _INVERTED.match(letters)) is not None:
        at = inverted.start(1)
        letters = f"{letters[:at]}Y{letters[at + 1 :]}"
    at = 0
    parts = []
    for match in _OPENING.finditer(letters):
        place = match.end() - 1
        parts.append(letters[at:place])
        parts.append(_opening(tokens, letters, place))
        at = place + 1
    parts.append(letters[at:])
    return "".join(parts)


#: A word between two capitalised ones, perhaps the particle of a name.
_PARTICLES = re.compile("(?<=[CT])n(?=C)")
#: A month after a title or a given name is a surname, unless a day or year follows.
_NAMED_MONTH = re.compile(r"(?:(?<=T)|(?<=T\.)|(?<=[a-zA-Z]C))M(?!,?[#y])")
#: "am" is a form of "be" unless a number precedes.
_NO_HOUR = re.compile("(?<![#H])@")
#: "Why did the barn flood?": the verb after auxiliary and subject.
_INVERTED = re.compile(r"(?:w[ans]*|C)?r*[mK][dQR]?[ar#]*[nsVCAXTL']+?([Vn])(?![Vnsg])")
_OPENING = re.compile(r"(?:^|(?<=[:\"(])|(?<!T\.)(?<=\.))[\"(']{0,3}C")


def _opening(tokens: list[str], letters: str, place: int) -> str:
    raw = tokens[place]
    small = tags.lowered(raw)
    following = letters[place + 1 : place + 2]
    if small not in "nsVaeg":
        return small
    is_listed = raw.lower() in CLOSED or lexicon().get(raw.lower(), "FW") != "FW"
    if raw.lower() in NAMES_IN_S:
        return "C"
    if following in ("X", "E") and is_verb_tag(raw.lower()):
        return "V"
    if following == "#" or raw in CASED:
        return "C"
    if following == "o" and tokens[place + 1] in PARTICLES:
        return "C"
    common = raw.lower() in COMMON
    if following in ("C", "T", "X") and small != "e" and not (common and small in "gaV"):
        return "C"
    if is_listed and following != "o":
        return small
    if following == "'":
        return "C"
    finite = following in tuple("eYbBmhOKcI,NL") or not following or following in ".:)"
    if small in "ag" and not raw.endswith(("ing", "able", "ible", "less", "ful", "ous", "ic")):
        return "C" if finite else small
    if small == "s" and _is_singular_name(tokens, letters, place):
        return "C"
    if tags.is_abstract(raw.lower()) or small in "aegs":
        return small
    return "C" if finite or (small == "n" and following in ("V",)) else small


def _is_singular_name(tokens: list[str], letters: str, place: int) -> bool:
    """Whether a word that looks plural is a singular name, by the verb that follows."""
    following = letters[place + 1 : place + 2]
    if (
        following != "Y"
        and tokens[place + 1 : place + 2]
        and (tokens[place + 1].lower() not in SINGULAR_VERBS)
    ):
        return False
    word = tokens[place].lower()
    base = singular(word)
    return bool(following) and base != word and base not in CLOSED and base not in COMMON
