"""The characters that text in the fonts Symbol, Wingdings and Webdings shows.

These fonts have drawings in the places of Latin letters, and programs save the letters, or
characters of the private use area (U+F020 to U+F0FF) with the same last byte. Symbol is as in the
table of Adobe (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt); of Wingdings
those that have a counterpart in Unicode.
"""

import re

#: From 0x20 to 0x7E and from 0xA0 to 0xFE.
_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
    "\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_SYMBOL = {0x20 + at: sign for at, sign in enumerate(_LOW)} | {
    0xA0 + at: sign for at, sign in enumerate(_HIGH)
}
#: Signs by the place of the first of them.
_RUNS = {
    0x21: "✏✂✁👓🔔📖🕯☎✆✉✉📪📫📬📭📁📂📄📄📄🗄⌛⌨🖰🖲🖥🖴💾💾✇✍✍✌👌👍👎☜☞☝☟✋☺😐☹💣☠⚐⚑✈☼💧❄✝✞✝✠✡☪☯ॐ☸",
    0x5E: "♈♉♊♋♌♍♎♏♐♑♒♓&&●○■□□❑❒⬧⧫◆❖◆⌧⌂⌘❀✿“”",
    0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    0x9E: "·•",
    0xA1: "○○○◉◎○▪☐✦✦★✶✴✹✵⌖⌖⟡⌑",
    0xB5: "✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛",
    0xD5: "⌫⌦➢➢",
    0xDB: "➲➲",
    0xDF: "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂",
    0xFA: "▫✗✓☒☑",
}
_WINGDINGS = {start + at: sign for start, run in _RUNS.items() for at, sign in enumerate(run)}
#: What the private characters of a text without a font mostly are.
_MARKS = {0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xD8: "➢", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_NAME = re.compile(r"\W*(symbol|wingdings)(?:mt|\s*(?:regular|std))?\W*\Z", re.IGNORECASE)


def shown(text: str, font: str = "") -> str:
    """The characters that a text in a font shows.

    Other fonts show the text as it is, but for private characters, which only these have.
    """
    name = _NAME.match(font) if font else None
    if name is None:
        if not _PRIVATE.search(text):
            return text
        known = _SYMBOL | _MARKS
        return _PRIVATE.sub(lambda match: known.get(ord(match[0]) & 0xFF, match[0]), text)
    known = _SYMBOL if name[1].lower() == "symbol" else _WINGDINGS
    return "".join(
        known.get(at & 0xFF, sign) if (at := ord(sign)) < 0x100 or 0xF000 <= at < 0xF100 else sign
        for sign in text
    )


def has_own_letters(font: str) -> bool:
    """Whether a font shows other characters than its text names."""
    return bool(_NAME.match(font))
