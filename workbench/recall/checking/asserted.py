"""What a text asserts itself, without reported, requested or imagined statements."""

import re

#: An order to say or to imagine something, up to the end of its sentence. A verb in this form
#: begins its clause only where it is an order: "He wrote that", "they say that" are none.
_ORDERED = re.compile(
    r"""
    (?:^|(?<=[.!?;:,\n"“”(»«—–])\s*|\b(?:please|kindly|then|just|instead|bitte)\s+)
    (?:please\s+|kindly\s+|then\s+|and\s+|also\s+|just\s+|now\s+|always\s+|bitte\s+)*
    (?: (?:write|say|state|add|report|claim|pretend|answer|reply|respond|conclude|assert|mention
          |confirm|imagine|suppose|assume|insist|announce|repeat|declare|believe
          |(?:tell|inform|assure|convince|remind)\s+[^.!?,;]{1,40}?)
        \s+(?:[^.!?,;]{1,30}?\s)??(?:that|how)\b
      | (?:schreibe?|sage?|behaupte?|antworte?|erwähne?|füge)\b[^.!?,;]{0,50},\s*dass\b
      | (?:écris|écrivez|dis|dites|affirme|affirmez|réponds|répondez)\s+que\b
      | (?:di|escribe|afirma|responde)\s+que\b
      | (?:скажи|скажите|напиши|напишите|ответь|ответьте)[^.!?,;]{0,30},\s*что\b )
    [^.!?]*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def asserted(text: str) -> str:
    """The text with blanks in the place of what it orders to be said; places stay as they are."""
    return _ORDERED.sub(lambda found: " " * len(found[0]), text)
