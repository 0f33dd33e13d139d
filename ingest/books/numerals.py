"""Numbers of list items in their formats: 3, c, C, iii, III."""

_ROMAN = """\
    1000 m
    900 cm
    500 d
    400 cd
    100 c
    90 xc
    50 l
    40 xl
    10 x
    9 ix
    5 v
    4 iv
    1 i""".splitlines()
#: Larger numbers are written in digits.
_MAX_LETTERS, _MAX_ROMAN = 702, 3999


def numeral(number: int, form: str) -> str:
    """Format `number` in the style "1", "a", "A", "i" or "I", or else in digits.

    Letters continue after z with aa, like the columns of a sheet.
    """
    text = str(number)
    if form in ("a", "A") and 0 < number <= _MAX_LETTERS:
        more, final = divmod(number - 1, 26)
        text = (chr(96 + more) if more else "") + chr(97 + final)
    elif form in ("i", "I") and 0 < number <= _MAX_ROMAN:
        text = ""
        for value, letters in map(str.split, _ROMAN):
            times, number = divmod(number, int(value))
            text += letters * times
    return text.upper() if form.isupper() else text
