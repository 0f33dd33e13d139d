"""Configurations of the usual clients of the Model Context Protocol, to copy."""

import json
import shlex
from collections.abc import Mapping
from pathlib import Path

#: Clients, each with the place of its configuration.
CLIENTS: Mapping[str, str] = {
    "Most clients": "the file of settings that holds “mcpServers”",
    "VS Code": ".vscode/mcp.json",
    "Zed": "settings.json",
    "Codex": "~/.codex/config.toml",
    "Command line": "a terminal",
}


def configuration(client: str, program: list[str], library: Path | None, write: bool) -> str:
    """The configuration of a client; `program` is the command that starts Workbench."""
    words = [*program, *([] if library is None else ["--library", str(library)]), "mcp"]
    command, *other = [*words, "--write"] if write else words
    started = {"command": command, "args": other}
    if client == "Command line":
        return shlex.join([command, *other])
    if client == "Codex":
        args = json.dumps(other, ensure_ascii=False)
        server = json.dumps(command, ensure_ascii=False)
        return f"[mcp_servers.library]\ncommand = {server}\nargs = {args}"
    key = {"VS Code": "servers", "Zed": "context_servers"}.get(client, "mcpServers")
    return json.dumps({key: {"library": started}}, indent=2, ensure_ascii=False)
