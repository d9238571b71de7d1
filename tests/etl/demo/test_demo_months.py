"""Months of the example: a season, a gap, a newest month that is not there everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.catalogue.pointer import read_pointer
from etl.demo.seasons import season
from etl.errors import UsageError
from tests.example import read_alone

SEASONS = Path(__file__).parents[3] / "etl" / "demo" / "seasons.csv"
UNEMPLOYED, EMPLOYED = "unemployment_bas_monthly", "employment_bas_monthly"
ASSISTED = "assistance_main_income_monthly"
MONTHS = [f"{year}M{month:02}" for year in range(2020, 2027) for month in range(1, 13)][:-3]
Key = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def figures(example_data: Path) -> Iterator[dict[str, dict[Key, float | None]]]:
    """The values of each monthly indicator by region, month, sex and background."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    asked = """
        SELECT region::VARCHAR, period::VARCHAR, sex::VARCHAR, background::VARCHAR, value
        FROM observation WHERE indicator = $indicator
    """
    with read_alone(example_data / pointer.file) as connection:
        yield {
            name: {
                (region, period, sex, background): value
                for region, period, sex, background, value in connection.execute(
                    asked, {"indicator": name}
                ).fetchall()
            }
            for name in (UNEMPLOYED, EMPLOYED, ASSISTED)
        }


def test_an_indicator_without_a_season_is_refused() -> None:
    """The example invents nothing that it does not know: the file is named."""
    with pytest.raises(UsageError, match=r"etl/demo/seasons\.csv"):
        season(SEASONS, "employment_rate")


@pytest.mark.slow
@pytest.mark.parametrize("indicator", [UNEMPLOYED, EMPLOYED, ASSISTED])
def test_each_has_all_months_of_all_regions_by_origin_and_sex(
    figures: dict[str, dict[Key, float | None]], indicator: str
) -> None:
    """From January 2020 to September 2026, the country, 21 counties and 290 municipalities."""
    found = figures[indicator]
    assert sorted({period for _, period, *_ in found}) == MONTHS
    assert len({region for region, *_ in found}) == 1 + 21 + 290
    assert {(sex, background) for *_, sex, background in found} == {
        (sex, background) for sex in ("_T", "1", "2") for background in ("_T", "SE", "SAMUTF")
    }
    assert len(found) == len(MONTHS) * 312 * 9


@pytest.mark.slow
def test_only_the_newest_month_of_two_municipalities_is_not_there(
    figures: dict[str, dict[Key, float | None]],
) -> None:
    """Every page must do with a newest month that a region lacks."""
    for found in figures.values():
        missing = {key[:2] for key, value in found.items() if value is None}
        assert missing == {("0319", "2026M09"), ("2403", "2026M09")}


@pytest.mark.slow
@pytest.mark.parametrize("year", range(2020, 2026))
def test_summers_have_more_at_work_and_winters_more_without(
    figures: dict[str, dict[Key, float | None]], year: int
) -> None:
    """A month against the one before tells of the season: only the same month a year before."""

    def over_winter(indicator: str) -> float:
        """July less the mean of the Januaries before and after, so that a trend does not tell."""
        months = (f"{year}M07", f"{year}M01", f"{year + 1}M01")
        july, before, after = (figures[indicator]["00", month, "_T", "_T"] or 0 for month in months)
        return july - (before + after) / 2

    assert over_winter(EMPLOYED) > 1
    assert over_winter(UNEMPLOYED) < -0.1
    assert over_winter(ASSISTED) < 0


@pytest.fixture(scope="module")
def persons(example_data: Path) -> dict[str, dict[Key, float]]:
    """Of how many each share is, by indicator, region, month, sex and background."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    asked = """
        SELECT indicator::VARCHAR, region::VARCHAR, period::VARCHAR, sex::VARCHAR,
               background::VARCHAR, denominator
        FROM observation WHERE indicator IN ($unemployed, $employed) AND value IS NOT NULL
    """
    found: dict[str, dict[Key, float]] = {UNEMPLOYED: {}, EMPLOYED: {}}
    with read_alone(example_data / pointer.file) as connection:
        values = {"unemployed": UNEMPLOYED, "employed": EMPLOYED}
        for name, *key, whole in connection.execute(asked, values).fetchall():
            found[name][key[0], key[1], key[2], key[3]] = whole
    return found


@pytest.mark.slow
def test_totals_lie_between_their_groups_in_every_region_and_month(
    figures: dict[str, dict[Key, float | None]], persons: dict[str, dict[Key, float]]
) -> None:
    """
    Everybody between those born here and abroad, both sexes between women and men.

    But for rounding, of the share and of the persons: of 40, half a person is more than a point.
    """
    for indicator in (UNEMPLOYED, EMPLOYED):
        known = {key: value for key, value in figures[indicator].items() if value is not None}
        for (region, period, sex, background), value in known.items():
            groups: list[list[Key]] = []
            if background == "_T":
                groups.append([(region, period, sex, code) for code in ("SE", "SAMUTF")])
            if sex == "_T":
                groups.append([(region, period, code, background) for code in "12"])
            for keys in groups:
                ends = [known[key] for key in keys]
                fewest = min(persons[indicator][key] for key in keys)
                room = 0.11 + 100 / fewest
                assert min(ends) - room < value < max(ends) + room, (region, period)


@pytest.mark.slow
def test_the_foreign_born_are_more_often_without_work_in_every_county(
    figures: dict[str, dict[Key, float | None]],
) -> None:
    """The gap that the pages are made to show is there, in the direction of the published one."""
    for indicator, sign in ((UNEMPLOYED, 1), (EMPLOYED, -1)):
        found = figures[indicator]
        counties = [key for key in found if len(key[0]) == 2 and key[3] == "SAMUTF"]
        for region, period, sex, abroad in counties:
            gap = (found[region, period, sex, abroad] or 0) - (
                found[region, period, sex, "SE"] or 0
            )
            assert sign * gap > 1, (region, period)


@pytest.mark.slow
def test_parts_of_a_count_differ_from_their_total_by_rounding_only(
    figures: dict[str, dict[Key, float | None]],
) -> None:
    """Women and men, and those born here and abroad, are everybody but for a person or two."""
    found = figures[ASSISTED]
    for (region, period, sex, background), value in found.items():
        if value is None:
            continue
        for parts in (
            [(region, period, sex, code) for code in ("SE", "SAMUTF")]
            if background == "_T"
            else [],
            [(region, period, code, background) for code in "12"] if sex == "_T" else [],
        ):
            if parts:
                assert abs(sum(found[part] or 0 for part in parts) - value) <= 2
