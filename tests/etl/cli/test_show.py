"""`etl show`: what SCB has, for whoever repairs the catalogue; the table of the recording."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.etl.running import CATALOGUE, Run, etl
from tests.pxweb_server import Server, serving
from tests.scb.facts import table_of
from tests.scb.tables import table_pack

KEY, ID = "population_age_sex", "TAB638"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Serve the population by age and sex, as documented."""
    with serving([table_pack(table_of(KEY))], calls=100_000) as running:
        yield running


@pytest.fixture(scope="module")
def data(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one `etl resolve`."""
    folder = tmp_path_factory.mktemp("data")
    etl("resolve", "--api", server.url, "--data", folder, "--catalogue", CATALOGUE)
    return folder


def show(data: Path, table: str, *options: str) -> Run:
    """Show one table of a data folder."""
    return etl("show", table, "--data", data, "--catalogue", CATALOGUE, *options)


@pytest.mark.parametrize("name", [ID, KEY])
def test_a_table_is_shown_by_its_id_or_by_its_key(data: Path, name: str) -> None:
    """Title, variables, contents with unit and decimals, and the years, as SCB has them."""
    shown = show(data, name)

    assert shown.code == 0
    lines = [" ".join(line.split()) for line in shown.output.splitlines()]
    assert lines[0].startswith("Folkmängden efter region, civilstånd, ålder och kön.")
    assert f"table {ID}" in lines
    assert "BE0101N1 'Folkmängd', unit 'antal personer', 0 decimals" in lines
    assert [line for line in lines if line.startswith("time Tid 1968 to 2024, 57 periods")]
    assert "1 män" in lines


def test_a_long_list_of_codes_is_folded_and_searched_by_a_word(data: Path) -> None:
    """How many more there are, and how to find one of them."""
    assert "more; --find WORD" in show(data, ID).output
    found = show(data, ID, "--find", "STOCKHOLM").output
    assert "Stockholms län" in found
    assert "Uppsala" not in found
    assert "more; --find" not in found


def test_a_table_that_is_not_there_is_said_with_what_is_near(data: Path) -> None:
    """A mistyped key is answered with keys; a table that nobody looked at with how to look."""
    assert "population_age_sex" in show(data, "population_age_sx").output
    never = show(data, "TAB4711")
    assert never.code == 2
    assert "--live asks the API" in never.output


def test_the_source_itself_can_be_asked(server: Server, tmp_path: Path) -> None:
    """Before anything has landed, and nothing lands by looking."""
    shown = show(tmp_path, ID, "--live", "--api", server.url)

    assert shown.code == 0
    assert "'Folkmängd'" in shown.output
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_was_refused_is_shown_too_and_nothing_is_built_from_it(
    tmp_path: Path,
) -> None:
    """What it says now is what the person needs who repairs the catalogue."""
    moves = table_of("moves")
    renamed = tuple(replace(one, texts=(f"Något annat {one.code}",)) for one in moves.contents)
    with serving([table_pack(replace(moves, contents=renamed))], calls=100_000) as running:
        etl("resolve", "--api", running.url, "--data", tmp_path, "--catalogue", CATALOGUE)

    shown = show(tmp_path, "moves").output

    assert "missing as" in shown
    assert f"Något annat {moves.contents[0].code}" in shown
    assert etl("build", "--data", tmp_path, "--catalogue", CATALOGUE).code == 4
