"""
Regions as the pages name them: name, kind of place, the county above.

Pure. It knows no figures.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.codes import MENU_LEVELS, AddressLevel
from dashboard.sentences.wording import without_preposition
from dashboard.state.url import RegionGroup, State
from dashboard.text import LANGS, capital, lower_first, term, translated
from etl.catalogue import Lang, Text
from etl.catalogue.regions import BOTH_DIVISIONS, COUNTRY, NEWER_DIVISION
from etl.measures.unions import (
    COUNTY_WITHOUT,
    DISTRICTS_TOGETHER,
    RegionUnion,
    expected_members,
    overlapping,
)

AREA_LEVELS = frozenset({"regso", "stadsdel"})


@dataclass(frozen=True)
class Region:
    """
    A place with figures: `where` is "i Botkyrka", "på Gotland".

    `former_name` and `more_water` tell what else has changed of an area that is still the same;
    of one whose `border_changed` the other division has another area of that code, if any.
    """

    code: str
    called: str
    level: str
    parent: str | None
    where: Text
    division: str | None = None
    members: tuple[str, ...] = ()  # of a union
    former_name: str | None = None
    more_water: bool = False
    border_changed: bool = False

    @property
    def is_several(self) -> bool:
        """Whether it is a union of several regions; one of one has the figures of that one."""
        return any(len(expected_members(self.members, newer=newer)) > 1 for newer in (False, True))

    def name(self, lang: Lang) -> str:
        """Its name; what the country, in English a county or labour market, is called is a word."""
        if self.level in {"county", *AREA_LEVELS} and lang == "en":
            return self.bare_name(lang)
        if self.level == "together":
            return capital(self.bare_name(lang))
        if self.level == "group":
            return self.called.replace(term("labour_market", "sv"), term("labour_market", lang))
        return term("country", lang) if self.level == "country" else self.called

    def bare_name(self, lang: Lang) -> str:
        """Its name as it stands after a preposition."""
        return without_preposition(self.where[lang])


def inline(region: Region, lang: Lang) -> str:
    """Its name inside a sentence: "riket" is no name in Swedish."""
    return term("country_inline", lang) if region.level == "country" else region.name(lang)


def names_apart(codes: Iterable[str], regions: Mapping[str, Region], lang: Lang) -> dict[str, str]:
    """
    What regions are called where they meet: no two alike, and a municipality apart from its county.

    "Stockholms kommun" beside Stockholms län; what still has another's name gets its code.
    """
    known = [regions[code] for code in dict.fromkeys(codes) if code in regions]
    larger = {
        region.called.removesuffix(" län").partition(" (")[0]
        for region in known
        if region.level in {"county", "group"}
    }
    names = {
        region.code: _as_municipality(region, lang)
        if region.level == "municipality" and larger & {region.called, f"{region.called}s"}
        else menu_name(region, lang)
        for region in known
    }
    return without_twins(names)


def without_twins(names: Mapping[str, str]) -> dict[str, str]:
    """Names by code, with the code behind those that several have."""
    named = Counter(names.values())
    return {code: f"{name} ({code})" if named[name] > 1 else name for code, name in names.items()}


def _as_municipality(region: Region, lang: Lang) -> str:
    """What a municipality is called beside its county: "Stockholms kommun", "Gotland (kommun)"."""
    name = region.bare_name(lang)
    if name == region.called:
        return f"{name} ({lower_first(term('municipality_word', lang))})"
    return capital(name)


def regions_by_code(frame: pd.DataFrame) -> Mapping[str, Region]:
    """
    Regions by code, of the rows of `region_rows`, in its order.

    An older version, which joins no areas, does not tell whose border has changed, and gives some
    areas one name.
    """
    joins = BOTH_DIVISIONS in set(frame["division"])
    named = Counter(frame["name"])
    regions = {
        row["code"]: Region(
            code=row["code"],
            called=_distinct(row["name"], row, "sv", named),
            level=row["level"],
            parent=row["parent"] if isinstance(row["parent"], str) else None,
            where=Text(
                sv=_distinct(row["locative_sv"], row, "sv", named),
                en=_distinct(row["locative_en"], row, "en", named),
            ),
            division=row["division"] if isinstance(row["division"], str) else None,
            members=() if row["members"] is None else tuple(row["members"]),
            former_name=row["former_name"] if isinstance(row["former_name"], str) else None,
            more_water=isinstance(row["water"], str),
            border_changed=joins and row["level"] == "regso" and row["division"] != BOTH_DIVISIONS,
        )
        for row in frame.to_dict("records")
    }
    return {**regions, **_county_districts(regions)}


def _county_districts(regions: Mapping[str, Region]) -> dict[str, Region]:
    """Of each county with districts all of them together, and the county without them."""
    inside = {
        above.code: above
        for region in regions.values()
        if region.code.startswith("stadsdel-") and (above := county(region, regions))
    }
    found = {}
    for code, above in inside.items():
        for prefix, key in ((DISTRICTS_TOGETHER, "districts"), (COUNTY_WITHOUT, "without")):
            where = Text(
                **{lang: term(f"county_{key}", lang, where=above.where[lang]) for lang in LANGS}
            )
            words = without_preposition(where.sv)
            called = words[:1].upper() + words[1:]
            found[prefix + code] = Region(prefix + code, called, "together", code, where)
    return found


def _distinct(words: str, row: Mapping[Any, Any], lang: Lang, named: Mapping[str, int]) -> str:
    """A name or place; where another area has the name, with its division or kind in brackets."""
    before, bracket, place = words.removesuffix(")").rpartition("(")
    if named[row["name"]] < 2 or row["level"] not in AREA_LEVELS or not bracket:
        return words
    key = "name_of_district" if row["level"] == "stadsdel" else "name_of_division"
    return f"{before}({term(key, lang, place=place, year=str(row['division'])[-4:])})"


def county(region: Region, regions: Mapping[str, Region]) -> Region | None:
    """The county a region lies in; None for the country, counties and what crosses borders."""
    above = regions.get(region.parent or "")
    while above is not None and above.level != "county":
        above = regions.get(above.parent or "")
    return above


def own_county(region: Region | None, regions: Mapping[str, Region]) -> str:
    """The code of the county that a region is or lies in; "" where there is none."""
    above = region if region and region.level == "county" else region and county(region, regions)
    return above.code if above else ""


def offered_regions(
    regions: Mapping[str, Region], here: Region | None
) -> tuple[tuple[Region, ...], int]:
    """
    The regions that a field offers where a region is shown, and how many are of its county.

    The municipalities of its county first, then the groups of which some are members, then the
    country and all others by level and name, and last the areas of its municipality.
    """
    by_level: dict[str, list[Region]] = defaultdict(list)
    for region in regions.values():
        by_level[region.level].append(region)
    around = own_county(here, regions)
    near = [region for region in by_level["municipality"] if around and region.parent == around]
    codes = {region.code for region in near}
    groups = (region for region in by_level["group"] if codes & set(region.members))
    rest = (region for level in MENU_LEVELS for region in by_level[level])
    inside = here and (here.parent if here.level in AREA_LEVELS else here.code)
    areas = (region for region in by_level["regso"] if region.parent == inside)
    return tuple(dict.fromkeys((*near, *groups, *rest, *areas))), len(near)


def menu_name(region: Region, lang: Lang) -> str:
    """Its name, with the division of one of two where an older version's name lacks it."""
    name, division = region.name(lang), region.division
    if region.level != "regso" or division in {None, BOTH_DIVISIONS}:
        return name
    told = str(division)[-4:] in name.rpartition("(")[2]
    return name if told else f"{name}, {division}"


