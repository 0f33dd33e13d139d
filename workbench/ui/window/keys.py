"""Shortcuts: the defaults, and the user's choices.

The settings store choices as "name=keys", with empty keys for no shortcut.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence

from workbench.ui.language import tr
from workbench.ui.window.actions import MENUS, Entry

_ENTRIES: Mapping[str, Entry] = {
    entry.name: entry for _menu, entries in MENUS for entry in entries if entry is not None
}
#: Keys reserved for lists and pages.
_RESERVED = {"F2": tr("Rename"), "F3": tr("Find Next"), "Shift+F3": tr("Find Previous")} | {
    "Alt+Left": tr("Back"), "Alt+Right": tr("Forward"),
}  # fmt: skip
#: Keys allowed without Ctrl or Alt.
_UNMODIFIED = {"Del", *(f"F{number}" for number in range(1, 36))}


def words(name: str) -> str:
    """The original menu text of an action, unlike its current one such as "Undo Move to Trash"."""
    return _ENTRIES[name].text.replace("&", "").rstrip("…")


def groups() -> list[tuple[str, list[str]]]:
    """The names of actions by menu."""
    return [
        (menu.replace("&", ""), [entry.name for entry in entries if entry is not None])
        for menu, entries in MENUS
    ]


def shortcuts(actions: Mapping[str, QAction]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Actions with shortcuts, by menu."""
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
    """The default shortcuts of an action."""
    # Duplicates would be ambiguous, and Qt then triggers nothing.
    results = {QKeySequence(key).toString(): QKeySequence(key) for key in _ENTRIES[name].keys}
    return [keys for text, keys in results.items() if text]


def changed(choices: Iterable[str]) -> dict[str, str]:
    """The choices in the settings by action; unknown actions are ignored."""
    pairs = (choice.partition("=") for choice in choices)
    return {name: keys for name, sign, keys in pairs if sign and name in _ENTRIES}


def assign(actions: Mapping[str, QAction], choices: Iterable[str]) -> None:
    """Set the shortcuts of all actions."""
    selected = changed(choices)
    for name, action in actions.items():
        if name in selected:
            # The file may have been edited by hand; invalid keys give no shortcut.
            retained = selected[name]
            action.setShortcuts(QKeySequence.listFromString(retained) if retained else [])
        else:
            action.setShortcuts(default_keys(name))


def with_choice(
    choices: Iterable[str], name: str, keys: Sequence[QKeySequence] | None
) -> tuple[str, ...]:
    """The choices with one added; None restores the default."""
    selected = changed(choices)
    selected.pop(name, None)
    if keys is not None and list(keys) != default_keys(name):
        selected[name] = QKeySequence.listToString(list(keys))
    return tuple(f"{item}={text}" for item, text in selected.items())


def owner(actions: Mapping[str, QAction], keys: QKeySequence, but: str) -> str:
    """The name of another action with these keys; "" if they are free."""
    return next((n for n, a in actions.items() if n != but and keys in a.shortcuts()), "")


def rejection(keys: QKeySequence) -> str:
    """Why keys cannot be a shortcut, as a sentence; "" if they can."""
    for used, action in _RESERVED.items():
        if keys == QKeySequence(used):
            return tr("{taken} is always “{what}”. Choose other keys.", taken=used, what=action)
    text = keys.toString()
    if not text or any(f"{key}+" in text for key in ("Ctrl", "Alt", "Meta")):
        return ""
    if text.removeprefix("Shift+") in _UNMODIFIED:
        return ""
    return tr("These keys are needed for typing. Add Ctrl or Alt, or use a function key.")
