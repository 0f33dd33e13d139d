"""What a name that nobody told of costs among many identities."""

import pytest

from workbench.library import Library
from workbench.memory.claims import identity


@pytest.mark.slow
def test_an_unknown_name_is_not_compared_by_way_of_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0
    literally = identity.literally

    def counted(*given: object) -> bool:
        nonlocal compared
        compared += 1
        return literally(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(identity, "literally", counted)
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(f"The plan of Orla{n} is tier{n}." for n in range(60)))
        assert library.facts.value("What is the plan of Zorro9?") is None
        assert compared < 200_000
        value = library.facts.value("What is the plan of Orla7?")
        assert value is not None
        assert value.value == "tier7"
