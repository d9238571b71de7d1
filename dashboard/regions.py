"""
Regions as the pages speak of them: name, kind of place, the county above.

Pure. It knows no figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.text import term
from etl.catalogue import Lang, Text

COUNTRY = "00"
# The order of the menus; of the thousands of RegSO areas only those of one municipality.
LEVELS = ("country", "county", "municipality", "stadsdel", "group")


@dataclass(frozen=True)
class Region:
    """A place with figures: `where` is "i Botkyrka", "på Gotland"."""

    code: str
    called: str
    level: str
    parent: str | None
    where: Text
    division: str | None = None

    def name(self, lang: Lang) -> str:
        """Its name; the country's is a word of the language."""
        return term("country", lang) if self.level == "country" else self.called


def inline(region: Region, lang: Lang) -> str:
    """Its name inside a sentence: "riket" is no name in Swedish."""
    return term("country_inline", lang) if region.level == "country" else region.called


def by_code(frame: pd.DataFrame) -> Mapping[str, Region]:
    """Regions of `queries.regions` by code, in its order."""
    return {
        row["code"]: Region(
            code=row["code"],
            called=row["name"],
            level=row["level"],
            parent=row["parent"] if isinstance(row["parent"], str) else None,
            where=Text(sv=row["locative_sv"], en=row["locative_en"]),
            division=row["division"] if isinstance(row["division"], str) else None,
        )
        for row in frame.to_dict("records")
    }


def county(region: Region, regions: Mapping[str, Region]) -> Region | None:
    """The county a region lies in; None for the country, counties and what crosses borders."""
    above = regions.get(region.parent or "")
    while above is not None and above.level != "county":
        above = regions.get(above.parent or "")
    return above


def offered(regions: Mapping[str, Region], own: str) -> list[Region]:
    """The regions of a menu, level by level, by name; last the areas of the own municipality."""
    listed = [region for level in LEVELS for region in regions.values() if region.level == level]
    here = regions.get(own)
    around = here.parent if here and here.level in {"regso", "stadsdel"} else own
    areas = [one for one in regions.values() if one.level == "regso" and one.parent == around]
    return [*listed, *areas]


def in_menu(region: Region, lang: Lang) -> str:
    """Its name, with the division that tells two areas of one name apart."""
    division = f", {region.division}" if region.level == "regso" and region.division else ""
    return region.name(lang) + division


def company(region: Region, regions: Mapping[str, Region]) -> tuple[str, ...]:
    """Whom a region is shown beside when nobody says: its municipality, county and country."""
    near = regions.get(region.parent or "")
    codes = [near.code] if near and near.level == "municipality" else []
    beside = county(region, regions)
    codes += [beside.code] if beside else []
    if region.code != COUNTRY and COUNTRY in regions:
        codes.append(COUNTRY)
    return tuple(codes)


def kind(region: Region, regions: Mapping[str, Region], lang: Lang) -> str:
    """What sort of place it is: "Kommun i Stockholms län"."""
    above = regions.get(region.parent or "")
    if region.level in {"country", "county", "group"}:
        return term(region.level, lang)
    if above is None:
        return term(f"level_{region.level}", lang)
    return term(region.level, lang, parent=above.name(lang))
