"""File signatures (first bytes) of audio and video files."""

#: Magic bytes, with their offsets.
_BEGINNINGS: tuple[tuple[int, bytes], ...] = (
    *((0, magic) for magic in (b"ID3", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3", b"caff", b"FLV\x01")),
    *((0, magic) for magic in (b"#!AMR", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\x00\x00\x01\xba")),
)
_RIFF = (b"WAVE", b"AVI ")
_IMAGE_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis")


def is_recording(head: bytes) -> bool:
    """Whether a file is a recording or a film; `head` has some thousand bytes."""
    if any(head[at : at + len(magic)] == magic for at, magic in _BEGINNINGS):
        return True
    if head[4:8] == b"ftyp":
        return head[8:12] not in _IMAGE_BRANDS
    if head[:4] in (b"RIFF", b"RF64"):
        return head[8:12] in _RIFF
    if head[:4] == b"FORM":
        return head[8:12] in (b"AIFF", b"AIFC")
    return _is_transport(head) or _is_frames(head)


def _is_transport(head: bytes) -> bool:
    """Packets of MPEG transport streams, 188 bytes each."""
    return len(head) > 188 * 3 and all(head[188 * n] == 0x47 for n in range(4))


def _is_frames(head: bytes) -> bool:
    """Two consecutive frames of MPEG audio (MP3) or ADTS (AAC)."""
    if len(head) < 8 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    size = _adts(head) if head[1] & 0xF6 == 0xF0 else _mp3(head)
    return bool(size) and (len(head) < size + 2 or head[size : size + 1] == b"\xff")


def _adts(head: bytes) -> int:
    return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5


_KBITS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _mp3(head: bytes) -> int:
    """Bytes of a layer III frame (ISO 11172-3, 13818-3), 0 for an invalid header."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate = head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate == 3:
        return 0
    kbits = _KBITS[1 if version == 3 else 2][head[2] >> 4]
    samples = 144 if version == 3 else 72
    return samples * kbits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1) if kbits else 0
