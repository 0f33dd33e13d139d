"""Sizes in words."""


def size_words(size: int) -> str:
    """A number of bytes for people: “3.4 MB”, “300 MB”."""
    amount, unit = float(size), "bytes"
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if amount < 999.5 or unit == "TB":
            break
        amount /= 1000
    # A digit behind the point counts while there is but one before it.
    return f"{amount:.{1 if amount < 9.95 else 0}f}".removesuffix(".0") + f" {unit}"
