"""
The 17 neighbourhoods of the report: their union, their members' names, and who confirmed them.

An edge: it reads the list of neighbourhoods. Members are those of the warehouse.
"""

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dashboard.regions import Region
from dashboard.report.drawings import AREAS, COUNTY
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Lang, Text
from etl.measures import Union, expected

FILE = Path(__file__).parents[2] / "data" / "regions" / "stadsdelar.csv"


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
