"""What a page says of years without figures: those that are held back have come, others not."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.data.queries.holdings import newest_periods
from dashboard.data.versions import Shelf
from dashboard.server.app import create_app
from tests.dashboard.area_warehouse import publish_areas
from tests.dashboard.rendered import shown, text
from tests.dashboard.speaking import shipped
from tests.dashboard.warehouse import CATALOGUE, REGIONS, Row, publish, rows

EMPLOYED = "/indikator/employment_rate"
NOT_YET = "finns ännu inte"
NONE = "Det finns inga uppgifter"
NEWEST = "Det senaste året är 2025."
HIDDEN: tuple[Row, ...] = tuple(
    ("employment_rate", one[0], "2025", "_T", "_T", None, "..", "bas", "published")
    for one in REGIONS
)


# Net migration goes on for Gotland alone.
OBSERVED = (
    *(one for one in rows() if one[0] != "net_migration" or one[1] == "0980" or one[2] <= "2020"),
    *HIDDEN,
)


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The usual warehouse and a year more, in which every cell is held back."""
    folder = tmp_path_factory.mktemp("hidden")
    publish(folder, observations=OBSERVED)
    given = opened(folder, CATALOGUE)
    yield create_app(given).server.test_client()
    given.warehouses.close()


def test_the_newest_period_is_of_any_status(tmp_path: Path) -> None:
    """The source has 2025 though it shows nothing of it; population ends in 2024."""
    publish(tmp_path, observations=OBSERVED)
    given = opened(tmp_path, CATALOGUE)
    with given.warehouses.current() as warehouse:
        assert warehouse is not None
        newest = newest_periods(warehouse)
    given.warehouses.close()

    assert (newest["employment_rate"], newest["population"]) == ("2025", "2024")


@pytest.mark.parametrize("view", ["jamfor", "karta", "tabell"])
def test_a_year_that_is_held_back_is_not_awaited(hidden: FlaskClient, view: str) -> None:
    """Two dots in every cell of 2025: there is nothing to show, and nothing to wait for."""
    words = text(shown(hidden, EMPLOYED, f"?region=0127&vy={view}&ar=2025"))

    assert "Det finns inga uppgifter att visa för år 2025." in words
    assert NOT_YET not in words


def test_of_two_years_the_one_that_is_held_back_is_not_awaited(hidden: FlaskClient) -> None:
    """Each of the two years has its own reason."""
    words = text(shown(hidden, EMPLOYED, "?region=0127&vy=tvaar&ar=2025-2026"))

    assert "Det finns inga uppgifter att visa för år 2025." in words
    assert f"Uppgifter för 2026 finns ännu inte i källan. {NEWEST}" in words


@pytest.mark.parametrize(("view", "all_years"), [("tid", True), ("tabell", False)])
def test_years_after_the_held_back_one_are_awaited(
    hidden: FlaskClient, view: str, all_years: bool
) -> None:
    """The latest year is that of the source, not of the numbers that are shown."""
    words = text(shown(hidden, EMPLOYED, f"?region=0127&vy={view}&ar=2026-2030"))

    assert f"Uppgifter för 2026–2030 finns ännu inte i källan. {NEWEST}" in words
    assert NONE not in words
    assert ("Alla år visas." in words) is all_years


def test_years_to_come_are_said_once_over_time(reader: FlaskClient) -> None:
    """That 2030 has not come says why it is not shown; then only what is shown instead."""
    words = text(shown(reader, EMPLOYED, "?region=0127&ar=2030"))

    assert (
        "Uppgifter för 2030 finns ännu inte i källan. Det senaste året är 2024. Alla år visas."
    ) in words
    assert NONE not in words


def test_a_series_that_has_ended_in_a_region_is_not_awaited(hidden: FlaskClient) -> None:
    """The source has 2022, though not of the lines that are drawn."""
    words = text(shown(hidden, "/indikator/net_migration", "?region=0127&ar=2022"))

    assert f"{NONE} att visa för år 2022. Alla år visas." in words
    assert NOT_YET not in words


def test_areas_that_are_held_back_in_the_newest_year_are_not_awaited(tmp_path: Path) -> None:
    """Two dots in every area of 2024: the year before is shown, and nothing is promised."""
    file = publish_areas(tmp_path)
    with duckdb.connect(file) as connection:
        connection.execute(
            "UPDATE observation SET value = NULL, status = '..', numerator = NULL"
            " WHERE CAST(period AS VARCHAR) = '2024' AND CAST(region AS VARCHAR) LIKE '0127R%'"
        )
    given = Context(shipped(), Shelf(tmp_path))
    page = shown(create_app(given).server.test_client(), "/omraden", "?region=0127&ar=2024")
    given.warehouses.close()

    assert f"{NONE} att visa för år 2024." in text(page)
    assert NOT_YET not in text(page)
