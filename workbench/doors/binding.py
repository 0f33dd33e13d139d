"""The server's address, and the token by which programs of this machine authenticate."""

import contextlib
import ipaddress
import re
import secrets
import socket
import ssl
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench import permissions
from workbench.errors import UsageError


def stored_token(file: Path) -> str:
    """The token of this machine's server, created on first use, readable by its owner only."""
    if not file.exists():
        permissions.folder(file.parent)
        permissions.private(file).write_text(secrets.token_urlsafe(32) + "\n", encoding="ascii")
    permissions.private(file)
    token = file.read_text(encoding="utf-8", errors="replace").strip()
    if not re.fullmatch(r"[!-~]{20,}", token):
        problem = "is too short to be safe" if re.fullmatch(r"[!-~]+", token) else "cannot be sent"
        if not token:
            problem = "is missing: the file is empty"
        raise UsageError(
            f"The token in “{file}” {problem}.",
            "Delete the file to have a new one: 20 or more characters of ASCII without spaces.",
        )
    return token


def encryption(
    host: str, certificate: str | None, key: str | None, agreed: bool
) -> Mapping[str, Any]:
    """The TLS options of the server: certificate and key in PEM, or none.

    Raises `UsageError` for an invalid certificate, and for a host that other machines reach without
    TLS unless `agreed`.
    """
    if certificate is not None and key is not None:
        _check_certificate(Path(certificate), Path(key))
        return {"ssl_certfile": certificate, "ssl_keyfile": key}
    if not is_loopback(host) and not agreed:
        raise UsageError(
            f"At “{host}” other machines could reach the library, unencrypted.",
            "Give --certificate and --key, or --yes-beyond-this-machine if you trust the network.",
        )
    return {}


def _check_certificate(certificate: Path, key: Path) -> None:
    from cryptography import x509

    try:
        # The empty password refuses an encrypted key instead of prompting for its passphrase.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, "")
        ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The certificate “{certificate}” and the key “{key}” cannot be used: "
            f"{getattr(error, 'strerror', None) or error}.",
            "Give two PEM files that belong together, the key without a passphrase.",
        ) from None
    if ends <= datetime.now(UTC):
        raise UsageError(
            f"The certificate “{certificate}” expired on {ends:%d %B %Y}.",
            "Renew it, and try again.",
        )


def is_loopback(host: str) -> bool:
    """Whether a host is reachable from this machine only."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def listening(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `UsageError` if the address cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(256)
        return bound
    except (OSError, OverflowError) as error:
        bound.close()
        raise UsageError(
            f"The server cannot listen at {host}, port {port}: "
            f"{getattr(error, 'strerror', None) or error}.",
            "Choose another with --port; 0 takes a free one.",
        ) from None
