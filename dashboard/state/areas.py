"""
Which areas of a municipality are listed: the neighbourhoods of the 2010 report, and its RegSO.

Pure. An area of the RegSO division of 2020 and one of 2025 are never listed together. Which
figures they have, and what may be compared, is decided elsewhere.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.data.observation import Observation
from dashboard.rules.order import ALPHABET
from dashboard.state.comparison import default_comparison
from dashboard.state.regions import Region, county
from etl.catalogue import Lang
from etl.measures import expected

SMALL = frozenset({"regso", "stadsdel"})
TOGETHER = "stadsdelar-"  # what stands for all neighbourhoods of a county is none of them
MOST = 5  # chosen areas in one chart


@dataclass(frozen=True)
class Within:
    """
    Where the areas lie: a municipality, or a county whose neighbourhoods alone are listed.

    `own` is the region of the link, which may be one of them; `beside` are the larger regions
    that they are shown beside, the nearest first.
    """

    own: str
    place: str
    neighbourhoods: tuple[str, ...]
    areas: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All that may be listed."""
        return (*self.neighbourhoods, *self.areas)


def within(own: str, places: Mapping[str, Region]) -> Within | None:
    """The areas that a link's region leads to; None where a municipality must be chosen first."""
    here = places.get(own)
    if here is None:
        return None
    place = (here.parent or "") if here.level in SMALL else own
    found = places.get(place)
    near = neighbourhoods(place, places)
    if found is None or not (found.level == "municipality" or (found.level == "county" and near)):
        return None
    inside = [one for one in places.values() if one.level == "regso" and one.parent == place]
    if found.level == "county":
        inside = [places[code] for code in members(near, places)]
    areas = tuple(one.code for one in _by_name(inside))
    return Within(own, place, near, areas, (place, *default_comparison(found, places)))


def neighbourhoods(place: str, places: Mapping[str, Region]) -> tuple[str, ...]:
    """The neighbourhoods of a municipality or county, by name; of the country, all."""
    found = [
        one
        for one in places.values()
        if one.level == "stadsdel"
        and not one.code.startswith(TOGETHER)
        and place in {one.parent, _county(one, places), "00"}
    ]
    return tuple(one.code for one in _by_name(found))


def members(codes: Collection[str], places: Mapping[str, Region]) -> tuple[str, ...]:
    """The areas of some neighbourhoods, of both divisions, each once."""
    every = (member for code in codes for member in places[code].members)
    return tuple(dict.fromkeys(code for code in every if code in places))


def homes(places: Mapping[str, Region]) -> dict[str, tuple[str, ...]]:
    """The municipalities that have neighbourhoods, by name, with them."""
    found: dict[str, list[str]] = {}
    for code in neighbourhoods("00", places):
        found.setdefault(places[code].parent or "", []).append(code)
    towns = _by_name([places[code] for code in found if code in places])
    return {one.code: tuple(found[one.code]) for one in towns}


def divided(
    seen: Sequence[Observation], codes: Collection[str], places: Mapping[str, Region]
) -> tuple[str, ...]:
    """The areas of the one division that a year's figures follow: the one with most numbers."""
    known = [places[one.region] for one in seen if one.present and one.region in places]
    counted = Counter(one.division for one in known if one.level == "regso")
    shown = max(counted, key=lambda name: (counted[name], name or ""), default=None)
    return tuple(code for code in codes if shown and places[code].division == shown)


def older(region: Region) -> tuple[str, ...]:
    """The members of a neighbourhood as its list names them, in the division of 2020."""
    return expected(region.members, newer=False)


def short(region: Region, lang: Lang) -> str:
    """A name without the municipality in brackets."""
    return region.name(lang).partition(" (")[0]


def member_names(region: Region, places: Mapping[str, Region], lang: Lang) -> list[str]:
    """The members of a neighbourhood with their codes: "Albyberget (0127R001)"."""
    return [
        f"{short(places[code], lang)} ({code})" if code in places else code
        for code in older(region)
    ]


def _county(region: Region, places: Mapping[str, Region]) -> str:
    above = county(region, places)
    return above.code if above else ""


def _by_name(regions: Sequence[Region]) -> list[Region]:
    return sorted(regions, key=lambda one: (one.called.casefold().translate(ALPHABET), one.code))
