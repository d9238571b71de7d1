"""
Regions as the warehouse knows them: names, levels, parents, prepositions, and unions.

An edge: reads the small classifications of `data/regions`. RegSO are not listed there; they
come from the source's own labels.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from etl.catalogue import Lang, Text
from etl.catalogue.regions import (
    BOTH_DIVISIONS,
    LAST_YEAR_OF_2020_DIVISION,
    NEWER_DIVISION,
    Regions,
    division,
    level_of_code,
)
from etl.errors import DocumentError, SourceError
from etl.source.fetching import Access
from etl.source.jsonstat import code_text, json_content, shown_text
from etl.source.landing import intact, land, read, records
from etl.source.selection import request_key

REGION_COLUMNS = [
    "code", "name", "level", "parent", "division", "valid_from", "valid_to",
    "locative_sv", "locative_en", "former_name", "water",
]  # fmt: skip
_CONFIRMED = ["confirmed_by", "confirmed_on"]


def region_table(folder: Path, labels: Mapping[str, str]) -> pd.DataFrame:
    """
    Return all regions with the columns of table `region`, codes as text; no two share a name.

    Args:
        folder: the classifications: regions, stadsdelar, groups, regso_2025.
        labels: RegSO code to the source's text, "Botkyrka (Alby)"; other codes are ignored. Of an
            area that is the same in both divisions the newest counts.

    """
    official = _read(folder / "regions.csv")
    areas = _areas(labels, _read(folder / "regso_2025.csv"))
    districts = _districts(folder, official)
    return pd.concat(
        [official, _told_apart(areas, districts), _groups(folder)], ignore_index=True
    ).reindex(columns=REGION_COLUMNS)


def official_regions(folder: Path) -> Regions:
    """Return the official regions by name, and the areas that are the same in both divisions."""
    official, joined = _read(folder / "regions.csv"), _read(folder / "regso_2025.csv")
    renamed = _read(folder / "renamed.csv")
    return Regions(
        names=dict(zip(official["code"], official["name"], strict=True)),
        former_names=dict(zip(renamed["code"], renamed["former_name"], strict=True)),
        same_area=dict(zip(joined["code_2025"], joined["code_2020"], strict=True)),
    )


def first_years(folder: Path) -> dict[str, str | None]:
    """Return every official region with the first year it exists in the tables, if that is late."""
    official = _read(folder / "regions.csv")
    return {
        str(code): None if pd.isna(first) else str(first)
        for code, first in zip(official["code"], official["valid_from"], strict=True)
    }


def member_table(folder: Path) -> pd.DataFrame:
    """
    Return the members of every union, with the columns of table `region_member`.

    A member that is the same area in both divisions stands once, under its code of 2020. A
    member of 2025 counts when the owner of the list has confirmed it.
    """
    listed = ["code", "member", *_CONFIRMED]
    members = pd.concat(
        [_read(folder / name).reindex(columns=listed) for name in ("stadsdelar.csv", "groups.csv")],
        ignore_index=True,
    )
    same_area = official_regions(folder).same_area
    members["member"] = [same_area.get(code, code) for code in members["member"]]
    confirmed = members["confirmed_by"].notna() & members["confirmed_on"].notna()
    waiting = members["member"].str.endswith(NEWER_DIVISION) & ~confirmed
    for row in members[waiting].itertuples():
        log.warning(
            "stadsdelar.csv: %s in %s has no confirmed_by and confirmed_on; it does not count",
            row.member,
            row.code,
        )
    kept = members[~waiting].drop_duplicates(["code", "member"])
    return kept.rename(columns={"code": "region"}).assign(weight=1.0)


@dataclass(frozen=True)
class _Place:
    """An area or a district, whose name is made of its own, its municipality's and what it is."""

    code: str
    level: Literal["regso", "stadsdel"]
    own: str
    municipality: str
    parent: str
    division: str | None = None
    former_name: str | None = None
    water: str | None = None

    @property
    def usual(self) -> str:
        """What it is called where nothing else is called so."""
        return f"{self.own} ({self.municipality})" if self.municipality else self.own

    def words(self, lang: Lang, *, kind: bool) -> str:
        """Its name, with its division where it is one of two, and with what it is if asked."""
        where = f"{_KINDS[self.level][lang]} {self.municipality}" if kind else self.municipality
        since = _OWN_DIVISION[lang].get(self.division or "", "")
        told = ", ".join(filter(None, (where, since)))
        return f"{self.own} ({told})" if told else self.own


_KINDS = {
    "regso": Text(sv="RegSO-område i", en="RegSO area in"),
    "stadsdel": Text(sv="stadsdel i", en="neighbourhood in"),
}
_OWN_DIVISION: Mapping[Lang, Mapping[str, str]] = {
    "sv": {"RegSO 2020": "2020 års indelning", "RegSO 2025": "2025 års indelning"},
    "en": {"RegSO 2020": "division of 2020", "RegSO 2025": "division of 2025"},
}


def _told_apart(areas: Iterable[_Place], districts: Iterable[_Place]) -> pd.DataFrame:
    """Return areas and districts as rows, each with a name that is its own in both languages."""
    places = [*areas, *districts]
    levels: dict[str, set[str]] = {}
    for place in places:
        levels.setdefault(place.usual, set()).add(place.level)
    names = [
        {lang: place.words(lang, kind=len(levels[place.usual]) > 1) for lang in _OWN_DIVISION}
        for place in places
    ]
    shared = Counter(name["sv"] for name in names)
    rows = []
    for place, name in zip(places, names, strict=True):
        code = f" {place.code}" if shared[name["sv"]] > 1 else ""
        last = LAST_YEAR_OF_2020_DIVISION
        rows.append(
            {
                "code": place.code,
                "name": name["sv"] + code,
                "level": place.level,
                "parent": place.parent,
                "division": place.division,
                "valid_from": str(last + 1) if place.division == "RegSO 2025" else None,
                "valid_to": str(last) if place.division == "RegSO 2020" else None,
                "locative_sv": f"i {name['sv']}{code}",
                "locative_en": f"in {name['en']}{code}",
                "former_name": place.former_name,
                "water": place.water,
            }
        )
    return pd.DataFrame(rows, columns=REGION_COLUMNS, dtype=object)


