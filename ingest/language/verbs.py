"""English verb forms: the verbs and forms that a word may be."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.language.word_lists import closed_tags, event_verbs, lines, words
from ingest.triples.lexicon import lexicon

_REMEMBERED = 50_000
_BE = {
    "am": "s",
    "is": "s",
    "are": "s",
    "was": "past",
    "were": "past",
    "be": "base",
    "been": "participle",
    "being": "ing",
}
_HAVE = {"have": "base", "has": "s", "had": "past", "having": "ing"}
_DO = {"do": "base", "does": "s", "did": "past", "done": "participle", "doing": "ing"}
_VOWELS = "aeiou"


class Form(NamedTuple):
    """A form of a verb: `base`, `s` (he …), `past`, `participle` or `ing`."""

    verb: str
    form: str


@cache
def _irregular() -> tuple[dict[str, list[Form]], frozenset[str]]:
    """Form to verb, and the verbs with an irregular past."""
    forms: dict[str, list[Form]] = {}
    pasts: set[str] = set()
    for line in lines("irregular_verbs.txt"):
        base, past, participle = line.split()
        pasts.add(base)
        for name, group in (("past", past), ("participle", participle)):
            for word in group.split("/"):
                forms.setdefault(word, []).append(Form(base, name))
    return forms, frozenset(pasts)


def irregular_forms() -> dict[str, str]:
    """Irregular past tenses and participles, each with its verb."""
    derived = {base + ending for base in _irregular()[1] for ending in ("", "ed")}
    candidates = {form: of[0].verb for form, of in _irregular()[0].items() if form not in derived}
    return {
        form: verb for form, verb in candidates.items() if form != verb.removesuffix("e") + "ed"
    }


@lru_cache(_REMEMBERED)
def is_verb(base: str) -> bool:
    """Whether a word is the base form of a verb."""
    if base in ("be", "have", "do") or base in _irregular()[1] or base in words("also_verb"):
        return True
    if len(base) < 2 or not base.isalpha() or base in closed_tags() or base in words("not_verb"):
        return base == "like"
    if base in event_verbs():
        return True
    vocabulary = lexicon()
    tag = vocabulary.get(base, "")
    if tag in ("VB", "VBP"):
        return True
    if tag.startswith("VB"):
        return False
    if (
        base.endswith(("ing", "ed"))
        and len(base) > 4
        and lexicon().get(base[: -3 if base.endswith("ing") else -2])
    ):
        return False
    stem = base[:-1] if base.endswith("e") else base
    doubled = base + base[-1]
    for form, tag in (
        (stem + "ing", "VBG"),
        (doubled + "ing", "VBG"),
        (stem + "ed", "VB"),
        (doubled + "ed", "VB"),
        (base[:-1] + "ied", "VB"),
        (base + "s", "VBZ"),
        (base + "es", "VBZ"),
    ):
        if vocabulary.get(form, "").startswith(tag):
            return True
    return False


@lru_cache(_REMEMBERED)
def forms(word: str) -> tuple[Form, ...]:
    """The possible verb forms of a word; empty if there are none."""
    low = word.lower()
    for verb, paradigm in (("be", _BE), ("have", _HAVE), ("do", _DO)):
        if low in paradigm:
            readings = [Form(verb, paradigm[low])]
            if low == "had":
                readings.append(Form("have", "participle"))
            return tuple(readings)
    short = {"'s": "be", "'re": "be", "'m": "be", "'ve": "have"}
    if low in short:
        return (Form(short[low], "s"),)
    if not low.isalpha() and "-" not in low:
        return ()
    readings = list(_irregular()[0].get(low, ()))
    if is_verb(low):
        readings.append(Form(low, "base"))
    readings += [Form(base, "s") for base in _stripped_s(low) if is_verb(base)][:1]
    for ending, names in (("ed", ("past", "participle")), ("ing", ("ing",))):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            base = _base_of(low[: -len(ending)], ending)
            if base and _regular(base, ending):
                readings += [Form(base, name) for name in names]
    if not readings and lexicon().get(low, "VB").startswith("VB"):
        readings = [Form(lead + form.verb, form.form) for lead, form in _prefixed(low)]
    return tuple(dict.fromkeys(readings))


def _prefixed(low: str) -> Iterator[tuple[str, Form]]:
    """“Proofreads”, “resent”: the forms of a verb after a productive prefix."""
    for lead in words("verb_prefix"):
        stem = low.removeprefix(lead)
        if stem != low and len(stem) > 2:
            yield from ((lead, form) for form in forms(stem))


def _regular(base: str, ending: str) -> bool:
    return is_verb(base) and (
        ending == "ing" or base not in _irregular()[1] or base in _REGULAR_TOO
    )


#: Verbs with a regular past as well.
_REGULAR_TOO = frozenset(
    ("burn", "dream", "learn", "lean", "leap", "spill", "spoil", "light", "hang")
)


def _stripped_s(low: str) -> list[str]:
    if not low.endswith("s") or low.endswith(("ss", "us", "is")) or len(low) < 3:
        return []
    bases = [low[:-1]]
    if low.endswith("ies") and len(low) > 4:
        bases.insert(0, low[:-3] + "y")
    elif low.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        bases.insert(0, low[:-2])
    return bases


def _base_of(stem: str, ending: str) -> str:
    """The verb of a stem; "" if there is none."""
    vocabulary = lexicon()
    if ending == "ed" and stem.endswith("i"):
        return stem[:-1] + "y" if is_verb(stem[:-1] + "y") and len(stem) > 2 else stem + "e"
    if ending == "ing" and stem.endswith("y") and stem[:-1] + "ie" in vocabulary:
        return stem[:-1] + "ie"
    candidates = [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        candidates = [stem, stem[:-1]]
    elif (
        len(stem) > 1
        and stem[-1] not in _VOWELS + "wxy"
        and stem[-2] in _VOWELS
        and stem[-3:-2] not in tuple(_VOWELS)
    ):
        # “hoped” is of hope, for hop doubles, “headed” of head, for head does not; “visited” of
        # visit, for there is no visite.
        candidates = [stem + "e", stem]
    if stem.endswith("s") and not stem.endswith("ss"):
        # “lapsed” is of lapse
        candidates = [stem + "e", stem]
    from_events = event_verbs()
    candidates = [
        base for base in candidates if (base in vocabulary or base in from_events) and is_verb(base)
    ]
    return candidates[0] if candidates else ""


def verb_of(word: str, *kinds: str) -> str:
    """The verb of which a word is one of these forms; "" if there is none."""
    return next((form.verb for form in forms(word) if form.form in kinds), "")


def past_participle(verb: str) -> str:
    """The past participle, as the name of a state."""
    return inflected(verb, "participle")


def inflected(verb: str, form: str) -> str:
    """The `s`, `past` or `participle` form of a verb."""
    for paradigm in (_HAVE, _DO):
        if paradigm.get(verb) == "base" and form in paradigm.values():
            return next(word for word, name in paradigm.items() if name == form)
    for word, readings in _irregular()[0].items():
        if Form(verb, form) in readings:
            return word
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + ("ies" if form == "s" else "ied")
    if form == "s":
        return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if verb.endswith("e"):
        return verb + "d"
    doubled = f"{verb}{verb[-1:]}ed"
    vocabulary = lexicon()
    # “unplugged” is a form as “plugged” is
    bases = (doubled.removeprefix(lead) for lead in ("", *words("verb_prefix")))
    return doubled if any(base in vocabulary for base in bases) else verb + "ed"
