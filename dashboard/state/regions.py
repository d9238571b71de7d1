"""
Regions as the pages name them: name, kind of place, the county above.

Pure. It knows no figures.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.codes import MENU_LEVELS, AddressLevel
from dashboard.sentences.wording import without_preposition
from dashboard.text import term
from etl.catalogue import Lang, Text
from etl.catalogue.regions import COUNTRY

AREA_LEVELS = frozenset({"regso", "stadsdel"})


@dataclass(frozen=True)
class Region:
    """A place with figures: `where` is "i Botkyrka", "på Gotland"."""

    code: str
    called: str
    level: str
    parent: str | None
    where: Text
    division: str | None = None
    members: tuple[str, ...] = ()  # of a union

    def name(self, lang: Lang) -> str:
        """Its name; what the country, in English a county or labour market, is called is a word."""
        if self.level == "county" and lang == "en":
            return self.bare_name(lang)
        if self.level == "group":
            return self.called.replace(term("labour_market", "sv"), term("labour_market", lang))
        return term("country", lang) if self.level == "country" else self.called

    def bare_name(self, lang: Lang) -> str:
        """Its name as it stands after a preposition."""
        return without_preposition(self.where[lang])


def inline(region: Region, lang: Lang) -> str:
    """Its name inside a sentence: "riket" is no name in Swedish."""
    return term("country_inline", lang) if region.level == "country" else region.name(lang)


def regions_by_code(frame: pd.DataFrame) -> Mapping[str, Region]:
    """Regions by code, of the rows of `region_rows`, in its order."""
    return {
        row["code"]: Region(
            code=row["code"],
            called=row["name"],
            level=row["level"],
            parent=row["parent"] if isinstance(row["parent"], str) else None,
            where=Text(sv=row["locative_sv"], en=row["locative_en"]),
            division=row["division"] if isinstance(row["division"], str) else None,
            members=() if row["members"] is None else tuple(row["members"]),
        )
        for row in frame.to_dict("records")
    }


def county(region: Region, regions: Mapping[str, Region]) -> Region | None:
    """The county a region lies in; None for the country, counties and what crosses borders."""
    above = regions.get(region.parent or "")
    while above is not None and above.level != "county":
        above = regions.get(above.parent or "")
    return above


@dataclass(frozen=True)
class RegionMenu:
    """The options of a menu of regions: by level and name, and the areas of each municipality."""

    listed: Sequence[Mapping[str, str]]
    areas: Mapping[str, Sequence[Mapping[str, str]]]

    def around(self, region: Region | None) -> list[Mapping[str, str]]:
        """The options where a region is shown: last the areas of its municipality."""
        near = region and (region.parent if region.level in AREA_LEVELS else region.code)
        return [*self.listed, *self.areas.get(near or "", ())]


def region_menu(regions: Mapping[str, Region], lang: Lang) -> RegionMenu:
    """The menu of all regions in a language; the areas of a municipality are listed there only."""
    by_level: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    areas: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for region in regions.values():
        options = areas[region.parent or ""] if region.level == "regso" else by_level[region.level]
        options.append({"label": menu_name(region, lang), "value": region.code})
    return RegionMenu([option for level in MENU_LEVELS for option in by_level[level]], dict(areas))


def menu_name(region: Region, lang: Lang) -> str:
    """Its name, with the division that tells two areas of one name apart."""
    division = f", {region.division}" if region.level == "regso" and region.division else ""
    return region.name(lang) + division


def peers(region: str, level: AddressLevel, regions: Mapping[str, Region]) -> tuple[str, ...]:
    """
    The regions that a region is listed with at a level, by name.

    Municipalities are those of the own county, or the members of the own group; all of them
    where there is neither. Areas are those of the own municipality.
    """
    here = regions.get(region)
    if level == "riket":
        return (COUNTRY,) if COUNTRY in regions else ()
    if level == "lan":
        return _codes(regions, "county")
    if level == "omrade":
        around = here.parent if here and here.level in AREA_LEVELS else region
        return tuple(code for code in _codes(regions, "regso") if regions[code].parent == around)
    municipalities = _codes(regions, "municipality")
    if here and here.level == "group":
        return tuple(code for code in municipalities if code in here.members)
    above = region if here and here.level == "county" else None
    above = above or (parent.code if here and (parent := county(here, regions)) else None)
    return tuple(code for code in municipalities if above in {None, regions[code].parent})


def _codes(regions: Mapping[str, Region], level: str) -> tuple[str, ...]:
    """The regions of a level by name, as the menus have them."""
    return tuple(code for code, region in regions.items() if region.level == level)


def region_kind(region: Region, regions: Mapping[str, Region], lang: Lang) -> str:
    """What sort of place it is: "Kommun i Stockholms län"."""
    above = regions.get(region.parent or "")
    if region.level in {"country", "county", "group"}:
        return term(region.level, lang)
    if above is None:
        return term(f"level_{region.level}", lang)
    return term(region.level, lang, parent=inline(above, lang))
