"""The guide's list of commands, from the table; `python -m tests.cli.reference` writes it."""

from pathlib import Path

from workbench.cli import table

PAGE = Path(__file__).parents[2] / "resources" / "guide" / "10-commands.md"

_START = """\
# Every command

Options, and what a command takes, are told by `workbench COMMAND --help`; all of it together is
`workbench --man`. `--library FILE.brain`, `--json` and `--quiet` go with every command. In brackets
stand the group and the verb that a command is short for. Help and messages are in the language that
Settings name, else in that of `LANGUAGE` or `LANG`, where there is a translation; what `--json` prints
is the same in every language. These two are the same:

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
