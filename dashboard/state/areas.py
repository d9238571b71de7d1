"""
Which areas of a municipality are listed: the neighbourhoods of the 2010 report, and its RegSO.

Pure. An area of the RegSO division of 2020 and one of 2025 are never listed together. Which
figures they have, and what may be compared, is decided elsewhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.data.observation import Observation
from dashboard.rules.order import ALPHABET
from dashboard.state.comparison import default_comparison
from dashboard.state.regions import AREA_LEVELS, Region, county, without_twins
from dashboard.text import term
from etl.catalogue import Lang
from etl.catalogue.regions import BOTH_DIVISIONS, COUNTRY
from etl.measures.unions import expected_members

_UNION_PREFIX = "stadsdelar-"  # the union of all neighbourhoods of a county is none of them
MOST_AREAS = 5  # chosen areas in one chart


@dataclass(frozen=True)
class AreaScope:
    """
    Where the areas lie: a municipality, or a county whose neighbourhoods alone are listed.

    `region` is that of the link, which may be one of them; `within` the municipality or county;
    `larger` are the regions that they are compared with, the nearest first.
    """

    region: str
    within: str
    neighbourhoods: tuple[str, ...]
    areas: tuple[str, ...]
    larger: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """All that may be listed."""
        return (*self.neighbourhoods, *self.areas)


def area_scope(code: str, regions: Mapping[str, Region]) -> AreaScope | None:
    """The areas that a link's region leads to; None where a municipality must be chosen first."""
    region = regions.get(code)
    if region is None:
        return None
    within = regions.get((region.parent or "") if region.level in AREA_LEVELS else code)
    if within is None or within.level not in {"municipality", "county"}:
        return None
    near = neighbourhoods(within.code, regions)
    if within.level == "county" and not near:
        return None
    if within.level == "county":
        areas = [regions[member] for member in _member_areas(near, regions)]
    else:
        areas = [
            area
            for area in regions.values()
            if area.level == "regso" and area.parent == within.code
        ]
    codes = tuple(area.code for area in _by_name(areas))
    larger = (within.code, *default_comparison(within, regions))
    return AreaScope(code, within.code, near, codes, larger)


def neighbourhoods(code: str, regions: Mapping[str, Region]) -> tuple[str, ...]:
    """The neighbourhoods of a municipality or county, by name; of the country, all."""
    inside = [
        region
        for region in regions.values()
        if region.level == "stadsdel"
        and not region.code.startswith(_UNION_PREFIX)
        and (code in {region.parent, COUNTRY} or code == _county(region, regions))
    ]
    return tuple(region.code for region in _by_name(inside))


def _member_areas(codes: Collection[str], regions: Mapping[str, Region]) -> tuple[str, ...]:
    """The areas of some neighbourhoods, of both divisions, each once."""
    members = (member for code in codes for member in regions[code].members)
    return tuple(dict.fromkeys(member for member in members if member in regions))


def neighbourhoods_by_municipality(regions: Mapping[str, Region]) -> dict[str, tuple[str, ...]]:
    """The municipalities that have neighbourhoods, by name, with them."""
    inside: dict[str, list[str]] = {}
    for code in neighbourhoods(COUNTRY, regions):
        inside.setdefault(regions[code].parent or "", []).append(code)
    municipalities = _by_name([regions[code] for code in inside if code in regions])
    return {region.code: tuple(inside[region.code]) for region in municipalities}


def areas_of_one_division(
    observations: Sequence[Observation], codes: Collection[str], regions: Mapping[str, Region]
) -> tuple[str, ...]:
    """
    The areas of the one division that a year's figures follow: the one with most numbers.

    Those that are the same in both divisions are among them.
    """
    present = [
        regions[observation.region].division
        for observation in observations
        if observation.present and observation.region in regions
    ]
    counts = Counter(division for division in present if division)
    apart = [name for name in counts if name != BOTH_DIVISIONS]
    division = max(apart, key=lambda name: (counts[name], name), default=None)
    followed = ({division} if division else set()) | (counts.keys() & {BOTH_DIVISIONS})
    return tuple(code for code in codes if regions[code].division in followed)


def older_members(region: Region) -> tuple[str, ...]:
    """The members of a neighbourhood as its list names them, in the division of 2020."""
    return expected_members(region.members, newer=False)


def short_name(region: Region, lang: Lang) -> str:
    """A name without the municipality and what else stands in brackets."""
    return region.name(lang).partition(" (")[0]


def name_in_list(region: Region, lang: Lang) -> str:
    """An area as its municipality lists it; one whose border changed with its division."""
    name = short_name(region, lang)
    if not region.border_changed:
        return name
    year = str(region.division)[-4:]
    return f"{name} ({term('of_division', lang, year=year)})"


def names_in_list(
    codes: Iterable[str], regions: Mapping[str, Region], lang: Lang
) -> dict[str, str]:
    """Areas by code as they are listed together; those of one name with their municipality."""
    known = [regions[code] for code in codes if code in regions]
    short = {region.code: name_in_list(region, lang) for region in known}
    named = Counter(short.values())
    return without_twins(
        {
            region.code: region.name(lang) if named[short[region.code]] > 1 else short[region.code]
            for region in known
        }
    )


def member_names(region: Region, regions: Mapping[str, Region], lang: Lang) -> list[str]:
    """The members of a neighbourhood with their codes: "Albyberget (0127R001)"."""
    return [
        f"{short_name(regions[code], lang)} ({code})" if code in regions else code
        for code in older_members(region)
    ]


def _county(region: Region, regions: Mapping[str, Region]) -> str:
    above = county(region, regions)
    return above.code if above else ""


def _by_name(regions: Sequence[Region]) -> list[Region]:
    return sorted(
        regions, key=lambda region: (region.called.casefold().translate(ALPHABET), region.code)
    )
