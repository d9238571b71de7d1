"""
The 17 neighbourhoods of the report: their union, their members' names, and who confirmed them.

An edge: it reads the list of neighbourhoods. Members are those of the warehouse.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import TOTAL, Lang, Text
from etl.measures import Union, expected

COUNTY = "01"
COUNTRY = "00"
AREAS = "stadsdelar-01"  # all neighbourhoods of the report together
ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES")
Kind = Literal["regions", "groups", "measures", "pair", "strips"]


@dataclass(frozen=True)
class Drawing:
    """
    One chart: lines of `regions`, of `groups` or of several `measures`, a pair of years, strips.

    `years` are the two of a pair.
    """

    key: str
    kind: Kind
    indicator: str
    regions: tuple[str, ...] = (COUNTY,)
    groups: tuple[str, ...] = (TOTAL,)
    measures: tuple[str, ...] = ()
    years: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Figure:
    """One figure of the report."""

    number: int
    drawings: tuple[Drawing, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The measures it shows, each once, in order."""
        every = (id for one in self.drawings for id in one.measures or (one.indicator,))
        return tuple(dict.fromkeys(every))


FIGURES = (
    Figure(
        1,
        (
            Drawing(
                "net_migration",
                "measures",
                "net_migration",
                measures=("net_migration", "net_migration_abroad", "net_migration_domestic"),
            ),
        ),
    ),
    Figure(2, (Drawing("background", "pair", "foreign_background_share", years=("2003", "2009")),)),
    Figure(
        3,
        (
            Drawing("unemployment", "regions", "open_unemployment", regions=(COUNTY, COUNTRY)),
            Drawing(
                "area_unemployed",
                "regions",
                "area_unemployed_share",
                regions=(AREAS, COUNTY, COUNTRY),
            ),
        ),
    ),
    Figure(4, (Drawing("employment", "groups", "employment_rate", groups=ORIGINS),)),
    Figure(5, (Drawing("eligibility", "groups", "upper_secondary_eligibility", groups=ORIGINS),)),
    Figure(
        6,
        (Drawing("studying", "regions", "studying_20_24", regions=(AREAS, COUNTY, COUNTRY)),),
    ),
    Figure(
        7,
        (
            Drawing("movers", "regions", "mover_balance"),
            Drawing("movers_areas", "strips", "mover_balance"),
        ),
    ),
)


FILE = Path(__file__).parents[3] / "data" / "regions" / "stadsdelar.csv"


def neighbourhoods(places: Mapping[str, Region]) -> tuple[Region, ...]:
    """The neighbourhoods of the county, by name."""
    every = (one for one in places.values() if one.level == "stadsdel" and one.code != AREAS)
    return tuple(one for one in every if (one.parent or "").startswith(COUNTY))


def together(places: Mapping[str, Region]) -> Union:
    """All of them as one union, of the members of all divisions."""
    members = dict.fromkeys(code for one in neighbourhoods(places) for code in one.members)
    return Union(AREAS, tuple(sorted(members)))


def with_union(visit: Visit) -> Visit:
    """The visit, with the union among its places."""
    union = together(visit.places)
    where = Text(sv=term("report_areas_where", "sv"), en=term("report_areas_where", "en"))
    region = Region(
        AREAS,
        term("report_areas", visit.lang),
        "stadsdel",
        COUNTY,
        where,
        members=union.members,
    )
    return replace(visit, places={**visit.places, AREAS: region}) if union.members else visit


def members(places: Mapping[str, Region], lang: Lang) -> dict[str, str]:
    """Each member of the older division by code, with the neighbourhood where it says more."""
    named = {}
    for one in neighbourhoods(places):
        short = _short(one, lang)
        for code in expected(one.members, newer=False):
            inside = _short(places[code], lang) if code in places else code
            told = inside in short.split("-") or inside.startswith(short)
            named[code] = inside if told else f"{short}: {inside}"
    return named


def listed(places: Mapping[str, Region], lang: Lang) -> list[tuple[str, str]]:
    """Each neighbourhood with its members in words: "Albyberget (0127R001), …"."""
    return [
        (
            one.name(lang),
            ", ".join(
                f"{_short(places[code], lang)} ({code})" if code in places else code
                for code in expected(one.members, newer=False)
            ),
        )
        for one in neighbourhoods(places)
    ]


def confirmed(path: Path = FILE) -> str:
    """The latest day on which somebody confirmed the list, "" when nobody has."""
    with path.open(encoding="utf-8", newline="") as lines:
        days = [row["confirmed_on"] for row in csv.DictReader(lines)]
    return max(days, default="") if all(days) else ""


def _short(one: Region, lang: Lang) -> str:
    """Its name without the municipality in brackets."""
    return one.name(lang).partition(" (")[0]
