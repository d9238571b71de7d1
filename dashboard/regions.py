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
# The order of the menus; the thousands of RegSO areas are reached by their municipality.
LEVELS = ("country", "county", "municipality", "stadsdel", "group")


@dataclass(frozen=True)
class Region:
    """A place with figures: `where` is "i Botkyrka", "på Gotland"."""

    code: str
    called: str
    level: str
    parent: str | None
    where: Text

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
        )
        for row in frame.to_dict("records")
    }


def county(region: Region, regions: Mapping[str, Region]) -> Region | None:
    """The county a region lies in; None for the country, counties and what crosses borders."""
    above = regions.get(region.parent or "")
    while above is not None and above.level != "county":
        above = regions.get(above.parent or "")
    return above


def company(region: Region, regions: Mapping[str, Region]) -> tuple[str, ...]:
    """Whom a region is shown beside when nobody says: its county, then the country."""
    beside = county(region, regions)
    codes = [beside.code] if beside else []
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