def _areas(labels: Mapping[str, str], joined: pd.DataFrame) -> Iterator[_Place]:
    """Give every RegSO that is read, once; of the same in both divisions by its name of today."""
    listed = joined.reindex(columns=["code_2020", "code_2025", "former_name", "water"])
    same = {row.code_2020: row for row in listed.itertuples()}
    older = dict(zip(listed["code_2025"], listed["code_2020"], strict=True))
    for code, text in {older.get(code, code): labels[code] for code in sorted(labels)}.items():
        if not division(code):
            continue
        parts = re.fullmatch(r"(.+?) ?\((.+)\)", " ".join(text.split()))
        own, municipality = (parts[2].strip(), parts[1]) if parts else (" ".join(text.split()), "")
        row = same.get(code)
        former = row.former_name if row and isinstance(row.former_name, str) else None
        yield _Place(
            code,
            "regso",
            own,
            municipality,
            code[:4],
            BOTH_DIVISIONS if row else division(code),
            former if former != own else None,
            row.water if row and isinstance(row.water, str) else None,
        )


def _districts(folder: Path, official: pd.DataFrame) -> Iterator[_Place]:
    names = dict(zip(official["code"], official["name"], strict=True))
    for row in _read(folder / "stadsdelar.csv").drop_duplicates("code").to_dict("records"):
        municipality = row["municipality"]
        yield _Place(row["code"], "stadsdel", row["name"], names[municipality], municipality)


def _groups(folder: Path) -> pd.DataFrame:
    groups = _read(folder / "groups.csv").drop_duplicates("code")
    return groups.assign(
        level="group",
        parent="00",
        locative_sv="i gruppen " + groups["name"],
        locative_en="in the group " + groups["name"],
    )


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, na_values=[""], keep_default_na=False)


CODELIST = "agg_RegionLA2018"
_MARKET_PREFIX = "la-"
_MEMBER_COLUMNS = ["region", "member", "weight"]
log = logging.getLogger(__name__)
_Markets = dict[str, tuple[str, tuple[str, ...]]]


def fetch_labour_markets(access: Access) -> None:
    """
    Land the list as it is today, unless it is the one that we have.

    Where there is none, the build tells it; one that cannot be read is told at once, and the list
    from before stays.
    """
    try:
        answer = access.client.codelist(CODELIST)
        _markets(answer.document)
    except DocumentError as error:
        access.client.told[
            f"{CODELIST} is not used: {error}; the list from before, if any, stays, and it is "
            "asked for again by the next run"
        ] = None
        return
    except SourceError as error:
        log.info("%s: no local labour markets: %s", CODELIST, error)
        return
    digest = answer.sha256
    newest = records(access.folder, CODELIST)[-1:]
    if not (newest and newest[0].sha256 == digest and intact(access.folder, digest)):
        title, request = str(answer.document.get("label", "")), request_key(CODELIST, "codelist")
        record = access.record(
            "codelist", CODELIST, request, answer, title=title, updated="", source="SCB"
        )
        land(access.folder, answer.content, record)


def labour_markets(folder: Path, regions: Path) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """
    Return what has landed last: rows of table `region` and of `region_member`, and the hash.

    Members that are no municipality of ours are left out. Without a list, or with a damaged
    one, the frames are empty and the hash is "".
    """
    try:
        record = records(folder, CODELIST)[-1]
        markets = _markets(json_content(read(folder, record.sha256)))
    except (IndexError, DocumentError):
        return pd.DataFrame(columns=REGION_COLUMNS), pd.DataFrame(columns=_MEMBER_COLUMNS), ""
    municipalities = {
        code for code in first_years(regions) if level_of_code(code) == "municipality"
    }
    groups = [(code, *_named(name)) for code, (name, _) in markets.items()]
    named = pd.DataFrame(groups, columns=["code", "name", "locative_sv", "locative_en"])
    members = [
        (code, member, 1.0)
        for code, (_, listed) in markets.items()
        for member in listed
        if member in municipalities
    ]
    return (
        named.assign(level="group", parent="00").reindex(columns=REGION_COLUMNS),
        pd.DataFrame(members, columns=_MEMBER_COLUMNS),
        record.sha256,
    )


def _markets(document: Any) -> _Markets:
    """Return name and members of each labour market by our code for it."""
    try:
        markets = {
            _MARKET_PREFIX + code_text(value["code"], CODELIST).lower(): (
                " ".join(shown_text(value["label"], CODELIST).split()),
                _members(value["valueMap"]),
            )
            for value in document["values"]
        }
    except (KeyError, TypeError) as error:
        raise DocumentError(f"{CODELIST} has no code, label and valueMap in each value") from error
    if not markets:
        raise DocumentError(f"{CODELIST} is empty; expected 69 labour markets")
    return markets


def _members(sent: Any) -> tuple[str, ...]:
    """Return the members of a labour market, each once."""
    if not isinstance(sent, list):
        raise TypeError("valueMap is no list")
    return tuple(dict.fromkeys(code_text(member, CODELIST) for member in sent))


def _named(name: str) -> tuple[str, str, str]:
    """Return a name that says what the group is, and where in both languages."""
    full = f"{name} (lokal arbetsmarknad)"
    return full, f"i den lokala arbetsmarknaden {name}", f"in the local labour market {name}"
