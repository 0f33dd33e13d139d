"""Errors of a model server, each as one `ModelError`: a sentence and a next step."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import IngestError, ModelError
from ingest.models.address import ServerAddress
from ingest.models.watched import EndlessError

#: Seconds for this machine to accept a connection.
_KNOCK = 1.0
#: Characters of the server's message that are displayed.
_QUOTED = 160
#: Characters of it that are read.
_READ = 2000
#: The limit that a server names when it refuses a long prompt.
_LIMIT = re.compile(r"context\s(?:length|window|size)[^\d]{0,40}(\d{2,7})|n_ctx\D{1,6}(\d{2,7})")


@contextmanager
def failures(address: ServerAddress, model: str = "", by: str = "Ollama") -> Iterator[None]:
    """Convert errors of client, connection and response inside the block to `ModelError`.

    `by` is the server program. Cancellation passes.
    """
    import httpcore
    import httpx
    import ollama

    url, name = address.url, f"“{model}”" if model else "the model"
    try:
        yield
    except IngestError:
        raise
    except ollama.ResponseError as error:
        raise of_answer(address, model, error.status_code, str(error.error), by) from error
    except (httpcore.ConnectError, httpcore.ConnectTimeout, ConnectionError) as error:
        raise _unconnected(address, error) from error
    except (httpcore.TimeoutException, httpx.TimeoutException, TimeoutError) as error:
        raise ModelError(
            "slow",
            f"{capitalised(by)} took too long: nothing more came from {name}.",
            "Retry it, choose a smaller model, or give it more time.",
        ) from error
    except EndlessError as error:
        raise ModelError(
            "endless",
            f"The answer from {name} did not end and was stopped.",
            "Retry it, or choose another model.",
        ) from error
    except (
        *(httpcore.NetworkError, httpcore.ProtocolError),
        *(httpx.NetworkError, httpx.ProtocolError, httpx.DecodingError, OSError),
    ) as error:
        raise ModelError(
            "broke",
            f"{capitalised(by)} at {url} broke off in the middle of its answer.",
            _advice(by),
        ) from error
    except (
        *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError),
        *(AssertionError, EOFError, MemoryError, httpx.HTTPError, httpx.InvalidURL),
    ) as error:
        # Invalid or unexpected JSON: the client raises various errors.
        raise unreadable(address, by) from error


def knock(address: ServerAddress) -> None:
    """Raise `ModelError` if nothing listens at an address of this machine.

    Most machines have no model server, and loading the client takes 25 MB. Other errors are left to
    the client.
    """
    if address.here:
        try:
            socket.create_connection((address.host, address.port), _KNOCK).close()
        except ConnectionRefusedError as error:
            raise _unconnected(address, error) from error
        except OSError:
            return


def capitalised(by: str) -> str:
    """The name of a program at the beginning of a sentence."""
    return f"The {by[4:]}" if by.startswith("the ") else by


def _advice(by: str) -> str:
    return f"Retry it; if it happens again, restart {by}."


def unreadable(address: ServerAddress, by: str = "Ollama") -> ModelError:
    """The error of an unexpected response."""
    return ModelError(
        "answer",
        f"What {address.url} answered is not what {by} sends.",
        "Check the address; a proxy or another program may answer there.",
    )


def of_answer(
    address: ServerAddress, model: str, status: int, text: str, by: str = "Ollama"
) -> ModelError:
    """The error of a response, by its status (-1 inside a stream) and message."""
    excerpt = " ".join(text[:_READ].split())
    low = excerpt.lower()
    name = f"“{model}”" if model else "this model"
    quoted = f" (“{excerpt[:_QUOTED]}”)" if excerpt else ""
    if "<html" in low or "<!doctype" in low or (300 <= status < 400):
        return ModelError(
            "foreign",
            f"What answers at {address.url} is not {by} but a page of another program.",
            "Check the address and port; there may be a proxy in between.",
        )
    if "context" in low and ("exceed" in low or "maximum" in low or "greater than" in low):
        return ModelError(
            "context",
            f"The text is longer than {name} was started to read{quoted}.",
            f"Start the model in {by} with a longer context.",
        )
    if "memory" in low or "cudamalloc" in low or "oom" in low.split():
        return ModelError(
            "memory",
            f"This machine has too little memory for {name}.",
            "Choose a smaller model, a smaller context, or close other programs.",
        )
    if "not support" in low or "does not have" in low:
        return ModelError(
            "incapable", f"The model {name} cannot do this{quoted}.", "Choose another model."
        )
    if re.search(r"model\b.*not found|not found.*\bmodel|pull it first|no such model", low):
        return ModelError(
            "missing",
            f"{capitalised(by)} has no model {name}.",
            f"Fetch it with: ollama pull {model}"
            if model and by == "Ollama"
            else "Choose one from its list.",
        )
    if "file does not exist" in low or "manifest" in low:
        return ModelError(
            "missing",
            f"There is no model {name} to fetch.",
            "Check its name at ollama.com/library.",
        )
    if status == 404:
        return ModelError(
            "old",
            f"What answers at {address.url} does not understand the request.",
            f"Update {by}, and check the address.",
        )
    if status == 401 or "api key" in low or "api_key" in low:
        return ModelError(
            "key",
            f"The server at {address.url} refused the key, or wants one.",
            "Give it again: workbench models server ADDRESS --beyond --with-key",
        )
    if status in (403, 407):
        return ModelError(
            "refused",
            f"The server at {address.url} refused the request ({status}).",
            "Check the address and any proxy in front of it.",
        )
    if status in (429, 503) or "busy" in low or "pending requests" in low:
        return ModelError(
            "busy", f"{capitalised(by)} is too busy at the moment.", "Retry in a minute."
        )
    if status in (502, 504):
        return ModelError(
            "absent",
            f"The proxy in front of {by} at {address.url} does not reach it ({status}).",
            f"Start {by}, and use its own address.",
        )
    return ModelError(
        "broke", f"{capitalised(by)} reports an error{quoted or f' ({status})'}.", _advice(by)
    )


def context_limit(text: str) -> int | None:
    """The most tokens that a server reads, if it refused a long prompt."""
    regex_match = _LIMIT.search(text[:_READ])
    return int(regex_match[1] or regex_match[2]) if regex_match else None


def certificate_problem(error: BaseException) -> str:
    """Why the certificate of a server is not trusted; "" for other errors."""
    import ssl  # costs at every start, and is wanted when a connection has failed

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason: str = getattr(cause, "verify_message", "") or "no protected connection"
            return reason.rstrip(".")
        cause = cause.__cause__ or cause.__context__
    return ""


def _unconnected(address: ServerAddress, error: BaseException) -> ModelError:
    reason = certificate_problem(error)
    if reason:
        return ModelError(
            "certificate",
            f"“{address.host}” could not prove its identity ({reason}).",
            "Check the address, this machine's clock and the server's certificate.",
        )
    return ModelError(
        "absent",
        f"No model server answers at {address.url}.",
        "Start it (Ollama: ollama serve), or install Ollama from ollama.com.",
    )
