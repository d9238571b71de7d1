"""
One group over the regions of a level: what the views beside the line chart show.

Pure. It knows which levels and groups exist for an indicator; whatever the link asked for and
cannot have is said in a sentence, and the nearest that exists is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.regions import Region, inline, peers
from dashboard.text import term
from dashboard.url import Level, State
from dashboard.view import FOREIGN_BORN, group, own_region, sentences
from etl.catalogue import TOTAL, Catalogue

LEVELS: Mapping[Level, str] = MappingProxyType(
    {"kommun": "municipality", "lan": "county", "omrade": "regso", "riket": "country"}
)
Group = tuple[str, str, str]  # (background, sex, education)
Existing = frozenset[tuple[str, str, str, str]]  # (level as in the warehouse, *Group)


@dataclass(frozen=True)
class Scope:
    """An indicator for one group, the own region, and those listed with it, by name."""

    indicator: str
    own: str
    level: Level
    regions: tuple[str, ...]
    background: str
    sex: str
    education: str

    @property
    def group(self) -> Group:
        """Whom the figures are about."""
        return self.background, self.sex, self.education


def levels(existing: Existing) -> tuple[Level, ...]:
    """The levels that an indicator has figures of, as the menus list them."""
    found = {level for level, *_ in existing}
    return tuple(level for level, name in LEVELS.items() if name in found)


def groups(existing: Existing, level: Level) -> frozenset[Group]:
    """The groups that exist at a level."""
    return frozenset(
        (background, sex, education)
        for name, background, sex, education in existing
        if name == LEVELS[level]
    )


def scoped(
    state: State,
    indicator: str,
    *,
    catalogue: Catalogue,
    places: Mapping[str, Region],
    existing: Existing,
) -> tuple[Scope, list[str]]:
    """What a link asks of an indicator, and a sentence for everything that it cannot have."""
    own, said = own_region(state, places)
    said += sentences(state.notices, state.lang)
    offered = levels(existing)
    level = state.niva if state.niva in offered or not offered else offered[0]
    if level != state.niva != State().niva:
        said.append(term("no_level", state.lang, level=term(f"niva_{state.niva}", state.lang)))
    wanted = (state.bakgrund[0], state.kon[0], state.utb[0])
    known = groups(existing, level)
    shown = wanted if wanted in known or not known else usual(known)
    if shown != wanted != (TOTAL, TOTAL, TOTAL):
        what = group(catalogue, *wanted[:2], education=wanted[2], lang=state.lang)
        place = inline(places[own], state.lang) if own in places else own
        said.append(term("no_combination_for", state.lang, region=place, what=what))
    background, sex, education = shown
    listed = peers(own, level, places)
    return Scope(indicator, own, level, listed, background, sex, education), said


def usual(known: Iterable[Group]) -> Group:
    """Everybody; where the source has only groups, all foreign-born or the first."""
    order = sorted(known, key=lambda one: (one[1:] != (TOTAL, TOTAL), one))
    for background in (TOTAL, FOREIGN_BORN):
        if (background, TOTAL, TOTAL) in order:
            return background, TOTAL, TOTAL
    return order[0]
