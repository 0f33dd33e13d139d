"""The guide's list of commands, from the table; `python -m tests.cli.reference` writes it."""

from pathlib import Path

from workbench.cli import table

PAGE = Path(__file__).parents[2] / "resources" / "guide" / "20-commands.md"

_START = """\
# Every command

`workbench COMMAND --help` says what a command takes, `workbench --man` all of it together.
`--library FILE.brain`, `--json` and `--quiet` go with every command. In brackets are the group and
the verb that a command is short for: these two are the same. Messages are in the language of
Settings, else of `LANGUAGE` or `LANG`; what `--json` prints is the same in every language.

```text
workbench value "What is my plan?"
workbench facts value "What is my plan?"
```
"""


def text() -> str:
    """The page as the table has it."""
    verbs: dict[str, list[str]] = {}
    for group, rows in table.groups().items():
        for verb, (name, *_) in rows.items():
            verbs.setdefault(name, []).append(f"`{group} {verb}`")
    lines = [
        f"- `workbench {command.name}`"
        + (f" ({', '.join(verbs[command.name])})" if command.name in verbs else "")
        + f": {command.does}"
        for command in table.commands()
    ]
    return "\n".join([_START, *lines, ""])


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
