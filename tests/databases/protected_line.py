"""Protection (TLS) before a server that has none; PostgreSQL does the same where it is built so."""

import ipaddress
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.patience import seconds

_SECONDS = seconds(20.0)


def certify(folder: Path) -> Path:
    """A file with a key and a certificate that it signs itself, for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(secret + certificate.public_bytes(pem))
    return file


@contextmanager
def protected(certificate: Path, server: tuple[str, int]) -> Iterator[int]:
    """The port at which one connection to the server is protected by this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, context, server))
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, server: tuple[str, int]) -> None:
    listening.settimeout(_SECONDS)
    plain, _ = listening.accept()
    with plain:
        plain.settimeout(_SECONDS)
        plain.recv(8)
        plain.sendall(b"S")
        try:
            outside = context.wrap_socket(plain, server_side=True)
        except OSError:
            # It does not trust the certificate.
            return
        with outside, socket.create_connection(server, _SECONDS) as inside:
            _relay(outside, inside)


def _relay(outside: ssl.SSLSocket, inside: socket.socket) -> None:
    """Pass on what either side says until one has ended.

    On one thread: two that receive and send on the same protected line at once spoil it.
    """
    other: dict[socket.socket, socket.socket] = {outside: inside, inside: outside}
    try:
        while True:
            waiting: list[socket.socket] = [outside] if outside.pending() else []
            for side in waiting or select.select([outside, inside], [], [], _SECONDS)[0]:
                data = side.recv(1 << 16)
                if not data:
                    return
                other[side].sendall(data)
    except OSError:
        # One side has hung up.
        return
