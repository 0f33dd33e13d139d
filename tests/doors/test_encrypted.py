"""A server with a certificate: what it proves, and what is said where it cannot."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.doors.serving import served
from tests.doors.test_hostile_server import Hostile
from workbench.cli.main import main
from workbench.errors import UsageError, WorkbenchError
from workbench.library import Library

_DAY = timedelta(days=1)


def made(
    folder: Path, *, days: int = 30, address: str = "127.0.0.1", host: str = ""
) -> tuple[Path, Path]:
    """A certificate that vouches for itself, until so many days from now, and its key.

    For an address, or for the name of a `host`.
    """
    proven = x509.DNSName(host) if host else x509.IPAddress(ipaddress.ip_address(address))
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A library of the tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 40 * _DAY)
        .not_valid_after(now + days * _DAY)
        .add_extension(
            x509.SubjectAlternativeName([proven]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{days}-{address}.pem", folder / f"{days}-{address}.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@pytest.mark.slow
def test_a_library_behind_a_certificate_is_asked_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = made(tmp_path)
    with Library.open(tmp_path / "a.brain") as library:
        library.facts.tell("Ada's plan is pro.")
    options = ("--write", "--certificate", str(certificate), "--key", str(key))
    with served(tmp_path / "a.brain", *options) as server:
        assert server.address.startswith("https://")
        # Nobody vouches for it yet.
        with pytest.raises(UsageError, match="could not prove its identity"):
            Library.open(server.address, token=server.token)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with Library.open(server.address, token=server.token) as library:
            value = library.facts.value("What is Ada's plan?")
            assert value is not None
            assert value.value == "pro"
            library.facts.tell("Berta's plan is basic.")
            assert library.backup(tmp_path / "copy.brain").path.is_file()
        with pytest.raises(WorkbenchError):
            Library.open(server.address.replace("https", "http"), token=server.token)
        other = server.address.replace("127.0.0.1", "localhost")
        with pytest.raises(UsageError, match="could not prove its identity"):
            Library.open(other, token=server.token)


@pytest.mark.slow
def test_a_certificate_that_has_run_out_is_one_sentence_on_both_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, key = made(tmp_path, days=-3)
    Library.open(tmp_path / "a.brain").close()
    start = ["--library", str(tmp_path / "a.brain"), "serve", "--port", "0"]
    assert main([*start, "--certificate", str(certificate), "--key", str(key)]) == 2
    assert "expired on" in capsys.readouterr().err
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = Hostile()
    server.wrap = lambda connection: context.wrap_socket(connection, server_side=True)
    with pytest.raises(UsageError, match=r"^The certificate of “127.0.0.1” has expired\. [^\n]*$"):
        Library.open(server.address.replace("http", "https"), token="t" * 20)
    server.close()


def test_a_certificate_without_its_key_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, _ = made(tmp_path)
    _, other = made(tmp_path, address="127.0.0.2")
    (tmp_path / "empty").write_bytes(b"")
    for given in (
        ["--certificate", str(certificate)],
        ["--key", str(other)],
        ["--certificate", str(certificate), "--key", str(other)],
        ["--certificate", str(tmp_path / "none"), "--key", str(other)],
        ["--certificate", str(tmp_path / "empty"), "--key", str(other)],
    ):
        assert main(["serve", "--port", "0", *given]) == 2
        said = capsys.readouterr().err
        assert "key" in said
        assert "Traceback" not in said