def standing_code(code: str, regions: Mapping[str, Region]) -> str:
    """
    The code under which a region stands: an area that was joined under its code of 2020.

    In an older version, in which the two are apart, each stands under its own.
    """
    older = code.removesuffix(NEWER_DIVISION)
    joined = code not in regions and older in regions
    return older if joined and regions[older].division == BOTH_DIVISIONS else code


def standing_state(state: State, regions: Mapping[str, Region]) -> State:
    """The state of a link with every region under the code that it stands under."""
    comparison, group = state.comparison, state.region_group
    return replace(
        state,
        region=standing_code(state.region, regions),
        comparison=None if comparison is None else _standing(comparison, regions),
        region_group=group and replace(group, codes=_standing(group.codes, regions)),
    )


def _standing(codes: Iterable[str], regions: Mapping[str, Region]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(standing_code(code, regions) for code in codes))


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
    kind = term(region.level, lang, parent=inline(above, lang))
    if region.former_name is None:
        return kind
    return f"{kind}, {term('area_former', lang, name=region.former_name)}"


def area_sentences(
    codes: Iterable[str], regions: Mapping[str, Region], lang: Lang
) -> tuple[str, ...]:
    """
    What the divisions of 2020 and 2025 do to some areas: nothing, a name, water, the border.

    Said of single areas; a region that is none has no sentence.
    """
    sentences, told = [], set[str]()
    for region in (regions[code] for code in codes if code in regions):
        name = region.name(lang)
        if region.former_name:
            sentences.append(term("area_renamed", lang, name=name, former=region.former_name))
        if region.more_water:
            sentences.append(term("area_water", lang, name=name))
        twin = regions.get(_twin_code(region.code)) if region.border_changed else None
        if twin and twin.code not in told:
            sentences.append(term("area_changed", lang, name=name, other=twin.name(lang)))
        told.add(region.code)
    return tuple(dict.fromkeys(sentences))


def _twin_code(code: str) -> str:
    """The code that an area of one division has, or would have, in the other."""
    older = code.removesuffix(NEWER_DIVISION)
    return older if older != code else code + NEWER_DIVISION


REGION_GROUP_PREFIX = "grupp:"


def with_region_group(
    region_group: RegionGroup | None, regions: Mapping[str, Region], lang: Lang
) -> tuple[Mapping[str, Region], RegionUnion | None, list[str]]:
    """
    The regions with the link's own group among them, its union for `data.series`, and notices.

    A group in the group stands for its members. Unknown codes are left out, with a notice;
    there is no union where a region lies in another, which would count people twice.
    """
    if region_group is None:
        return regions, None, []
    notices = [
        term("unknown_region", lang, value=code)
        for code in region_group.codes
        if code not in regions
    ]
    members_named = [regions[code] for code in region_group.codes if code in regions]
    members = tuple(
        dict.fromkeys(code for named in members_named for code in (named.members or (named.code,)))
    )
    nested = overlapping(members)
    if nested:
        inner, outer = (regions[code].name(lang) if code in regions else code for code in nested[0])
        notices.append(term("union_nested", lang, inner=inner, outer=outer))
    if nested or not members:
        return regions, None, notices
    code = REGION_GROUP_PREFIX + region_group.name
    where = translated("union_in_own", name=region_group.name)
    region = Region(code, region_group.name, "own", COUNTRY, where, members=members)
    return {**regions, code: region}, RegionUnion(code, members), notices
