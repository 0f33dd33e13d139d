"""`workbench doctor`: what works on this machine, and the line that adds what does not."""

from workbench import paths
from workbench.capabilities import capabilities
from workbench.cli.output import Output

_SIGNS = {"ready": "✓", "missing": "✗", "later": "–"}


def doctor(output: Output) -> int:
    """Print every capability; 0 when nothing that is needed is missing, else 1."""
    found = capabilities()
    healthy = not any(c.needed and c.state == "missing" for c in found)
    places = {
        "library": str(paths.default_library()),
        "settings": str(paths.config_dir()),
        "cache": str(paths.cache_dir()),
    }
    if output.as_json:
        output.record({"healthy": healthy, "capabilities": found, "places": places})
        return 0 if healthy else 1
    for capability in found:
        how = f"  {capability.how}" if capability.how else ""
        line = f"{_SIGNS[capability.state]} {capability.name.ljust(26)} {capability.state}{how}"
        output.result(line.rstrip())
    output.result("")
    for name, place in places.items():
        output.result(f"{name.ljust(10)} {place}")
    output.result("network    off: nothing leaves this machine")
    return 0 if healthy else 1
