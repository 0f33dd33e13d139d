"""Key derivation and authenticated encryption for the vault.

The secret is stretched by scrypt (Percival 2009, RFC 7914), which costs an attacker memory at every
guess; HKDF (RFC 5869) makes of the result the key for records. A record is AES-256-GCM under a
fresh nonce of 96 bits, bound to its place, so that records cannot be swapped.
Lengths are padded by Padmé (Nikitin et al. 2019, "Reducing Metadata Leakage from Encrypted Files"),
which leaves of a length little more than its order of magnitude.
"""

import hashlib
import os
import unicodedata

from workbench.errors import DamagedLibraryError, WorkbenchError
from workbench.store.sealed import Cost

#: The first byte of everything sealed: this way of sealing. Another way takes another number.
_VERSION = b"\x01"
_NONCE = 12
_LENGTH = 8

_RECORDS = b"engram workbench vault 1: records"


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The key of 32 bytes that a secret opens a lock with.

    Spellings that look alike are one secret: a keyboard of another make writes the same letter or
    digit in another form (NFKC). Raises a `WorkbenchError` where there is not memory enough.
    """
    if not cost.sensible:
        raise DamagedLibraryError(
            "A lock of the vault is damaged, so what it closes cannot be opened.",
            "Restore the library from a backup: workbench restore-backup FILE.",
        )
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    words = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    try:
        # Python's own, since that of older releases of `cryptography` stops every other thread.
        root = hashlib.scrypt(
            words,
            salt=salt,
            n=cost.n,
            r=cost.r,
            p=cost.p,
            maxmem=128 * cost.r * (cost.n + cost.p + 2),
            dklen=32,
        )
    except (MemoryError, ValueError) as error:
        raise WorkbenchError(
            f"There is not enough memory to open the vault: it takes {cost.memory >> 20} MB.",
            "Close other programs and try again.",
        ) from error
    return HKDFExpand(SHA256(), 32, _RECORDS).derive(root)


def seal(key: bytes, content: bytes, place: bytes, minimum: int) -> bytes:
    """Encrypt `content` for its `place`, padded to `minimum` bytes or more."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    framed = len(content).to_bytes(_LENGTH, "big") + content
    padded = framed.ljust(padded_length(max(minimum, len(framed))), b"\0")
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, padded, _VERSION + place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes | None:
    """What was sealed with this key for this place; None for anything else."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_VERSION) + _NONCE
    if not sealed.startswith(_VERSION) or len(sealed) < start + 16 + _LENGTH:
        return None
    nonce = sealed[len(_VERSION) : start]
    try:
        padded = AESGCM(key).decrypt(nonce, sealed[start:], _VERSION + place)
    except InvalidTag:
        return None
    size = int.from_bytes(padded[:_LENGTH], "big")
    return padded[_LENGTH : _LENGTH + size]


def padded_length(size: int) -> int:
    """`size` (2 or more) rounded up, at most by 12 %, to one of few lengths (Padmé)."""
    exponent = size.bit_length() - 1
    rounding = (1 << (exponent - exponent.bit_length())) - 1
    return (size + rounding) & ~rounding
