"""Byte sizes for people."""


def size_words(size: int) -> str:
    """A number of bytes in words: “3.4 MB”, “300 MB”."""
    amount, unit = float(size), "bytes"
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if amount < 999.5 or unit == "TB":
            break
        amount /= 1000
    # One decimal below ten.
    return f"{amount:.{1 if amount < 9.95 else 0}f}".removesuffix(".0") + f" {unit}"
