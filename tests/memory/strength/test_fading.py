"""The list of what fades: reviewed, reinforced or let go, and never by looking at all there is."""

from pathlib import Path

import pytest

from tests.clock import Clock
from tests.memory.strength.remembered import read
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.fading import fading_list
from workbench.memory.plasticity import DAY, DEFAULTS
from workbench.store import strengths
from workbench.store.strengths import StrengthRow


def listed(library: Library, collection: str | None = None, days: float = 7) -> list[int]:
    return [each.engram for each in library.memory.fading(collection, within_days=days).items]


def test_t5_what_fades_next_comes_first_by_the_half_life_of_its_kind(
    library: Library, clock: Clock
) -> None:
    (old,) = library.facts.tell("The lamp is in the shed.").new
    clock.days(60)
    (plan,) = library.facts.tell(
        "We chose the red paint.", options=TellOptions(kind="decision", expires_days=900)
    ).new
    clock.days(4)
    (key,) = library.facts.tell("The blue key opens bay 3.").new
    assert listed(library) == [old]
    (item,) = library.memory.fading().items
    assert item.text == "The lamp is in the shed."
    assert 0 < item.fades_at - clock.now < 7 * DAY
    assert item.strength == pytest.approx(2**-1.85, rel=0.05)
    assert (item.collection, item.source, item.archived) == (None, None, False)
    found = library.memory.strength(old)
    assert found is not None
    assert found.after(item.fades_at - clock.now) == pytest.approx(DEFAULTS.faded)
    assert listed(library, days=300) == [old, plan, key]
    clock.days(300)
    # All have faded: the last one to do so comes first.
    assert listed(library) == [key, plan, old]
    assert library.memory.fading().complete
    assert library.memory.fading().total == 3


def test_t5_what_is_stronger_than_new_is_whole(library: Library, clock: Clock) -> None:
    (id,) = library.facts.tell("The lamp is in the shed.").new
    library.memory.reinforce(id)
    (whole,) = library.memory.fading(within_days=900).items
    assert whole.strength == 1.0
    clock.days(300)
    (left,) = library.memory.fading().items
    assert 0 < left.strength < 0.05


def test_t5_reinforced_reviewed_or_let_go(library: Library, clock: Clock) -> None:
    ids = list(library.facts.tell("The lamp is lit.\nThe gate is shut.\nThe boat is dry.").new)
    clock.days(65)
    assert sorted(listed(library)) == ids
    assert library.memory.reinforce(ids[0]).count == 1
    assert library.memory.mark([ids[1]], Marks(archived=True)) == 1
    library.memory.mark([ids[2]], Marks(review=True))
    assert listed(library) == [ids[2]]
    assert library.memory.fading().items[0].review_due == clock.now + DAY
    assert library.memory.mark([ids[1]], Marks(archived=False)) == 1
    assert sorted(listed(library)) == ids[1:]
    assert not library._store.rows("SELECT 1 FROM strength WHERE engram = ?", (ids[1],))
    clock.days(200)
    assert sorted(listed(library)) == ids
    library.memory.mark([ids[0]], Marks(pinned=True))
    with pytest.raises(UsageError, match="pinned"):
        library.memory.mark([*ids], Marks(archived=True))
    assert sorted(listed(library)) == ids[1:]


