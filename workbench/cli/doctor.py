"""`workbench doctor`: what works on this machine, and the line that adds what does not."""

from pathlib import Path

from workbench import paths
from workbench.capabilities import State
from workbench.cli.output import Output
from workbench.doctor import examine


def doctor(output: Output, library: str | None = None) -> int:
    """Print every capability with its state; 0 when all that is needed works, else 1."""
    file = paths.default_library() if library is None else Path(library)
    found = examine(file)
    healthy = all(each.state is State.WORKS for each in found if each.needed)
    places = {
        "library": str(file),
        "settings": str(paths.config_dir()),
        "cache": str(paths.cache_dir()),
    }
    if output.as_json:
        output.record({"healthy": healthy, "capabilities": found, "places": places})
        return 0 if healthy else 1
    for capability in found:
        how = f"  {capability.how}" if capability.how else ""
        sign = "✓" if capability.state is State.WORKS else "✗" if capability.needed else "–"
        line = f"{sign} {capability.name.ljust(38)} {capability.state.ljust(14)}{how}"
        output.result(line.rstrip())
    output.result("")
    for name, place in places.items():
        output.result(f"{name.ljust(10)} {place}")
    output.result("network    off: nothing leaves this machine")
    return 0 if healthy else 1
