"""`workbench completion SHELL`: a script by which a shell completes commands and options."""

import argparse
import shlex
from collections.abc import Callable, Mapping

from workbench.cli.output import Output

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


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for bash, zsh or fish, made from the parser of the command line."""
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    told = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    words = {name: _words(made) for name, made in commands.choices.items()}
    if shell == "fish":
        lines = ["complete -c workbench -n __fish_use_subcommand -f"]
        for name, said in told.items():
            known = f"complete -c workbench -n '__fish_use_subcommand' -a {name}"
            lines.append(f"{known} -d {shlex.quote(said)}")
            seen = f"complete -c workbench -n '__fish_seen_subcommand_from {name}'"
            lines += [
                f"{seen} -l {each[2:]}" if each.startswith("--") else f"{seen} -a {each}"
                for each in words[name]
            ]
        return "\n".join(lines) + "\n"
    cases = [f"    {name}) each={shlex.quote(' '.join(each))};;" for name, each in words.items()]
    made = _BASH.format(
        commands="|".join(words), cases="\n".join(cases),
        all=shlex.quote(" ".join([*words, *_words(parser)])),
    )  # fmt: skip
    return made if shell == "bash" else _ZSH + made


def _words(parser: argparse.ArgumentParser) -> list[str]:
    """The long options of a command, and what its arguments may be."""
    found: list[str] = []
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction):
            continue
        found += [each for each in action.option_strings if each.startswith("--")]
        if not action.option_strings:
            found += [str(each) for each in action.choices or ()]
    return found


def _completion(arguments: argparse.Namespace, output: Output) -> int:
    # The parser is made by whoever asks: this module is imported by none that has no need of it.
    from workbench.cli.parser import parser

    output.result(script(parser(), arguments.shell).rstrip())
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"completion": _completion}
