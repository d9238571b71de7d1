"""Where each figure of the heat table stands among its level, and in which order columns are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.data.context import opened
from dashboard.panels import heat
from dashboard.panels.overview import missing_figure
from dashboard.state.url import parsed
from dashboard.state.visit import Visit, visited
from tests.dashboard.similar_warehouse import (
    NEAREST,
    OTHERS,
    RATE,
    REGION,
    publish_similar,
    similar_rows,
)
from tests.dashboard.warehouse import ROOT

EVERYBODY = (REGION, *OTHERS)  # from 70 per cent in work to 79


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A visit over ten municipalities with figures of their own."""
    folder = tmp_path_factory.mktemp("heat")
    publish_similar(folder)
    given = opened(folder, ROOT / "indicators.yaml")
    with given.warehouses.current() as warehouse:
        assert warehouse is not None
        yield visited(given, warehouse, "/jamfor", parsed(""), current=warehouse.version)
    given.warehouses.close()


def table(visit: Visit, search: str) -> tuple[list[str], list[heat.HeatCell]]:
    """The codes of the columns in their order, and the cells of the share in work."""
    asked = visited(
        visit.context, visit.warehouse, "/jamfor", parsed(search), current=visit.current
    )
    columns, notices = heat.heat_columns(asked, asked.state.region)
    assert notices == []
    lines = heat.heat_rows(asked, columns, [visit.catalogue.indicator[RATE]])
    ordered, (line,) = heat.ordered_heat(columns, lines, asked.state.order)
    return [column.code for column in ordered], list(line.cells)


def test_ten_municipalities_lie_two_in_each_fifth(visit: Visit) -> None:
    """The lowest two in the first, the highest two in the fifth, whoever asks."""
    for region in EVERYBODY:
        others = ",".join(code for code in EVERYBODY if code != region)
        codes, cells = table(visit, f"?region={region}&jamfor={others}&sortering=kod")
        fifths = dict(zip(codes, (cell.fifth for cell in cells), strict=True))

        assert [fifths[code] for code in EVERYBODY] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_level_of_few_regions_has_no_fifths(visit: Visit) -> None:
    """One county and one country are no distribution."""
    _, cells = table(visit, f"?region={REGION}&jamfor=01,00")

    assert [cell.fifth for cell in cells] == [1, None, None]


@pytest.mark.parametrize(("order", "falling"), [("varde", True), ("forandring", False)])
def test_the_highest_value_and_the_largest_difference_come_first(
    visit: Visit, order: str, falling: bool
) -> None:
    """
    After the region itself: its own place is not its rank.

    A difference is the own figure, 75, less the other's: largest from the lowest of them.
    """
    region = OTHERS[4]
    others = ",".join(sorted(code for code in EVERYBODY if code != region))
    codes, cells = table(visit, f"?region={region}&jamfor={others}&sortering={order}")

    expected = [code for code in EVERYBODY if code != region]
    assert codes == [region, *(reversed(expected) if falling else expected)]
    numbers = [cell.figure and cell.figure.number for cell in cells]
    values = [70, 71, 72, 73, 74, 76, 77, 78, 79]
    assert numbers == [75, *(reversed(values) if falling else values)]
    differences = [5, 4, 3, 2, 1, -1, -2, -3, -4]
    assert [cell.difference and cell.difference.value for cell in cells[1:]] == [
        *(reversed(differences) if falling else differences)
    ]


def test_by_code_regions_come_before_groups(visit: Visit) -> None:
    """Codes of regions as numbers, then what is made of several."""
    search = f"?region={OTHERS[1]}&jamfor=liknande,skr,01,{OTHERS[0]},00&sortering=kod"

    assert table(visit, search)[0] == [OTHERS[1], "00", "01", OTHERS[0], "liknande", "skr-B3"]


def test_what_nobody_has_figures_of_is_told_apart_from_what_the_region_lacks(visit: Visit) -> None:
    """Of an indicator of the catalogue without any figure."""
    assert (
        missing_figure(visit, visit.catalogue.indicator["neet_20_25"]) == "Indikatorn saknar data"
    )


def test_the_median_is_of_the_members_in_the_region_s_own_register(tmp_path: Path) -> None:
    """Of 73 to 78 and a 99 of the older register the middle is that of six: 75.5; one lacks."""
    odd = NEAREST[-1]
    observations = [
        (*row[:5], 99.0, None, "rams", row[8]) if row[:2] == (RATE, odd) else row
        for row in similar_rows()
    ]
    publish_similar(tmp_path, observations=observations)
    given = opened(tmp_path, ROOT / "indicators.yaml")
    with given.warehouses.current() as warehouse:
        assert warehouse
        visit = visited(given, warehouse, "/jamfor", parsed(""), current=warehouse.version)
        _, cells = table(visit, f"?region={REGION}&jamfor=liknande")
    given.warehouses.close()
    median = cells[1].figure

    assert median
    assert median.members == NEAREST
    assert median.number == 75.5
    assert [one.member for one in median.lacking] == [odd]
