"""The state of the Associations tab, saved in the settings between sessions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.ui.associations.walk import TAGS, Expansion, Sifting, Walk

#: Maximum numbers of expanded concepts and positions to save.
_MOST_OPENED, _MOST_PLACES = 24, 400


@dataclass(frozen=True, slots=True)
class Kept:
    """The library's file, the central concept, expanded concepts, filter, scope and positions."""

    library: str
    centre: int
    opened: tuple[int, ...] = ()
    sifting: Sifting = field(default_factory=Sifting)
    collection: str | None = None
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def written(self) -> str:
        """Serialise to JSON."""
        sifting = self.sifting
        return json.dumps(
            {
                "library": self.library,
                "centre": self.centre,
                "opened": self.opened[:_MOST_OPENED],
                "tags": sorted(sifting.tags),
                "kinds": sorted(sifting.kinds),
                "together": sifting.together,
                "collection": self.collection,
                "places": [
                    [id, round(x, 1), round(y, 1)]
                    for id, (x, y) in tuple(self.places.items())[:_MOST_PLACES]
                ],
            }
        )

    @classmethod
    def read(cls, text: str) -> "Kept | None":
        """Parse saved JSON; None if malformed."""
        try:
            result = json.loads(text)
            sifting = Sifting(
                frozenset(tag for tag in result["tags"] if tag in TAGS),
                frozenset(map(str, result["kinds"])),
                result["together"] is True,
            )
            collection = result["collection"]
            return cls(
                str(result["library"]),
                int(result["centre"]),
                tuple(map(int, result["opened"])),
                sifting,
                collection if isinstance(collection, str) else None,
                {int(id): (float(x), float(y)) for id, x, y in result["places"]},
            )
        except (ValueError, TypeError, KeyError):
            return None

    def walk(self) -> Walk:
        """A walk to reload, with the expanded concepts only."""
        return Walk(self.centre, opened=dict.fromkeys(self.opened, Expansion(0, 0)))
