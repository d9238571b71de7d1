"""What readers are told is lacking because a table could not be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.panels.losses import loss_sentence, losses
from dashboard.server.app import create_app
from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from tests.dashboard.rendered import shown, text
from tests.dashboard.warehouse import CATALOGUE, publish

ID = "employment_rate"
LOST = "Från 2022 saknas uppgifter: tabellen kunde inte läsas."
ENGLISH = "From 2022 on figures are missing: the table could not be read."


def by_years(**years: tuple[int, int | None, tuple[str, ...]]) -> Catalogue:
    """Employment in one segment of several tables, each with its years and levels."""
    whole = load(CATALOGUE)
    (pattern, *_), employed = whole.tables, whole.indicator[ID]
    tables = tuple(
        pattern.model_validate(
            pattern.model_dump(by_alias=True)
            | {"key": key, "id": None, "years": {"from": first, "to": last}, "levels": levels}
        )
        for key, (first, last, levels) in years.items()
    )
    (source,) = employed.segments[0].sources
    segment = employed.segments[0].model_copy(
        update={
            "years": tables[0].years.model_copy(update={"last": None}),
            "sources": tuple(
                source.model_copy(update={"table": one.key, "levels": one.levels}) for one in tables
            ),
        }
    )
    one_segment = employed.model_copy(update={"segments": (segment,)})
    return replace(whole, tables=tables, indicators=(one_segment,))


def told(
    data: Path, catalogue: Catalogue, missing: dict[str, str], held: dict[str, tuple[str, str, str]]
) -> list[str]:
    """What is said where sources are missing; `held`: table to level, first and last year."""
    with duckdb.connect(publish(data)) as connection:
        connection.execute("DELETE FROM indicator_source")
        connection.execute("DELETE FROM source_problem")
        for table, (level, first, last) in held.items():
            connection.execute(
                "INSERT INTO indicator_source VALUES (?, 'rams', ?, ?, 'X', ?, ?)",
                [ID, level, table, first, last],
            )
        for source, reason in missing.items():
            connection.execute(
                "INSERT INTO source_problem VALUES (?, 'rams', ?, false, ?)", [ID, source, reason]
            )
    with given(data) as context, context.warehouses.current() as warehouse:
        assert warehouse
        found = losses(catalogue, warehouse).get(ID, ())
        return [loss_sentence(loss, "sv") for loss in found]


@contextmanager
def given(data: Path) -> Iterator[Context]:
    """The context over a folder, closed at the end."""
    context = opened(data, CATALOGUE)
    try:
        yield context
    finally:
        context.warehouses.close()


def test_a_year_whose_table_was_not_read_is_missing(tmp_path: Path) -> None:
    """The years until then stand, and nobody takes the newest of them for the newest there is."""
    catalogue = by_years(old=(1968, 2024, ("county",)), new=(2025, None, ("county",)))

    said = told(tmp_path, catalogue, {"new#1": "gone"}, {"TAB1": ("county", "1968", "2024")})

    assert said == ["2025 saknas: tabellen kunde inte läsas."]


def test_years_are_missing_at_the_levels_that_no_other_table_covers(tmp_path: Path) -> None:
    """Municipalities have them from another table, counties do not."""
    catalogue = by_years(
        old=(2000, 2024, ("county", "municipality")),
        new=(2025, None, ("county", "municipality")),
        other=(2010, None, ("municipality",)),
    )

    said = told(
        tmp_path, catalogue, {"new#1": "gone"},
        {"TAB1": ("county", "2000", "2024"), "TAB2": ("municipality", "2010", "2025")},
    )  # fmt: skip

    assert said == [
        "2025 saknas för län: tabellen kunde inte läsas.",
        "En del grupper saknas för kommuner: tabellen kunde inte läsas.",
    ]


def test_a_level_without_any_figures_and_two_tables_are_said_as_such(tmp_path: Path) -> None:
    """All there would be of the municipalities lay in two tables."""
    catalogue = by_years(
        land=(2000, None, ("country",)),
        old=(2000, 2024, ("municipality",)),
        new=(2025, None, ("municipality",)),
    )

    said = told(
        tmp_path, catalogue, {"old#1": "gone", "new#2": "gone"},
        {"TAB1": ("country", "2000", "2025")},
    )  # fmt: skip

    assert said == ["Uppgifter saknas för kommuner: tabellerna kunde inte läsas."]


def test_years_between_others_are_said_by_their_runs(tmp_path: Path) -> None:
    """Two holes are two sentences, the older first."""
    catalogue = by_years(
        first=(1990, 1994, ("county",)),
        second=(1995, 1999, ("county",)),
        third=(2000, None, ("county",)),
    )

    said = told(
        tmp_path, catalogue, {"first#0": "gone", "third#2": "gone"},
        {"TAB2": ("county", "1995", "1999")},
    )  # fmt: skip

    assert [one.partition(" saknas")[0] for one in said] == ["1990–1994", "Från 2000"]


def test_an_indicator_without_figures_and_one_that_is_only_stale_lose_nothing(
    context: Context,
) -> None:
    """The first says that it has none, the second shows older ones and says so."""
    with context.warehouses.current() as warehouse:
        assert warehouse
        assert losses(context.catalogue, warehouse) == {}


@pytest.fixture
def losing(data: Path) -> Iterator[FlaskClient]:
    """The application over a version whose newest table could not be read."""
    with duckdb.connect(next(data.glob("*.duckdb"))) as connection:
        connection.execute("DELETE FROM observation WHERE period >= '2022'")
        connection.execute("DELETE FROM indicator_source WHERE segment = 'bas'")
        connection.execute("UPDATE indicator_source SET first_period='1997', last_period='2021'")
        connection.execute(
            f"INSERT INTO source_problem VALUES ('{ID}', 'bas', 'new#0', false, 'gone')"
        )
    with given(data) as context:
        yield create_app(context).server.test_client()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/data", LOST),
        (f"/indikator/{ID}", LOST),
        (f"/inbaddad/indikator/{ID}", LOST),
    ],
)
def test_readers_are_told_wherever_the_indicator_stands(
    losing: FlaskClient, address: str, words: str
) -> None:
    """In the inventory, on its page and in frames of other sites; in English likewise."""
    assert words in text(shown(losing, address))
    english = text(shown(losing, address, "?lang=en"))
    assert ENGLISH in english


def test_a_briefing_tells_it_beside_the_figures(losing: FlaskClient) -> None:
    """Whoever reads aloud from it knows."""
    assert LOST in text(shown(losing, "/briefing", f"?region=01&indikatorer={ID}"))


def test_freshness_tells_it_to_monitors(losing: FlaskClient) -> None:
    """As data and as the sentence, in both languages."""
    found: dict[str, Any] = losing.get("/api/v1/freshness").get_json()

    assert found["losses"] == [
        {
            "indicator": ID,
            "what": "years",
            "levels": [],
            "first_year": "2022",
            "last_year": None,
            "text": {"sv": LOST, "en": ENGLISH},
        }
    ]


def test_what_is_stale_is_said_with_its_years_where_the_rest_is_fresh(data: Path) -> None:
    """A table of the newest years could not be updated; nobody doubts the older ones."""
    with duckdb.connect(next(data.glob("*.duckdb"))) as connection:
        connection.execute(
            f"INSERT INTO source_problem VALUES ('{ID}', 'bas', 'new#0', true, 'down')"
        )
    with given(data) as context:
        client = create_app(context).server.test_client()
        page = text(shown(client, f"/indikator/{ID}"))
        other = text(shown(client, "/indikator/net_migration"))

    assert "Uppgifterna för Sysselsatta från 2022 kunde inte uppdateras den" in page
    assert "Uppgifterna för Flyttningsnetto kunde inte uppdateras den" in other
