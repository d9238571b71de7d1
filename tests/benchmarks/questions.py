"""Every SQL question of the panel's pages, with what a page gives it over tables of labour."""

from collections.abc import Callable
from functools import partial
from inspect import getmembers, isfunction
from typing import Any

from dashboard.codes import GroupCodes
from dashboard.data.queries import figures, holdings, sources
from dashboard.data.versions import Warehouse

TABLES = 20
Question = Callable[[Warehouse], Any]
INDICATOR, COUNT, NEWEST = "work_1", "work_2", "2024"
ALL = [f"work_{number}" for number in range(TABLES)]
REGION, COMPARED, AREA = "0127", ["0127", "01", "00"], "0127R001"
MEMBERS = ["0127", "0136", "1280", "0180", "1480"]
FIGURE = (INDICATOR, "_T", NEWEST)

# By module and name; a question that needs nothing but the version is not listed.
GIVEN: dict[str, list[dict[str, Any]]] = {
    "figures.latest_figures": [{"regions": COMPARED}],
    "figures.published_series": [
        {"indicator": INDICATOR, "regions": COMPARED},
        {
            "indicator": INDICATOR,
            "regions": COMPARED,
            "groups": GroupCodes(backgrounds=("SE", "VXEUEES"), sexes=("1", "2")),
        },
        {"indicator": INDICATOR, "regions": COMPARED, "period": NEWEST},
    ],
    "figures.series_of_indicators": [
        {
            "indicators": [INDICATOR, COUNT],
            "regions": COMPARED,
            "backgrounds": ["_T", "SE", "VXEUEES"],
            "sexes": ["_T"],
        }
    ],
    "figures.newest_of_members": [
        {
            "members": MEMBERS,
            "indicators": ALL,
            "segments": ["all"] * len(ALL),
            "ages": [None] * len(ALL),
            "nearest": [None] * len(ALL),
        }
    ],
    "figures.figures_of_level": [
        {
            "indicators": ALL[:8],
            "regions": MEMBERS,
            "backgrounds": ["SE", "SAMUTF"],
            "sexes": ["1", "2"],
        }
    ],
    "figures.criterion_shares": [{"ids": ALL[:6]}],
    "figures.nearest_population": [
        {"regions": MEMBERS, "groups": GroupCodes(backgrounds=("SE", "SAMUTF")), "year": 2020}
    ],
    "figures.headlines": [{"region": REGION}],
    "figures.figures_of_regions": [{"regions": COMPARED, "newest": [FIGURE]}],
    "figures.counts_of_regions": [{"regions": COMPARED, "newest": [FIGURE]}],
    "figures.ranks": [{"figures": [(*FIGURE, 1)]}],
    "figures.background_pairs": [{"regions": COMPARED, "backgrounds": ["SE", "SAMUTF"]}],
    "figures.group_pairs": [
        {"regions": COMPARED, "sexes": ["_T"], "backgrounds": ["SE", "VXEUEES"]},
        {"regions": COMPARED, "sexes": ["1", "2"], "backgrounds": ["_T"]},
    ],
    "holdings.revisions": [{"most": 5}],
    "holdings.standing_regions": [{"codes": [AREA, f"{AREA}_RegSO2025"]}],
    "holdings.indicators_of_areas": [{}, {"within": REGION}],
    "holdings.coverage_of_region": [{"region": REGION}],
    "holdings.has_numbers": [{"indicator": INDICATOR}],
    "holdings.existing_groups": [{"indicator": INDICATOR}],
    "holdings.groups_of_regions": [{"indicator": INDICATOR, "regions": COMPARED}],
    "sources.indicator_sources": [{"indicators": [INDICATOR]}],
    "sources.source_notes": [{"indicators": [INDICATOR]}],
}


def questions() -> dict[str, Question]:
    """Every public question by name, numbered where a page asks it in several ways."""
    found: dict[str, Question] = {}
    for module in (figures, holdings, sources):
        for name, asked in getmembers(module, isfunction):
            if asked.__module__ != module.__name__ or name.startswith("_"):
                continue
            full = f"{module.__name__.rpartition('.')[2]}.{name}"
            ways = GIVEN.get(full, [{}])
            for number, given in enumerate(ways, 1):
                found[full if len(ways) == 1 else f"{full} {number}"] = partial(asked, **given)
    return found
