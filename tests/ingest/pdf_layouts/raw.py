"""Writes PDF files object by object, for what no typesetting library would write."""

from collections.abc import Mapping, Sequence
from pathlib import Path

#: Of Helvetica, in thousandths of the size; other codes are 500 wide.
_WIDTHS = {
    **dict.fromkeys("aeop bdghnqu0123456789", 556), **dict.fromkeys("ckszvxy", 500),
    **dict.fromkeys(" f,.tI", 278), **dict.fromkeys("ijl", 222), "r": 333, "m": 833, "w": 722,
    " ": 278, "P": 667, "T": 611,
}  # fmt: skip


def width(codes: str, size: float) -> float:
    """How wide `codes` are in a font of `Raw`, in points."""
    return sum(_WIDTHS.get(code, 500) for code in codes) * size / 1000


class Raw:
    """A PDF in the making; objects are numbered from 1 in the order in which they are added."""

    def __init__(self) -> None:
        self._objects: dict[int, bytes] = {}
        self._next = 1

    def reserve(self) -> int:
        """A number for an object that is written later."""
        number, self._next = self._next, self._next + 1
        return number

    def add(self, body: str | bytes, number: int | None = None) -> int:
        """An object; returns its number."""
        number = number or self.reserve()
        self._objects[number] = body.encode("latin-1") if isinstance(body, str) else body
        return number

    def stream(self, data: str | bytes, entries: str = "", number: int | None = None) -> int:
        """A stream object without a filter; returns its number."""
        raw = data.encode("latin-1") if isinstance(data, str) else data
        head = f"<< /Length {len(raw)} {entries} >>\nstream\n".encode("latin-1")
        return self.add(head + raw + b"\nendstream", number)

    def pages(
        self,
        contents: Sequence[str],
        fonts: Mapping[str, int],
        entries: str = "",
        resources: str = "",
        box: str = "[0 0 595 842]",
        count: int | None = None,
    ) -> int:
        """Pages of these content streams in one node; returns the catalogue's number."""
        node = self.reserve()
        names = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
        kids = []
        for content in contents:
            stream = self.stream(content)
            kids.append(
                self.add(
                    f"<< /Type /Page /Parent {node} 0 R /MediaBox {box} /Contents {stream} 0 R "
                    f"/Resources << /Font << {names} >> {resources} >> {entries} >>"
                )
            )
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        shown = len(kids) if count is None else count
        self.add(f"<< /Type /Pages /Kids [{listed}] /Count {shown} >>", node)
        return self.add(f"<< /Type /Catalog /Pages {node} 0 R >>")

    def font(self, codes: Mapping[int, str] | None = None, base: str = "Helvetica") -> int:
        """A standard font; `codes` says which text its codes stand for."""
        if codes is None:
            return self.add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} >>")
        lines = "\n".join(
            f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items()
        )
        mapping = self.stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /Own def /CMapType 2 def\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{len(codes)} beginbfchar\n{lines}\nendbfchar\nendcmap end end"
        )
        widths = " ".join(str(_WIDTHS.get(chr(code), 500)) for code in range(32, 256))
        return self.add(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /FirstChar 32 /LastChar 255 "
            f"/Widths [{widths}] /ToUnicode {mapping} 0 R >>"
        )

    def save(self, path: Path, root: int, trailer: str = "") -> Path:
        """Write the file with a table of where its objects stand; returns its path."""
        out = bytearray(b"%PDF-1.7\n")
        places = {}
        for number, body in sorted(self._objects.items()):
            places[number] = len(out)
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        size = max(self._objects, default=0) + 1
        rows = ["0000000000 65535 f "]
        rows += [
            f"{places[n]:010d} 00000 n " if n in places else "0000000000 65535 f "
            for n in range(1, size)
        ]
        out += f"xref\n0 {size}\n".encode() + "\n".join(rows).encode()
        out += f"\ntrailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\n".encode()
        out += f"startxref\n{start}\n%%EOF\n".encode()
        path.write_bytes(out)
        return path