def test_t5_what_is_pinned_expired_superseded_or_in_the_trash_is_not_asked_about(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("The plan of the club is free.")
    (now,) = library.facts.tell("The plan of the club is paid.").new
    (pinned,) = library.facts.tell("The lamp is in the shed.").new
    library.facts.tell("Buy stamps.", options=TellOptions(kind="todo", expires_days=3))
    library.memory.mark([pinned], Marks(pinned=True))
    flint, chalk = read(library, ["The flint lies in the river bed.", "The chalk lies above."])
    library.memory.reinforce(flint)
    clock.days(400)
    (item, *more) = library.memory.fading().items
    assert [item.engram, *(each.engram for each in more)] == [flint, now]
    assert item.title == "A Book"
    # Sentences are only in it once they were used.
    assert chalk not in listed(library)
    assert item.source is not None
    library.sources.trash([item.source])
    assert listed(library) == [now]
    library.sources.trash([item.source], restore=True)
    assert listed(library) == [flint, now]


def test_t5_a_deliberate_recall_is_taken_back_exactly(library: Library, clock: Clock) -> None:
    new, old, moved = (
        library.facts.tell(words).new[0]
        for words in ("The flint lies in the shed", "The weir is of oak", "The mill is shut")
    )
    library.memory.reinforce(old, moved)
    clock.now += 9 * DAY
    before = [library.memory.strength(id) for id in (new, old)]
    file = library._store.read
    with file() as connection:
        rows = connection.execute("SELECT * FROM strength ORDER BY 1").fetchall()
    done = library.memory.reinforce(new, old, moved, 99_999)
    assert done.count == 3
    assert library.memory.strength(new) != before[0]
    clock.now += 60
    library.memory.reinforce(moved)
    clock.now -= 60
    # What was used since keeps that.
    undone = library.undo(run=done.change)
    assert (undone.rows, undone.left) == (3, 1)
    assert [library.memory.strength(id) for id in (new, old)] == before
    with file() as connection:
        now = connection.execute("SELECT * FROM strength ORDER BY 1").fetchall()
        assert [row for row in now if row[0] != moved] == [row for row in rows if row[0] != moved]
    with pytest.raises(NotFoundError, match="already undone"):
        library.undo(run=done.change)
    assert library.memory.reinforce().count == 0


def test_t5_a_collection_has_its_own_list(library: Library, clock: Clock) -> None:
    (own,) = library.facts.tell("The lamp is in the shed.").new
    (garden,) = library.facts.tell("The hedge is cut.", collection="garden").new
    (flint,) = read(library, ["The flint lies in the river bed."])
    source = library.sources.list()[0].id
    library.collections.assign([source], "garden")
    library.memory.reinforce(garden)
    library.memory.reinforce(flint)
    clock.days(900)
    assert sorted(listed(library, "garden")) == sorted([garden, flint])
    assert sorted(listed(library)) == sorted([own, garden, flint])
    assert {each.collection for each in library.memory.fading("garden").items} == {"garden", None}
    with pytest.raises(NotFoundError):
        library.memory.fading("orchard")
    with pytest.raises(UsageError):
        library.memory.fading(within_days=-1)


def test_a_page_says_of_how_many(library: Library, clock: Clock) -> None:
    library.facts.tell(
        "\n".join(f"Locker {place} belongs to barge {place}." for place in range(900))
    )
    clock.days(80)
    page = library.memory.fading(limit=10)
    assert len(page.items) == 10
    assert not page.complete
    assert page.total == pytest.approx(900, rel=0.05)
    assert library.memory.fading(limit=0).items == ()


def test_the_list_is_right_whatever_wrote_the_strengths(
    library: Library, clock: Clock, tmp_path: Path
) -> None:
    ids = library.facts.tell("The lamp is lit.\nThe gate is shut.").new
    library.memory.reinforce(*ids)
    clock.days(30)
    assert listed(library) == []
    store = library._store
    # Some other room makes one of them weak, and says nothing of when it will have faded.
    store.write(lambda c: strengths.store(c, [StrengthRow(ids[0], 0.26, clock.now, 1, came=1.0)]))
    assert listed(library) == [ids[0]]
    store.write(lambda c: c.execute("UPDATE strength SET weight = 0.2 WHERE engram = ?", (ids[1],)))
    assert sorted(listed(library)) == sorted(ids)
    library._core.fact_index.strengths.flush()
    assert not store.rows("SELECT 1 FROM strength WHERE fades = 0")
    assert sorted(listed(library)) == sorted(ids)


def test_the_index_of_what_was_used_agrees_with_working_it_out(
    library: Library, clock: Clock
) -> None:
    ids = library.facts.tell("\n".join(f"Barge {n} carries coal." for n in range(40))).new
    for place, id in enumerate(ids):
        for _ in range(place % 4):
            clock.days(1.3)
            library.memory.reinforce(id)
    for days in (20, 100, 200, 400, 900):
        clock.days(days)
        found = library.memory.fading(limit=fading_list._PAGE_LIMIT, within_days=10)
        wanted = {
            id
            for id in ids
            if (held := library.memory.strength(id)) is not None
            and held.after(10 * DAY) <= DEFAULTS.faded * (1 + 1e-9)
        }
        assert {each.engram for each in found.items} == wanted
        assert found.total == len(wanted)
