"""Kendall's tau-b, the Theil-Sen slope and the words they lead to."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.data.observation import Observation
from dashboard.rules.direction import direction, kendall_tau_b, theil_sen
from dashboard.rules.stretches import Stretch, described_stretches, unbroken
from etl.catalogue import Break, Indicator, Text
from tests.dashboard.speaking import direction_sentences, indicator, seen, wording

TEXT = Text(sv="Ny metod.", en="New method.")
NUMBERS = st.lists(st.integers(-50, 50).map(lambda n: n / 10), min_size=2, max_size=25)


def series(values: list[float | None], of: str = "open_unemployment") -> list[Observation]:
    """A series of Botkyrka from 2005, within one segment and without breaks."""
    return [seen(of, "0127", 2005 + n, value) for n, value in enumerate(values)]


def word(values: list[float | None], measure: str = "share") -> str | None:
    """What is said of the direction of one stretch."""
    measured = indicator("open_unemployment", measure=measure, breaks=())
    found = direction(Stretch(tuple(series(values))), measured)
    return found.word if found else None


def test_tau_b_counts_ties_as_by_hand() -> None:
    """1, 2, 2, 3: five of six pairs rise, one is tied: 5 / sqrt(6 x 5)."""
    assert kendall_tau_b([1, 2, 3, 4], [1, 2, 2, 3]) == pytest.approx(5 / math.sqrt(30))


def test_the_slope_is_the_median_of_all_pairs_by_hand() -> None:
    """0, 1, 2, 9: slopes 1, 1, 7, 1, 4, 3, in order 1 1 1 3 4 7, median 2."""
    assert theil_sen([1, 2, 3, 4], [0, 1, 2, 9]) == 2


@given(NUMBERS)
def test_tau_b_is_that_of_scipy(values: list[float]) -> None:
    """Our own implementation agrees with the standard one, ties and all."""
    years = list(range(2000, 2000 + len(values)))
    expected = stats.kendalltau(years, values, variant="b").statistic

    if math.isnan(expected):
        assert kendall_tau_b(years, values) == 0
    else:
        assert kendall_tau_b(years, values) == pytest.approx(expected, abs=1e-12)


@given(NUMBERS)
def test_the_slope_is_that_of_scipy(values: list[float]) -> None:
    """Our own implementation agrees with the standard one."""
    years = list(range(2000, 2000 + len(values)))

    assert theil_sen(years, values) == pytest.approx(
        stats.theilslopes(values, years).slope, abs=1e-12
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 11, 12, 13, 14], "rising"),
        ([14, 13, 12, 11, 10], "falling"),
        ([10, 10.25, 10.5, 10.75, 11], "rising"),  # exactly one point
        ([10, 10.2, 10.4, 10.6, 10.8], "none"),  # perfect order, 0.8 points
        ([10, 14, 9, 15, 10], "none"),  # tau-b 0.22
        ([10, 10, 10, 10, 10], "none"),
        ([10, 20, 30, 40], "short"),
        ([10, None, 12, 13, 14], "short"),
        ([10, None, 12, 13, 14, 15], "rising"),
    ],
)
def test_a_share_needs_tau_and_a_whole_point_over_five_years(
    values: list[float | None], expected: str
) -> None:
    """Order alone is no direction, nor is a jump, nor are four years."""
    assert word(values) == expected


@pytest.mark.parametrize(("last", "expected"), [(2024, "rising"), (2025, "none")])
def test_a_few_persons_more_are_no_direction_where_the_source_adds_noise(
    last: int, expected: str
) -> None:
    """From 40 to 48 persons is a fifth, but from 2025 a handful may be the adjustments alone."""
    rows = [
        seen("population", "0127", last - 4 + n, value, segment="bef")
        for n, value in enumerate((40, 42, 44, 46, 48))
    ]
    found = direction(Stretch(tuple(rows)), indicator("population", breaks=()))

    assert found
    assert found.word == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2.7, 2.6, 2.5, 2.3, 2.2], "falling"),  # Kiruna: 0.5 points, a fifth of it, every year
        ([2.5, 2.5, 2.4, 2.3, 2.3], "none"),  # under 0.3 points
        ([1.0, 1.1, 1.2, 1.3, 1.4], "rising"),  # 0.4 points, more than the least there is
        ([8.0, 7.9, 7.7, 7.5, 7.4], "none"),  # a tenth of the median is 0.77
        ([8.0, 7.8, 7.6, 7.4, 7.2], "falling"),
        ([9.6, 9.8, 10.0, 10.2, 10.4], "none"),  # a median of 10: a whole point
    ],
)
def test_a_rare_thing_needs_a_tenth_of_its_share(values: list[float | None], expected: str) -> None:
    """Half a point is little of 80 per cent and a fifth of 2.5."""
    assert word(values) == expected


@pytest.mark.parametrize(
    ("measure", "values", "expected"),
    [
        ("ratio", [90, 91, 91.5, 92, 92.9], "none"),  # slope 0.683, 2.73 in four years
        ("ratio", [90, 91, 92, 93, 94], "rising"),
        ("count", [1000, 1010, 1020, 1025, 1029], "none"),  # 29.5, of 30.2 that are needed
        ("count", [1000, 1010, 1020, 1030, 1040], "rising"),
        # 30.4 in four years: more than 3 per cent of the line's first value, 1000 and 1004.8 by
        # hand, and less than of its last, 1030.4, or of the first figure, 1020
        ("count", [1000, 1007.6, 1015.2, 1022.8, 1030.4], "rising"),
        ("count", [1020, 1007.6, 1015.2, 1022.8, 1030.4], "rising"),
        ("amount", [200, 198, 196, 194, 192], "falling"),
        ("index", [90, 95, 100, 105, 110], None),
        ("class", [1, 2, 3, 4, 5], None),
    ],
)
def test_each_measure_has_its_own_least_change(
    measure: str, values: list[float | None], expected: str | None
) -> None:
    """3 for ratios, 3 per cent for amounts and counts, nothing for index and class."""
    assert word(values, measure) == expected


def test_tau_of_exactly_six_tenths_is_a_direction() -> None:
    """Of ten pairs eight rise and two fall: tau-b is 0.6, which is enough."""
    values = [10.0, 12.0, 11.0, 14.0, 13.0]

    assert kendall_tau_b([1, 2, 3, 4, 5], values) == pytest.approx(0.6)
    assert word(list(values)) == "rising"


def broken_at(*years: str, of: str = "open_unemployment") -> Indicator:
    """The indicator with whole breaks in some years."""
    marks = tuple(Break(period=year, severity="break", text=TEXT) for year in years)
    return indicator(of, breaks=marks)


def test_a_series_is_described_by_its_latest_and_its_longest_older_stretch() -> None:
    """Of 2005-2006, 2007-2012, 2013-2014 and 2015-2016 the last and the second are told."""
    measured = broken_at("2007", "2013", "2015")
    latest, older = described_stretches(unbroken(series([float(n) for n in range(12)]), measured))

    assert latest
    assert older
    assert [one.year for one in latest.present] == [2015, 2016]
    assert [one.year for one in older.present] == list(range(2007, 2013))


def test_of_two_older_stretches_of_one_length_the_later_is_described() -> None:
    """2005-2007, 2008-2010 and 2011-2012: the last and the second."""
    measured = broken_at("2008", "2011")
    latest, older = described_stretches(unbroken(series([float(n) for n in range(8)]), measured))

    assert latest
    assert older
    assert [one.year for one in latest.present] == [2011, 2012]
    assert [one.year for one in older.present] == [2008, 2009, 2010]


def test_a_break_in_a_missing_year_still_parts_the_years_around_it() -> None:
    """2008 is hidden and broken: 2007 and 2009 are in two stretches."""
    pieces = unbroken(series([1.0, 2.0, 3.0, None, 5.0, 6.0]), broken_at("2008"))

    assert [[one.year for one in piece.present] for piece in pieces] == [
        [2005, 2006, 2007],
        [2009, 2010],
    ]


def test_two_regions_are_no_series() -> None:
    """A stretch never runs from one municipality into another."""
    rows = [seen("population", "0127", 2010, 1), seen("population", "0180", 2011, 2)]

    with pytest.raises(ValueError, match="one series"):
        unbroken(rows, indicator("population"))


def test_a_year_stands_once() -> None:
    """Two values of one year are a fault of the caller, not a stretch."""
    rows = [seen("population", "0127", 2010, 1), seen("population", "0127", 2010, 2)]

    with pytest.raises(ValueError, match="twice"):
        unbroken(rows, indicator("population"))


def pack(shared: Path, table: str, **codes: str) -> dict[str, float | None]:
    """One series of a pack of published figures: value by year."""
    folder = shared / "scb" / "packs" / table
    if not folder.is_dir():
        pytest.skip(f"the pack {table} is not here")
    about = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    cells = json.loads((folder / "cells.json").read_text(encoding="utf-8"))["value"]
    index = {name: about["dimension"][name]["category"]["index"] for name in about["id"]}
    array = np.array(cells, dtype=object).reshape(about["size"])
    where = tuple(
        index[name][codes[name]] if name in codes else slice(None) for name in about["id"]
    )
    return dict(zip(index["Tid"], array[where].tolist(), strict=True))


def test_the_published_rise_in_stockholm_county_is_told(shared: Path) -> None:
    """Ten years or longer in Sweden: 69.5 to 76.1 per cent 2010-2018, then too few years."""
    values = pack(
        shared,
        "TAB389",
        Region="01",
        Kon="1+2",
        UtbNiv="000",
        BakgrVar="INT040",
        ContentsCode="0000001X",
    )
    name = "employment_rate"
    rows = [seen(name, "01", year, value, background="INT040") for year, value in values.items()]
    latest, older = direction_sentences(rows, wording(name))

    assert latest == (
        "Efter tidsseriebrottet 2019 finns tre år. Det är för få för att ange en riktning."
    )
    assert older.startswith(
        "Åren 2010–2018 var riktningen stigande: andelen förvärvsarbetande bland personer "
        "20–64 år i Stockholms län som bott 10 år eller längre i Sverige gick från 69,5 till "
        "76,1 procent."
    )


def test_the_published_unemployment_of_botkyrka_has_no_clear_direction(shared: Path) -> None:
    """Openly unemployed 2010-2021 vary between 13.9 and 17.2 per cent."""
    values = pack(
        shared,
        "TAB4881",
        Region="0127",
        Kon="1+2",
        UtbNiv="000",
        BakgrVar="TOT",
        ContentsCode="000001TD",
    )
    name = "open_unemployment"
    rows = [seen(name, "0127", year, value) for year, value in values.items()]

    assert direction_sentences(rows, wording(name, "en")) == (
        (
            "In 2010–2021 the share of openly unemployed in Botkyrka had no clear direction. It "
            "varied between 13.9 and 17.2 per cent."
        ),
    )
