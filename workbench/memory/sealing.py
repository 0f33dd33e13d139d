"""Key derivation and authenticated encryption for the vault.

The secret is stretched by scrypt (Percival 2009, RFC 7914), which costs an attacker memory at every
guess; HKDF (RFC 5869) derives the record key. A record is AES-256-GCM with a fresh 96-bit nonce,
bound to its position, so that records cannot be swapped. Lengths are padded by Padmé (Nikitin et
al. 2019, "Reducing Metadata Leakage from Encrypted Files"), which reveals little more than the
order of magnitude.
"""

import hashlib
import os
import unicodedata

from workbench.errors import DamagedLibraryError, WorkbenchError
from workbench.store.sealed import Cost

#: The version of this format, the first byte of everything sealed.
_VERSION = b"\x01"
_NONCE = 12
_LENGTH = 8

_RECORDS = b"engram workbench vault 1: records"


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Derive the 32-byte key of a secret for a lock.

    The secret is normalised (NFKC), since keyboards may encode the same letter or digit
    differently. Raises a `WorkbenchError` if there is not enough memory.
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
        # From the standard library, since older releases of `cryptography` block other threads.
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
    """Encrypt `content` bound to its `place`, padded to at least `minimum` bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    framed = len(content).to_bytes(_LENGTH, "big") + content
    padded = framed.ljust(padded_length(max(minimum, len(framed))), b"\0")
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, padded, _VERSION + place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes | None:
    """Decrypt what was sealed with this key for this place; None for anything else."""
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
    """Round `size` (2 or more) up, by at most 12 %, to one of few lengths (Padmé)."""
    exponent = size.bit_length() - 1
    rounding = (1 << (exponent - exponent.bit_length())) - 1
    return (size + rounding) & ~rounding
