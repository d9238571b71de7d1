"""
Among which regions a list is made: those of the county, of the country, or of a group.

Pure. The first region of the link's comparisons that contains regions of the level says where;
without one it is the county of the own region. Which level and group is decided in `scope`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.regions import COUNTRY, Region, county, peers
from dashboard.scope import Scope
from dashboard.url import State


@dataclass(frozen=True)
class Field:
    """The regions that are listed, `codes` by name, and what they lie `inside`; "" for nothing."""

    inside: str
    codes: tuple[str, ...]


def field(chosen: Scope, state: State, places: Mapping[str, Region]) -> Field:
    """The regions that a link lists."""
    if chosen.level == "riket":
        return Field(COUNTRY, chosen.regions)
    if chosen.level == "lan":
        return Field(COUNTRY, chosen.regions)
    if chosen.level == "omrade":
        return Field(_municipality(chosen.own, places), chosen.regions)
    asked = next((code for code in state.jamfor or () if contains(code, places)), None)
    inside = asked or _usual(chosen.own, places)
    return Field(inside, peers(inside, "kommun", places))


def fields(chosen: Scope, shown: Field, places: Mapping[str, Region]) -> tuple[str, ...]:
    """What the municipalities of a list may lie inside: county, country, and every group."""
    if chosen.level != "kommun":
        return ()
    groups = [code for code, one in places.items() if one.level == "group"]
    near = [_usual(chosen.own, places), shown.inside, COUNTRY]
    known = [*near, *(code for code in groups if contains(code, places))]
    return tuple(code for code in dict.fromkeys(known) if code in places)


def contains(code: str, places: Mapping[str, Region]) -> bool:
    """Whether a region is the country, a county, or a union of municipalities."""
    here = places.get(code)
    if here is None or here.level not in {"country", "county", "group"}:
        return False
    return here.level != "group" or any(
        places[one].level == "municipality" for one in here.members if one in places
    )


def _usual(own: str, places: Mapping[str, Region]) -> str:
    """The own region where it contains municipalities; else its county; else the country."""
    if contains(own, places):
        return own
    above = county(places[own], places) if own in places else None
    return above.code if above else COUNTRY


def _municipality(own: str, places: Mapping[str, Region]) -> str:
    """The municipality whose areas are listed; "" where the own region has none."""
    here = places.get(own)
    if here is None or here.level == "municipality":
        return own if here else ""
    return (here.parent or "") if here.level in {"regso", "stadsdel"} else ""
