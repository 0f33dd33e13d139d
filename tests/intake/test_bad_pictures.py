"""A drop of odd and broken pictures: one sentence each, and the rest goes on."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from workbench.library import Library


def _bomb(path: Path) -> Path:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + packed + chunk(b"IEND", b""))
    return path


@pytest.mark.slow
def test_i14_odd_and_broken_pictures_in_one_drop(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    Image.new("1", (1, 1)).save(folder / "dot.png")
    Image.new("L", (30_000, 2), 255).save(folder / "line.png")
    Image.new("RGB", (40, 40), "teal").save(folder / "crane.jpg", "PNG")
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(folder / "wave.gif", save_all=True, append_images=frames[1:])
    _bomb(folder / "bomb.png")
    (folder / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    (folder / "photo.heic").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"x")
    (folder / "cut.png").write_bytes((folder / "crane.jpg").read_bytes()[:60])
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(sorted(folder.iterdir()))
        wrong = {Path(row.path).name: str(row.error) for row in added if row.source is None}
        assert set(wrong) == {"bomb.png", "plan.svg", "photo.heic", "cut.png"}
        assert "170 million pixels" in wrong["bomb.png"]
        assert "SVG drawing" in wrong["plan.svg"]
        assert "HEIC photograph" in wrong["photo.heic"]
        assert "cut off or corrupt" in wrong["cut.png"]
        assert all(told.count("\n") == 0 and len(told) < 240 for told in wrong.values())
        there = {row.title: row for row in library.sources.list()}
        assert set(there) == {"Dot", "Line", "Crane", "Wave"}
        assert there["Crane"].metadata["format"] == "PNG"
        assert there["Line"].metadata["pixels"] == "30000 × 2"
        assert there["Wave"].notices == (
            "This picture moves; the first of its 3 pictures was read.",
        )
        assert "1 × 1" in library.ask("How many pixels has the picture Dot?").evidence[0].quote
        assert library.verify().sound
