"""The keys of the actions: those they came with, and those that somebody chose instead.

Choices stand in the settings as "name=keys", with nothing after the sign for an action that is to
have none.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence

from workbench.ui.language import tr
from workbench.ui.window.actions import MENUS, Entry

_ENTRIES: Mapping[str, Entry] = {
    entry.name: entry for _menu, entries in MENUS for entry in entries if entry is not None
}
#: Keys that lists and pages use themselves, and what for.
_RESERVED = {"F2": tr("Rename"), "F3": tr("Find Next"), "Shift+F3": tr("Find Previous")} | {
    "Alt+Left": tr("Back"), "Alt+Right": tr("Forward"),
}  # fmt: skip
#: Keys that need no Ctrl or Alt beside them.
_UNMODIFIED = {"Del", *(f"F{number}" for number in range(1, 36))}


def words(name: str) -> str:
    """An action as the menu names it, and not as it says now, such as "Undo Move to Trash"."""
    return _ENTRIES[name].text.replace("&", "").rstrip("…")


def groups() -> list[tuple[str, list[str]]]:
    """The names of the actions by menu."""
    return [
        (menu.replace("&", ""), [entry.name for entry in entries if entry is not None])
        for menu, entries in MENUS
    ]


def shortcuts(actions: Mapping[str, QAction]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The actions that have keys, with those, by menu."""
    native = QKeySequence.SequenceFormat.NativeText
    keyed = {
        name: action.shortcut().toString(native)
        for name, action in actions.items()
        if not action.shortcut().isEmpty()
    }
    menus = [
        (menu, [(words(name), keyed[name]) for name in names if name in keyed])
        for menu, names in groups()
    ]
    return [(menu, rows) for menu, rows in menus if rows]


def default_keys(name: str) -> list[QKeySequence]:
    """The keys that an action came with."""
    # The same keys twice would be ambiguous, and Qt then triggers nothing.
    results = {QKeySequence(key).toString(): QKeySequence(key) for key in _ENTRIES[name].keys}
    return [keys for text, keys in results.items() if text]


def changed(choices: Iterable[str]) -> dict[str, str]:
    """The choices of the settings by action; what names none of ours is left out."""
    pairs = (choice.partition("=") for choice in choices)
    return {name: keys for name, sign, keys in pairs if sign and name in _ENTRIES}


def assign(actions: Mapping[str, QAction], choices: Iterable[str]) -> None:
    """Give every action its keys."""
    selected = changed(choices)
    for name, action in actions.items():
        if name in selected:
            # Some keys were typed by hand into the file: what is none gives no keys.
            retained = selected[name]
            action.setShortcuts(QKeySequence.listFromString(retained) if retained else [])
        else:
            action.setShortcuts(default_keys(name))


def with_choice(
    choices: Iterable[str], name: str, keys: Sequence[QKeySequence] | None
) -> tuple[str, ...]:
    """The choices with one more; None goes back to the keys that the action came with."""
    selected = changed(choices)
    selected.pop(name, None)
    if keys is not None and list(keys) != default_keys(name):
        selected[name] = QKeySequence.listToString(list(keys))
    return tuple(f"{item}={text}" for item, text in selected.items())


def owner(actions: Mapping[str, QAction], keys: QKeySequence, but: str) -> str:
    """The name of another action that has these keys; "" where they are free."""
    return next((n for n, a in actions.items() if n != but and keys in a.shortcuts()), "")


def rejection(keys: QKeySequence) -> str:
    """Why keys cannot be those of an action, in a sentence; "" where they can."""
    for used, action in _RESERVED.items():
        if keys == QKeySequence(used):
            return tr("{taken} is always “{what}”. Choose other keys.", taken=used, what=action)
    text = keys.toString()
    if not text or any(f"{key}+" in text for key in ("Ctrl", "Alt", "Meta")):
        return ""
    if text.removeprefix("Shift+") in _UNMODIFIED:
        return ""
    return tr("These keys are needed for typing. Add Ctrl or Alt, or use a function key.")
