"""
What each figure of the report shows, and where the panel may show it: `wanted.yaml`, read.

Pure but for `load`, which reads the file it is given.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from tools.benchmark.naming import Key, key

NEWEST = "newest"
SPAN = re.compile(r"(\d{4})(?:M(\d{2}))?-(\d{4})(?:M(\d{2}))?(?:/(\d+))?")


def _listed(value: object) -> object:
    """Words with commas as a list."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Want(_Strict):
    """
    Values of one indicator: each region and group in each year, of them those published.

    `of`: the share, or one of the two counts that it is made of.
    """

    indicator: str
    regions: Listed
    years: Listed
    published: Listed = ()
    groups: dict[str, Listed] = {}
    of: Literal["value", "numerator", "denominator"] = "value"

    @property
    def measure(self) -> str:
        """The indicator, and which of its counts is wanted."""
        return self.indicator if self.of == "value" else f"{self.indicator} ({self.of})"


class Figure(_Strict):
    """One figure: what it measures, the values it wants, addresses, and what nothing shows yet."""

    figure: str
    measure: str
    wants: tuple[Want, ...] = ()
    addresses: tuple[str, ...] = ()
    missing: str = ""


class Benchmark(_Strict):
    """Every figure, and the names that stand for several regions."""

    regions: dict[str, Listed]
    figures: tuple[Figure, ...]


def load(path: Path) -> Benchmark:
    """
    The figures of a file.

    Raises:
        ValueError: a field is unknown, lacks or is of another kind.

    """
    return Benchmark.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def regions_of(want: Want, benchmark: Benchmark) -> tuple[str, ...]:
    """The codes of the regions that are wanted."""
    codes = [benchmark.regions.get(name, (name,)) for name in want.regions]
    return tuple(dict.fromkeys(code for several in codes for code in several))


def keys_of(want: Want, regions: tuple[str, ...], newest: str) -> Iterator[Key]:
    """Every value that is wanted; `newest` is the last period of these regions."""
    years = [year for span in want.years for year in periods(span.replace(NEWEST, newest))]
    for codes, region, year in product(product(*want.groups.values()), regions, years):
        yield key(want.measure, region, year, dict(zip(want.groups, codes, strict=True)))


def periods(span: str) -> Iterator[str]:
    """The years of "1997-2023", "2005-2023/2" (every other); the months of "2020M01-2026M09"."""
    match = SPAN.fullmatch(span)
    if match is None:
        yield span
        return
    first, first_month, last, last_month, step = match.groups()
    if first_month is None:
        yield from map(str, range(int(first), int(last) + 1, int(step or 1)))
        return
    begin, end = int(first) * 12 + int(first_month), int(last) * 12 + int(last_month or 12)
    for month in range(begin, end + 1, int(step or 1)):
        yield f"{(month - 1) // 12}M{(month - 1) % 12 + 1:02}"
