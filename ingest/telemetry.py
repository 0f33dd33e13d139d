"""Switches off the telemetry of third-party libraries before they are imported.

ONNX Runtime (text recognition, the voices in a recording) reports as soon as it is used, and keeps
a number of this machine on disk for that; its call `disable_telemetry_events` comes too late.
huggingface_hub tells who asks.
"""

import os
from collections.abc import Mapping

#: What every process has in its environment.
OFF: Mapping[str, str] = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
#: What a process has in it that asks nobody: a model's folder holds all that it needs.
OFFLINE: Mapping[str, str] = {**OFF, "HF_HUB_OFFLINE": "1"}


def switch_off() -> None:
    """Put `OFF` into the environment of this process, and so of all that it starts."""
    os.environ.update(OFF)
