"""
Regions as the warehouse knows them: names, levels, parents, prepositions, and unions.

An edge: reads the small classifications of `data/regions`. RegSO are not listed there; they
come from the source's own labels.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from etl.names import DIVISION_2025, LAST_YEAR_OF_2020_DIVISION

COLUMNS = [
    "code", "name", "level", "parent", "division", "valid_from", "valid_to",
    "locative_sv", "locative_en",
]  # fmt: skip
CONFIRMED = ["confirmed_by", "confirmed_on"]


def region_rows(folder: Path, labels: Mapping[str, str]) -> pd.DataFrame:
    """
    Return all regions with the columns of table `region`, codes as text.

    Args:
        folder: the classifications: regions, stadsdelar, groups.
        labels: RegSO code to the source's text, "Botkyrka (Alby)"; other codes are ignored.

    """
    official = _read(folder / "regions.csv")
    return pd.concat(
        [official, _regso(labels), _stadsdelar(folder, official), _groups(folder)],
        ignore_index=True,
    ).reindex(columns=COLUMNS)


def first_years(folder: Path) -> dict[str, str | None]:
    """Return every official region with the first year it exists in the tables, if that is late."""
    official = _read(folder / "regions.csv")
    return {
        str(code): None if pd.isna(first) else str(first)
        for code, first in zip(official["code"], official["valid_from"], strict=True)
    }


def member_rows(folder: Path, labels: Mapping[str, str]) -> pd.DataFrame:
    """
    Return the members of every union, with the columns of table `region_member`.

    A member of the 2020 division stands for the 2025 one too where code and name are the same
    in both, which the source's own labels tell.
    """
    listed = ["code", "member", *CONFIRMED]
    members = pd.concat(
        [_read(folder / name).reindex(columns=listed) for name in ("stadsdelar.csv", "groups.csv")],
        ignore_index=True,
    ).rename(columns={"code": "region"})
    newer = members.assign(
        old=members["member"].map(dict(labels)),
        member=members["member"] + DIVISION_2025,
    )
    newer = newer[newer["old"].notna() & (newer["old"] == newer["member"].map(dict(labels)))]
    columns = ["region", "member", *CONFIRMED]
    return pd.concat([members, newer[columns]], ignore_index=True).assign(weight=1.0)


def _regso(labels: Mapping[str, str]) -> pd.DataFrame:
    rows = []
    for code, text in labels.items():
        if "R" not in code:
            continue
        parts = re.fullmatch(r"(.+?) ?\((.+)\)", " ".join(text.split()))
        name = f"{parts[2].strip()} ({parts[1]})" if parts else " ".join(text.split())
        newer = code.endswith(DIVISION_2025)
        rows.append(
            {
                "code": code,
                "name": name,
                "level": "regso",
                "parent": code[:4],
                "division": "RegSO 2025" if newer else "RegSO 2020",
                "valid_from": str(LAST_YEAR_OF_2020_DIVISION + 1) if newer else None,
                "valid_to": None if newer else str(LAST_YEAR_OF_2020_DIVISION),
                "locative_sv": f"i {name}",
                "locative_en": f"in {name}",
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


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
