"""Keys of model servers beyond this machine, kept in the keyring of the system.

They are never in a file of this program, in a library, a backup or a message. `keyring`
(https://github.com/jaraco/keyring) is an extra, imported only for an address that has a key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest import installation
from ingest.models.address import ServerAddress
from workbench.errors import InputError
from workbench.models import choices

_SERVICE = "Engram Workbench"


def load(address: ServerAddress) -> str:
    """The key of a server, "" for none. Raises `InputError` if the keyring cannot be used."""
    if not choices.load().key:
        return ""
    with _keyring() as keyring:
        return keyring.get_password(_SERVICE, address.url) or ""


def store(address: ServerAddress, key: str) -> None:
    """Keep the key of a server. Raises `InputError` if it cannot be kept or would go unencrypted.

    For a server beyond this machine only with https.
    """
    if not address.here and address.scheme != "https":
        raise InputError(
            f"A key is not sent to “{address.host}” without encryption.",
            "Give an address that begins with https://.",
        )
    if not key.isascii() or not key.isprintable():
        raise InputError("The key has signs that none has.", "Copy it again from the provider.")
    with _keyring() as keyring:
        keyring.set_password(_SERVICE, address.url, key)


def forget(address: ServerAddress) -> None:
    """Delete the key of a server from the keyring, if it is there and can be reached."""
    try:
        with _keyring() as keyring:
            if keyring.get_password(_SERVICE, address.url) is not None:
                keyring.delete_password(_SERVICE, address.url)
    except InputError:
        return


@contextmanager
def _keyring() -> Iterator[Any]:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise InputError(
            "The key cannot be kept: the package `keyring` is missing.",
            f"{installation.add('keyring')}.",
        ) from error
    try:
        yield keyring
    except KeyringError as error:
        raise InputError(
            "The keyring of this system cannot be used.",
            "Unlock or install one (GNOME Keyring, KWallet, macOS Keychain, Windows Credentials).",
        ) from error
