"""Numbers of list items as they are counted: 3, c, C, iii, III."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
#: Beyond it everybody counts in figures.
_MAX_LETTERS, _MAX_ROMAN = 702, 3999


def numeral(number: int, form: str) -> str:
    """`number` in the form that "1", "a", "A", "i" or "I" begins; in figures where there is none.

    Letters go on from z with aa, as in columns of a sheet.
    """
    text = str(number)
    if form in ("a", "A") and 0 < number <= _MAX_LETTERS:
        more, final = divmod(number - 1, 26)
        text = (chr(96 + more) if more else "") + chr(97 + final)
    elif form in ("i", "I") and 0 < number <= _MAX_ROMAN:
        text = ""
        for value, letters in _ROMAN:
            times, number = divmod(number, value)
            text += letters * times
    return text.upper() if form.isupper() else text
