"""What happens when the source changes under our feet."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import orjson
import pytest

from tests.etl.running import CATALOGUE, Run, etl, observations, rows
from tests.pxweb_server import Cells, Server, serving
from tests.pxweb_server.editions import narrowed, relabelled, renumbered, updated_at, with_values

pytestmark = pytest.mark.slow  # whole runs of the pipeline

LATER = "2026-11-01T07:00:00Z"
TABLES = ("TAB389", "TAB4881", "TAB6383")


@pytest.fixture
def server(shared: Path) -> Iterator[Server]:
    """Serve three real packs that a test may republish."""
    folders = [shared / "scb" / "packs" / table for table in TABLES]
    with serving(folders, calls=300, window=1.0) as running:
        yield running


@pytest.fixture(scope="module")
def before_the_change(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pull the packs once, before they change."""
    folder = tmp_path_factory.mktemp("before")
    with serving([shared / "scb" / "packs" / table for table in TABLES], calls=300) as running:
        assert pull(running, folder).code == 3
    return folder


@pytest.fixture
def data(before_the_change: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, as it was before the change."""
    return Path(shutil.copytree(before_the_change, tmp_path / "data"))


def pull(server: Server, data: Path, *options: str) -> Run:
    """Run the whole way against the server as it is now."""
    return etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE, *options)


def value(data: Path, indicator: str, region: str, period: str) -> list[tuple[float]]:
    """Return everybody's value of one indicator, region and period."""
    return rows(
        data,
        """
        SELECT value FROM observation
        WHERE indicator = $indicator AND region = $region AND period = $period
          AND sex = '_T' AND background = '_T' AND age = '_T' AND education = '_T'
        """,
        indicator=indicator,
        region=region,
        period=period,
    )


def stale(data: Path) -> dict[str, str]:
    """Return the stale indicators with their reasons, as `etl status` tells them."""
    told = etl("status", "--json", "--data", data, "--catalogue", CATALOGUE).output
    indicators = orjson.loads(told)["indicators"]
    return {name: one["reason"] for name, one in indicators.items() if one["stale"]}


def test_a_label_that_differs_in_dash_and_suffix_still_binds(server: Server, data: Path) -> None:
    """The text counts, not its dashes, its commas or its unit."""
    pack = relabelled(
        server.pack("TAB6383"), "ContentsCode", "000007K3", "Andel  sysselsatta , procent"
    )
    server.publish(updated_at(pack, LATER))

    pull(server, data)

    assert not stale(data)
    assert value(data, "employment_rate", "0114", "2022") == [(81.6,)]


def test_a_content_that_means_something_else_is_not_read(server: Server, data: Path) -> None:
    """Another text under the same code: the old figures stay, marked stale, with the reason."""
    pack = relabelled(server.pack("TAB6383"), "ContentsCode", "000007K3", "Andel föräldralediga")
    server.publish(updated_at(pack, LATER))

    pull(server, data)

    assert "föräldralediga" in stale(data)["employment_rate"]
    assert value(data, "employment_rate", "0114", "2022") == [(81.6,)]


def test_a_table_with_a_new_id_is_found_by_its_words(server: Server, data: Path) -> None:
    """The id in the catalogue is gone; title, folder and variables find the table again."""
    moved = renumbered(server.pack("TAB389"), "TAB7001")
    server.withdraw("TAB389")
    server.publish(moved)

    resolved = etl("resolve", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)
    pull(server, data)

    assert "healed" in resolved.output
    assert "TAB7001" in resolved.output
    tables = rows(data, "SELECT DISTINCT table_id FROM indicator_source WHERE level = 'county'")
    assert tables == [("TAB7001",)]


def test_an_id_that_now_means_another_table_is_never_read(server: Server, data: Path) -> None:
    """The municipalities' table under the counties' id: refused, whatever its contents say."""
    before = observations(data)
    server.withdraw("TAB389")
    server.publish(updated_at(renumbered(server.pack("TAB4881"), "TAB389"), LATER))

    run = pull(server, data)

    assert run.code == 3
    assert "TAB389" in run.output
    assert "does not fit" in run.output
    assert observations(data) == before


def test_a_table_that_shrank_silently_is_refused(server: Server, data: Path) -> None:
    """Fewer regions than last time: the old figures stay, and the loss is told in numbers."""
    before = observations(data)
    kept = [f"0{code}" for code in range(114, 193) if code != 180]
    server.publish(updated_at(narrowed(server.pack("TAB6383"), "Region", kept), LATER))

    pull(server, data)

    assert "1 of 26 regions" in stale(data)["employment_rate"]
    assert "0180" in stale(data)["employment_rate"]
    assert observations(data) == before


def test_what_shrank_for_good_can_be_accepted(server: Server, data: Path) -> None:
    """A person who has seen what is held back, and knows better, names the indicator."""
    kept = [f"0{code}" for code in range(114, 193) if code != 180]
    server.publish(updated_at(narrowed(server.pack("TAB6383"), "Region", kept), LATER))
    pull(server, data)

    pull(server, data, "--accept", "employment_rate")

    assert "employment_rate" not in stale(data)
    assert value(data, "employment_rate", "0180", "2022") == []


def test_what_was_refused_can_be_accepted_afterwards(server: Server, data: Path) -> None:
    """The person reads the reason first; the same documents then give another version."""
    kept = [f"0{code}" for code in range(114, 193) if code != 180]
    server.publish(updated_at(narrowed(server.pack("TAB6383"), "Region", kept), LATER))
    pull(server, data)
    assert "employment_rate" in stale(data)

    etl("build", "--data", data, "--catalogue", CATALOGUE, "--accept", "employment_rate")

    assert "employment_rate" not in stale(data)
    assert value(data, "employment_rate", "0180", "2022") == []


def test_a_unit_that_changed_without_a_word_is_refused(server: Server, data: Path) -> None:
    """Per mille instead of per cent: the median moves by more than a factor five."""

    def tenfold(cells: Cells) -> Cells:
        values = [None if one is None else one / 10 for one in cells.values]
        return replace(cells, values=np.array(values, dtype=object))

    server.publish(updated_at(with_values(server.pack("TAB6383"), tenfold), LATER))

    pull(server, data)

    assert "median of 2022" in stale(data)["employment_rate"]
    assert value(data, "employment_rate", "0114", "2022") == [(81.6,)]


def test_the_search_index_may_lag_behind(server: Server, data: Path) -> None:
    """`updated` of the metadata decides, not the one of the search."""
    seen = len(server.calls)
    server.publish(updated_at(server.pack("TAB6383"), LATER, in_search_too=False))

    pull(server, data)

    posts = [call for call in server.calls[seen:] if call.method == "POST"]
    assert posts
    assert all("TAB6383" in call.path for call in posts)


def test_an_api_that_is_down_leaves_everything_readable(
    shared: Path, server: Server, data: Path
) -> None:
    """No connection: the figures stay, all of them stale with the reason."""
    before = observations(data)
    server.stop()

    run = etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)

    assert run.code == 3
    assert observations(data) == before
    assert stale(data).keys() >= {"employment_rate", "open_unemployment"}


