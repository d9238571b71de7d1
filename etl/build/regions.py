"""
Regions as the warehouse knows them: names, levels, parents, prepositions, and unions.

An edge: reads the small classifications of `data/regions`. RegSO are not listed there; they
come from the source's own labels.
"""

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from etl.catalogue.regions import (
    LAST_YEAR_OF_2020_DIVISION,
    NEWER_DIVISION,
    Regions,
    division,
    level_of_code,
)
from etl.errors import DocumentError, SourceError
from etl.source.fetching import Access
from etl.source.jsonstat import json_content
from etl.source.landing import intact, land, read, records, sha256
from etl.source.selection import request_key

REGION_COLUMNS = [
    "code", "name", "level", "parent", "division", "valid_from", "valid_to",
    "locative_sv", "locative_en",
]  # fmt: skip
_CONFIRMED = ["confirmed_by", "confirmed_on"]


def region_table(folder: Path, labels: Mapping[str, str]) -> pd.DataFrame:
    """
    Return all regions with the columns of table `region`, codes as text.

    Args:
        folder: the classifications: regions, stadsdelar, groups.
        labels: RegSO code to the source's text, "Botkyrka (Alby)"; other codes are ignored. Of an
            area that is the same in both divisions the newest counts.

    """
    official = _read(folder / "regions.csv")
    return pd.concat(
        [
            official,
            _regso(labels, official_regions(folder)),
            _stadsdelar(folder, official),
            _groups(folder),
        ],
        ignore_index=True,
    ).reindex(columns=REGION_COLUMNS)


def official_regions(folder: Path) -> Regions:
    """Return the official regions by name, and the areas that are the same in both divisions."""
    official, joined = _read(folder / "regions.csv"), _read(folder / "regso_2025.csv")
    return Regions(
        names=dict(zip(official["code"], official["name"], strict=True)),
        same_area=dict(zip(joined["code_2025"], joined["code_2020"], strict=True)),
    )


def first_years(folder: Path) -> dict[str, str | None]:
    """Return every official region with the first year it exists in the tables, if that is late."""
    official = _read(folder / "regions.csv")
    return {
        str(code): None if pd.isna(first) else str(first)
        for code, first in zip(official["code"], official["valid_from"], strict=True)
    }


def member_table(folder: Path, labels: Mapping[str, str]) -> pd.DataFrame:
    """
    Return the members of every union, with the columns of table `region_member`.

    A member of the 2020 division stands for the 2025 one too where code and name are the same
    in both, which the source's own labels tell.
    """
    listed = ["code", "member", *_CONFIRMED]
    members = pd.concat(
        [_read(folder / name).reindex(columns=listed) for name in ("stadsdelar.csv", "groups.csv")],
        ignore_index=True,
    ).rename(columns={"code": "region"})
    newer = members.assign(
        old=members["member"].map(dict(labels)),
        member=members["member"] + NEWER_DIVISION,
    )
    newer = newer[newer["old"].notna() & (newer["old"] == newer["member"].map(dict(labels)))]
    columns = ["region", "member", *_CONFIRMED]
    return pd.concat([members, newer[columns]], ignore_index=True).assign(weight=1.0)


def _regso(labels: Mapping[str, str], known: Regions) -> pd.DataFrame:
    rows = []
    areas = {known.same_area.get(code, code): labels[code] for code in sorted(labels)}
    for code, text in areas.items():
        if not division(code):
            continue
        parts = re.fullmatch(r"(.+?) ?\((.+)\)", " ".join(text.split()))
        name = f"{parts[2].strip()} ({parts[1]})" if parts else " ".join(text.split())
        newer = code.endswith(NEWER_DIVISION)
        rows.append(
            {
                "code": code,
                "name": name,
                "level": "regso",
                "parent": code[:4],
                "division": division(code),
                "valid_from": str(LAST_YEAR_OF_2020_DIVISION + 1) if newer else None,
                "valid_to": None if newer else str(LAST_YEAR_OF_2020_DIVISION),
                "locative_sv": f"i {name}",
                "locative_en": f"in {name}",
            }
        )
    return pd.DataFrame(rows, columns=REGION_COLUMNS, dtype=object)


def _stadsdelar(folder: Path, official: pd.DataFrame) -> pd.DataFrame:
    names = official.set_index("code")["name"]
    districts = _read(folder / "stadsdelar.csv").drop_duplicates("code")
    full = districts["name"] + " (" + districts["municipality"].map(names) + ")"
    return districts.assign(
        name=full,
        level="stadsdel",
        parent=districts["municipality"],
        locative_sv="i " + full,
        locative_en="in " + full,
    )


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
    """Land the list as it is today, unless it is the one that we have; warn where there is none."""
    try:
        answer = access.client.codelist(CODELIST)
        _markets(answer.document)
    except SourceError as error:
        log.info("%s: no local labour markets: %s", CODELIST, error)
        return
    digest = sha256(answer.content)
    newest = records(access.folder, CODELIST)[-1:]
    if not (newest and newest[0].sha256 == digest and intact(access.folder, digest)):
        title, request = str(answer.document.get("label", "")), request_key(CODELIST, "codelist")
        record = access.record(
            "codelist", CODELIST, request, answer, title=title, updated="", source="SCB", notes=()
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
            _MARKET_PREFIX + str(value["code"]).lower(): (
                " ".join(str(value["label"]).split()),
                tuple(str(member) for member in value["valueMap"]),
            )
            for value in document["values"]
        }
    except (KeyError, TypeError) as error:
        raise DocumentError(f"{CODELIST} has no code, label and valueMap in each value") from error
    if not markets:
        raise DocumentError(f"{CODELIST} is empty; expected 69 labour markets")
    return markets


def _named(name: str) -> tuple[str, str, str]:
    """Return a name that says what the group is, and where in both languages."""
    full = f"{name} (lokal arbetsmarknad)"
    return full, f"i den lokala arbetsmarknaden {name}", f"in the local labour market {name}"
