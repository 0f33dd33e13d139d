"""How one left the Associations tab, as the settings keep it from start to start."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.ui.associations.walk import TAGS, Expansion, Sifting, Walk

#: Concepts opened and places of concepts that are kept.
_MOST_OPENED, _MOST_PLACES = 24, 400


@dataclass(frozen=True, slots=True)
class Kept:
    """The library's file, the concept in the middle, what was opened, sifted and moved where."""

    library: str
    centre: int
    opened: tuple[int, ...] = ()
    sifting: Sifting = field(default_factory=Sifting)
    collection: str | None = None
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def written(self) -> str:
        """As the settings keep it."""
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
        """What the settings keep; None where that is nothing of the sort."""
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
        """A walk to be looked up anew: which concepts are open, and nothing else of them."""
        return Walk(self.centre, opened=dict.fromkeys(self.opened, Expansion(0, 0)))
