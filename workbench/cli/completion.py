"""`workbench completion SHELL`: a script by which a shell completes commands and options."""

import argparse
import shlex

from workbench.cli import table
from workbench.cli.output import Output
from workbench.translation import tr

_BASH = """\
_workbench() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" each command=""
  for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$each" in {commands}) command="$each"; break;; esac
  done
  case "$command" in
{cases}
    *) each={all};;
  esac
  COMPREPLY=($(compgen -W "$each" -- "$word"))
}}
complete -o default -F _workbench workbench
"""
_ZSH = "autoload -U +X bashcompinit && bashcompinit\n"
#: Options of all commands, and of the program itself.
_GLOBAL, _ROOT = ("--help", "--library", "--json", "--quiet"), ("--man", "--version")


def completion(arguments: argparse.Namespace, output: Output) -> int:
    """Print the script of a shell."""
    output.result(_script(arguments.shell).rstrip())
    return 0


def _script(shell: str) -> str:
    commands = {command.name: command for command in table.commands()}
    words = {name: [*_GLOBAL, *_words(command)] for name, command in commands.items()}
    if shell == "fish":
        lines = ["complete -c workbench -n __fish_use_subcommand -f"]
        for name, command in commands.items():
            start = f"complete -c workbench -n '__fish_use_subcommand' -a {name}"
            lines.append(f"{start} -d {shlex.quote(tr(command.does))}")
            inside = f"complete -c workbench -n '__fish_seen_subcommand_from {name}'"
            lines += [
                f"{inside} -l {word[2:]}" if word.startswith("--") else f"{inside} -a {word}"
                for word in words[name]
            ]
        return "\n".join(lines) + "\n"
    cases = [f"    {name}) each={shlex.quote(' '.join(row))};;" for name, row in words.items()]
    script = _BASH.format(
        commands="|".join(words),
        cases="\n".join(cases),
        all=shlex.quote(" ".join([*words, *_GLOBAL, *_ROOT])),
    )
    return script if shell == "bash" else _ZSH + script


def _words(command: table.Command) -> list[str]:
    """The options of a command, and the choices of its arguments."""
    words: list[str] = []
    for argument in command.arguments:
        words += [argument.name] if argument.option else argument.options.get("choices", ())
    return words
