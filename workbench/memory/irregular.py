"""Irregular English forms: went → go, mice → mouse.

A question says "What did he buy?", the book "he bought": stemming alone never joins the two.
"""

from ingest.language.word_lists import entries


def _table(name: str) -> dict[str, str]:
    return {form: base for base, forms in entries(name) for form in forms.split()}


_VERBS, _NOUNS = _table("irregular_forms.txt"), _table("irregular_nouns.txt")

#: Forms that are a word of their own, too: “she lives” is of to live, not of life.
_ALSO_PLAIN = "lives leaves halves shelves"

#: Inflected form → the form under which a dictionary has it.
LEMMAS = {**_VERBS, **_NOUNS}
#: Those of them that may be no such form.
ALSO_PLAIN = frozenset(_ALSO_PLAIN.split())
#: The same for nouns alone: plural → singular.
PLURALS = {form: base for form, base in _NOUNS.items() if base not in ("die", "lie", "tie")}
