"""Switches off the telemetry of third-party libraries before they are imported.

ONNX Runtime (text recognition, voice detection) reports on first use, and stores a machine id on
disk; its call `disable_telemetry_events` comes too late. huggingface_hub sends a user agent.
"""

import os
from collections.abc import Mapping

#: Environment of every process.
OFF: Mapping[str, str] = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
#: Environment of processes that make no requests: a model's folder has all that it needs.
OFFLINE: Mapping[str, str] = {**OFF, "HF_HUB_OFFLINE": "1"}


def switch_off() -> None:
    """Put `OFF` into the environment of this process and its children."""
    os.environ.update(OFF)
