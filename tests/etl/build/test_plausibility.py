"""What waits for a person: limits on real tables, year by year, and on single figures."""

from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.build.plausibility import doubt_of_change
from etl.catalogue import Indicator
from etl.measures.areas import Codebook, Observations
from etl.measures.level import level_limit, level_limits
from tests.etl.entries import use

TABLES = ("TAB389", "TAB4881", "TAB5169", "TAB6572", "TAB9001", "TAB9002")
# In 2020 unemployment leapt everywhere, and immigration fell in 2017: a person looks.
WAITING = {
    ("TAB4881", "Andel inskrivna arbetslösa, procent", "2020"),
    ("TAB4881", "Andel öppet arbetslösa, procent", "2020"),
    ("TAB9002", "Invandringar", "2017"),
}


def indicator(measure: str, decimals: int = 0) -> Indicator:
    """An indicator of a measure."""
    return use(measure=measure).indicator.model_copy(update={"decimals": decimals})


def rows(figures: np.ndarray) -> Observations:
    """Observations of figures by region, period and group."""
    region, period, group = (place.ravel() for place in np.indices(figures.shape))
    one = np.zeros(figures.size, dtype=np.int16)
    return Observations(
        region=region.astype(np.int32),
        period=period.astype(np.int16),
        sex=one,
        background=group.astype(np.int16),
        age=one,
        education=one,
        value=figures.ravel(),
        status=one.astype(np.int8),
        numerator=None,
        denominator=None,
        computed=one.astype(np.bool_),
        symbols=("",),
    )


def book(regions: int, periods: list[str], groups: int) -> Codebook:
    """The codes of such figures."""
    codes = {
        "region": tuple(f"r{number:03}" for number in range(regions)),
        "period": tuple(periods),
        "background": tuple(f"g{number:03}" for number in range(groups)),
        **dict.fromkeys(("sex", "age", "education"), ("_T",)),
    }
    return Codebook(codes, {n: {c: at for at, c in enumerate(x)} for n, x in codes.items()})


def contents(shared: Path, table: str) -> list[tuple[str, bool, int, list[str], np.ndarray]]:
    """Text, whether a share, decimals, years and figures of each content of a pack."""
    folder = shared / "scb" / "packs" / table
    metadata = orjson.loads((folder / "metadata.json").read_bytes())
    cells = orjson.loads((folder / "cells.json").read_bytes())["value"]
    value = np.array([np.nan if one is None else float(one) for one in cells])
    axes = [metadata["id"].index(name) for name in ("ContentsCode", "Region", "Tid")]
    value = np.moveaxis(value.reshape(metadata["size"]), axes, [0, 1, 2])
    value = value.reshape(*value.shape[:3], -1)
    years = list(metadata["dimension"]["Tid"]["category"]["index"])
    category = metadata["dimension"]["ContentsCode"]["category"]
    return [
        (
            category["label"][code],
            "procent" in category["unit"][code]["base"],
            category["unit"][code]["decimals"],
            years,
            figures,
        )
        for code, figures in zip(category["index"], value, strict=True)
    ]


def test_real_years_are_published_but_for_three_that_were_extraordinary(shared: Path) -> None:
    """Each year of each content of the packs as a newest one, after all years before it."""
    waiting, judged = set(), 0
    for table in TABLES:
        for text, is_share, decimals, years, figures in contents(shared, table):
            codes = book(figures.shape[0], years, figures.shape[2])
            measured = indicator("share" if is_share else "count", decimals)
            for number in range(2, len(years) + 1):
                judged += 1
                now, before = (rows(figures[:, :last]) for last in (number, number - 1))
                if doubt_of_change(measured, now, before, codes):
                    waiting.add((table, text, years[number - 1]))

    assert judged > 200
    assert waiting == WAITING


@pytest.mark.parametrize(
    ("measure", "old", "new", "is_revised"),
    [
        ("share", 50.0, 50.4, False),
        ("share", 50.0, 50.5, True),
        ("share", 4.0, 4.1, False),
        ("share", 4.0, 4.3, True),
        ("count", 1000, 1019, False),
        ("count", 1000, 1021, True),
        ("class", 3, 4, True),
        ("index", 100, 100.9, False),
    ],
)
@pytest.mark.parametrize(("part", "more_than_a_fifth"), [(20, False), (21, True)])
def test_a_fifth_of_the_figures_may_be_revised_beyond_level(
    measure: str, old: float, new: float, is_revised: bool, part: int, more_than_a_fifth: bool
) -> None:
    """What is in level counts for nothing, however many there are; of the rest 20 of 100 may."""
    before = np.full((100, 1, 1), old)
    now = before.copy()
    now[: part if is_revised else 100] = new
    found = doubt_of_change(indicator(measure, 1), rows(now), rows(before), book(100, ["2020"], 1))

    assert (found is not None) == (is_revised and more_than_a_fifth)


@pytest.mark.parametrize("gone", [0.0, np.nan])
@pytest.mark.parametrize(("part", "waits"), [(5, False), (6, True)])
def test_a_twentieth_of_what_was_not_zero_may_be_zero_or_missing(
    gone: float, part: int, waits: bool
) -> None:
    """Figures that were zero before do not count, on either side."""
    before = np.concatenate([np.full((100, 1, 1), 700.0), np.zeros((300, 1, 1))])
    now = before.copy()
    now[:part] = gone
    found = doubt_of_change(indicator("count"), rows(now), rows(before), book(400, ["2020"], 1))

    assert (found is not None) == waits


@pytest.mark.parametrize(("year", "waits"), [("2024", True), ("2025", False)])
def test_nine_persons_are_nothing_from_2025_on(year: str, waits: bool) -> None:
    """A count of 20 may be 29 or none of 8: noise; the year before it is a revision."""
    before = np.full((100, 1, 1), 20.0)
    before[50:] = 8
    now = before + 9
    now[50:] = 0
    found = doubt_of_change(indicator("count"), rows(now), rows(before), book(100, [year], 1))

    assert (found is not None) == waits


@given(
    measure=st.sampled_from(["share", "ratio", "index", "amount", "count"]),
    reference=st.floats(-1e6, 1e6),
    other=st.floats(0, 100),
)
def test_limits_of_many_are_those_of_each(measure: str, reference: float, other: float) -> None:
    """Publishing and panels mean the same by level."""
    one = level_limit(indicator(measure), reference=reference, larger=other)
    many = level_limits(indicator(measure), np.array([reference]), np.array([other]))

    assert many.tolist() == [pytest.approx(one)]
