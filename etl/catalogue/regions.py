"""
The regions we know: the level a code belongs to, its division, what it lies in, its names.

Pure. Areas are RegSO, in the division of 2020 ("0180R076") or, with a suffix, of a later year
("0180R076_RegSO2025"). Unions of regions have codes of ours ("stadsdel-alby", "skr-A1").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from etl.catalogue.models import SourceLevel

COUNTRY = "00"
NEWER_DIVISION = "_RegSO2025"
# Of an area that is the same in both: its code is that of 2020.
BOTH_DIVISIONS = "RegSO 2020/2025"
LAST_YEAR_OF_2020_DIVISION = 2023
_LEVEL_PATTERNS: Mapping[SourceLevel, re.Pattern[str]] = {
    "country": re.compile(r"00"),
    "county": re.compile(r"(?!00)[0-9]{2}"),
    "municipality": re.compile(r"(?!00)[0-9]{4}"),
    "regso": re.compile(r"[0-9]{4}R[0-9]{3}(?:_RegSO([0-9]{4}))?"),
}


@dataclass(frozen=True)
class Regions:
    """
    What the classifications say of codes of the source.

    `names`: the official regions, code to name. `former_names`: of those that were only renamed,
    code to the name before. `same_area`: RegSO code of a later division, with its suffix, to the
    code of 2020 whose border is the same; the two are one region.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    former_names: Mapping[str, str] = field(default_factory=dict)
    same_area: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=8192)
def level_of_code(code: str) -> SourceLevel | None:
    """Return the level of a code of the source; None for what we do not use (DeSO, districts)."""
    return next((name for name, form in _LEVEL_PATTERNS.items() if form.fullmatch(code)), None)


@lru_cache(maxsize=8192)
def region_level(code: str) -> str:
    """Return the level of a region, or of a union of ours: stadsdel or group."""
    return level_of_code(code) or ("stadsdel" if code.startswith("stadsdel") else "group")


def is_neighbourhood(code: str) -> bool:
    """Say whether a region is an area of a municipality, or a union of such areas."""
    return region_level(code) in {"regso", "stadsdel"}


@lru_cache(maxsize=8192)
def division(code: str) -> str | None:
    """
    Return the division that a code is of, "RegSO 2020" or "RegSO 2025"; None for other regions.

    Whether an area of 2020 is the same in 2025 no code tells: table `region` does.
    """
    area = _LEVEL_PATTERNS["regso"].fullmatch(code)
    return f"RegSO {area[1] or 2020}" if area else None


def is_within(code: str, region: str) -> bool:
    """Say whether a code of the source lies in a country, county or municipality, or is it."""
    return region == COUNTRY or code.startswith(region)
