r"""Secrets and values of the vault, from a prompt or standard input.

In a pipe the first line is the secret and the rest the value, without one final line break, as in
`printf '%s\n' "$secret" "$value" | workbench vault put home "wifi password"`. They are never
arguments or environment variables, which other programs can see and shells record.
"""

import argparse
import sys

from workbench.cli.opening import open_library
from workbench.cli.output import Output, read_secret
from workbench.cli.piped import piped
from workbench.errors import InputError, NotFoundError, UsageError


def put(arguments: argparse.Namespace, output: Output) -> int:
    """Encrypt a value with a secret."""
    if _typed_by_hand():
        secret = read_secret("Secret: ")
        if secret and read_secret("Repeat the secret: ") != secret:
            raise UsageError("The two secrets differ; nothing was saved.", "Try again.")
        value = read_secret("Value (not shown): ") if secret else ""
    else:
        secret, value = _piped()
    with open_library(arguments, make=True) as library:
        clean = library.vault.put(arguments.scope, arguments.key, value, secret=secret)
    output.print_either(
        {"scope": arguments.scope, "stored": True, "clean": clean},
        "✓ Stored. Only this secret opens it; it cannot be recovered if you lose it.",
    )
    if not clean and not output.as_json:
        output.remark(
            "Another program is reading the library: if there was a former value, what is left of "
            "it, sealed, leaves the log when that program closes it."
        )
    return 0


def get(arguments: argparse.Namespace, output: Output) -> int:
    """Decrypt a value with its secret."""
    secret = read_secret("Secret: ") if _typed_by_hand() else _piped()[0]
    with open_library(arguments) as library:
        value = library.vault.get(arguments.scope, arguments.key, secret=secret)
    if value is None:
        raise NotFoundError(
            "This secret opens nothing under that key.",
            "Check the scope and the key, and type the secret again.",
        )
    output.print_either({"scope": arguments.scope, "value": value}, value)
    return 0


def _typed_by_hand() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _piped() -> tuple[str, str]:
    """Read secret and value from standard input."""
    try:
        text = piped().decode("utf-8-sig")
    except UnicodeDecodeError:
        # The message of the error would show the input.
        raise InputError(
            "The input is not UTF-8 text.", "Pipe the secret and the value as UTF-8."
        ) from None
    secret, _, value = text.partition("\n")
    ending = "\r\n" if value.endswith("\r\n") else "\n"
    return secret.removesuffix("\r"), value.removesuffix(ending)
