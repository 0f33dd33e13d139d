"""Desks that share a library through folders, which a careless synchroniser keeps alike."""

import random
import shutil
from pathlib import Path
from typing import Any

from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.library.options import Marks, SourceDetails
from workbench.memory.group.records import GroupConfig
from workbench.store.shared_state import scan


def said(library: Library) -> dict[str, Any]:
    """Everything that a library says, by key: equal on desks that have the same."""
    with library._core.store.read() as connection:
        config = GroupConfig.load(connection)
        assert config is not None
        return {k: i.value for k, i in scan(connection, config.view(connection)).items()}


class Desk:
    """A library that shares through a folder of its own."""

    def __init__(self, home: Path, name: str, person: str = "") -> None:
        home.mkdir()
        self.home, self.name = home, name
        self.folder = home / "shared"
        self.folder.mkdir()
        self.library = Library.open(home / f"{name}.brain")
        self.library.group.join(str(self.folder), name=name, person=person)
        #: Texts told here, and texts taken away or reworded here.
        self.told: set[str] = set()
        self.gone: set[str] = set()

    def close(self) -> None:
        self.library.close()

    def reopen(self) -> None:
        """Open its library again."""
        self.library = Library.open(self.home / f"{self.name}.brain")

    def files(self) -> set[str]:
        """The files of its folder, relative to it."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix() for path in found}

    # -- random edits -----------------------------------------------------------------------------

    def edit(self, chance: random.Random) -> None:
        """Make one random edit through the public calls; what is impossible now is left."""
        edits = [
            self._tell, self._tell, self._tell, self._reword, self._forget, self._mark, self._label,
            self._variable, self._drop_note, self._collect, self._rename, self._remove_collection,
            self._file, self._assign, self._tag, self._describe, self._highlight, self._trash,
            self._delete, self._undo,
        ]  # fmt: skip
        try:
            chance.choice(edits)(chance)
        except WorkbenchError:
            # Such as the undo of nothing, or a name that is taken.
            return

    def _scope(self, chance: random.Random) -> str | None:
        names = [c.collection for c in self.library.collections.scopes() if c.collection]
        return chance.choice([None, *names])

    def _facts(self) -> list[Any]:
        return [
            fact
            for name in [
                None,
                *(c.collection for c in self.library.collections.scopes() if c.collection),
            ]
            for fact in self.library.facts.list(collection=name)
            if fact.kind == "fact"
        ]

    def _tell(self, chance: random.Random) -> None:
        text = f"The code of room {chance.randrange(60)} is {chance.choice('abc')}"
        source = chance.choice([None, None, "Ann", "Ben"])
        if self.library.facts.tell(text, collection=self._scope(chance), source=source).new:
            self.told.add(text)
        self.gone.discard(text)

    def _reword(self, chance: random.Random) -> None:
        fact = chance.choice(self._facts() or [None])
        if fact is not None:
            text = f"The code of room {chance.randrange(60)} is {chance.choice('xyz')}"
            self.library.facts.edit(fact.id, text)
            self.gone.add(fact.text)
            self.told.add(text)

    def _forget(self, chance: random.Random) -> None:
        fact = chance.choice(self._facts() or [None])
        if fact is not None and self.library.facts.forget(fact.id):
            self.gone.add(fact.text)

    def _mark(self, chance: random.Random) -> None:
        fact = chance.choice(self._facts() or [None])
        if fact is not None:
            self.library.memory.mark(
                fact.id, Marks(priority=chance.randrange(6), trust=chance.choice([None, 0.5]))
            )

    def _label(self, chance: random.Random) -> None:
        fact, tag = chance.choice(self._facts() or [None]), chance.choice(["sea", "land"])
        if fact is not None:
            self.library.memory.mark(
                fact.id, Marks(tags=(tag,)) if chance.random() < 0.6 else Marks(untag=(tag,))
            )

    def _variable(self, chance: random.Random) -> None:
        self.library.notes.add("variable", f"{chance.randrange(9)}", key=chance.choice("pqr"))

    def _drop_note(self, chance: random.Random) -> None:
        notes = self.library.notes.list()
        if notes:
            self.library.notes.remove(chance.choice(notes).id)

    def _collect(self, chance: random.Random) -> None:
        self.library.collections.create(chance.choice(["North", "South", "East"]))

    def _rename(self, chance: random.Random) -> None:
        scope = self._scope(chance)
        if scope is not None:
            self.library.collections.change(scope, name=f"{scope[:5]} {chance.randrange(3)}")

    def _remove_collection(self, chance: random.Random) -> None:
        scope = self._scope(chance)
        if scope is not None and chance.random() < 0.3:
            self.library.collections.remove(scope)

    def _file(self, chance: random.Random) -> None:
        number = chance.randrange(8)
        path = self.home / f"harbour {number}.txt"
        path.write_text(
            f"Harbour {number} was built in {1880 + number}. It has {number + 2} piers.\n\n"
            f"The crane of harbour {number} stands on pier two."
        )
        self.library.add(path)

    def _source(self, chance: random.Random) -> int | None:
        sources = self.library.sources.list()
        return chance.choice(sources).id if sources else None

    def _assign(self, chance: random.Random) -> None:
        source, scope = self._source(chance), self._scope(chance)
        if source is not None and scope is not None:
            self.library.collections.assign([source], scope, remove=chance.random() < 0.3)

    def _tag(self, chance: random.Random) -> None:
        source = self._source(chance)
        if source is not None:
            name = chance.choice(["port", "Stone"])
            self.library.sources.tag([source], name, remove=chance.random() < 0.3)

    def _describe(self, chance: random.Random) -> None:
        source = self._source(chance)
        if source is not None:
            self.library.sources.edit(
                [source],
                SourceDetails(title=f"Title {chance.randrange(5)}"),
                as_read=chance.random() < 0.2,
            )

    def _highlight(self, chance: random.Random) -> None:
        source = self._source(chance)
        if source is not None:
            note = f"note {chance.randrange(4)}"
            self.library.notes.highlight(source, 0, chance.choice([7, 9]), note=note)

    def _trash(self, chance: random.Random) -> None:
        trashed = self.library.sources.list(trashed=True)
        if trashed and chance.random() < 0.6:
            self.library.sources.trash([chance.choice(trashed).id], restore=True)
        elif (source := self._source(chance)) is not None:
            self.library.sources.trash([source])

    def _delete(self, chance: random.Random) -> None:
        trashed = self.library.sources.list(trashed=True)
        if trashed and chance.random() < 0.4:
            self.library.sources.delete([trashed[0].id])

    def _undo(self, chance: random.Random) -> None:
        if chance.random() < 0.5:
            # It may bring back a statement or take one away.
            before = {fact.text for fact in self._facts()}
            self.library.undo()
            after = {fact.text for fact in self._facts()}
            self.gone |= before - after
            self.gone -= after - before
            self.told |= after - before


def carry(desks: list[Desk], chance: random.Random, *, all: bool = False) -> None:
    """Copy files between the folders of desks: some, cut off, twice, in any order; or all."""
    for source in desks:
        for target in desks:
            missing = sorted(source.files() - target.files())
            chance.shuffle(missing)
            for name in missing:
                if Path(name).name.startswith("."):
                    continue
                place = target.folder / name
                place.parent.mkdir(parents=True, exist_ok=True)
                luck = 0.0 if all else chance.random()
                if luck < 0.5:
                    shutil.copyfile(source.folder / name, place)
                elif luck < 0.6:
                    content = (source.folder / name).read_bytes()
                    place.write_bytes(content[: len(content) // 2])
                elif luck < 0.7:
                    copy = place.with_name(f"{place.stem} (conflicted copy){place.suffix}")
                    shutil.copyfile(source.folder / name, copy)
    if all:
        _complete(desks)


def _complete(desks: list[Desk]) -> None:
    """Replace what was cut off."""
    for source in desks:
        for target in desks:
            for name in source.files() & target.files():
                there, here = source.folder / name, target.folder / name
                if there.stat().st_size > here.stat().st_size:
                    shutil.copyfile(there, here)