def test_strict_publishes_all_or_nothing(server: Server, data: Path) -> None:
    """With --strict one missing source is enough to stop; the old version stays current."""
    before = etl("path", "--data", data).output
    pack = relabelled(
        server.pack("TAB6383"), "ContentsCode", "000007K3", "Andel sysselsatta, procent"
    )
    server.publish(updated_at(pack, LATER))

    run = pull(server, data, "--strict")

    assert run.code == 4
    assert etl("path", "--data", data).output == before


def test_versions_are_kept_and_can_be_rolled_back(server: Server, data: Path) -> None:
    """`use` makes an older version current again; an unknown one is refused."""
    first = etl("path", "--data", data).output.strip()
    server.publish(updated_at(server.pack("TAB6383"), LATER))
    pull(server, data)
    assert etl("path", "--data", data).output.strip() != first

    version = Path(first).stem.removeprefix("warehouse-")

    assert etl("use", version, "--data", data).code == 0
    assert etl("path", "--data", data).output.strip() == first
    assert etl("use", "nonsense", "--data", data).code == 2


def test_a_warehouse_of_another_make_is_no_obstacle(server: Server, data: Path) -> None:
    """After an upgrade that changed the tables, the next version is built without comparing."""
    file = Path(etl("path", "--data", data).output.strip())
    with duckdb.connect(file) as connection:
        connection.execute("DROP TABLE lineage")
    server.publish(updated_at(server.pack("TAB6383"), LATER))

    assert pull(server, data).code == 3
    assert etl("path", "--data", data).output.strip() != str(file)
