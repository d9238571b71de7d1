"""The whole way, with SCB's published figures over a real socket in SCB's protocol."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.etl.running import (
    CATALOGUE,
    COLUMN,
    PACKS_CATALOGUE,
    Run,
    etl,
    everything,
    key,
    observations,
    opened,
    rows,
    truths,
)
from tests.pxweb_server import Server, busiest_window, serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline
SHARES = ("TAB389", "TAB4881", "TAB6383")
NOT_YET_FORMED = {"0330"}  # Knivsta, 2003: its pack has `..` before, in want of a figure
ALL = (*SHARES, "TAB6572", "TAB9001", "TAB5169", "TAB9002")


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    """Serve the real packs."""
    with serving(shared / "scb" / "packs", calls=200, window=1.0) as running:
        yield running


@pytest.fixture(scope="module")
def pulled(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """One run of the shipped catalogue."""
    data = tmp_path_factory.mktemp("shipped")
    return data, etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)


@pytest.fixture(scope="module")
def all_packs(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """One run of the catalogue that covers all seven packs."""
    data = tmp_path_factory.mktemp("packs")
    return data, etl("run", "--api", server.url, "--data", data, "--catalogue", PACKS_CATALOGUE)


def test_a_run_with_most_tables_missing_says_so_and_publishes_the_rest(
    pulled: tuple[Path, Run],
) -> None:
    """Exit code 3, each missing source with its reason, and a current warehouse."""
    data, run = pulled

    assert run.code == 3
    assert "missing" in run.output
    assert rows(data, "SELECT count(*) FROM observation")[0][0] > 100_000
    reasons = rows(data, "SELECT reason FROM source_problem WHERE NOT stale")
    assert reasons
    assert all(reason for (reason,) in reasons)


@pytest.mark.parametrize("table", SHARES)
def test_every_published_share_is_in_the_warehouse_exactly(
    shared: Path, pulled: tuple[Path, Run], table: str
) -> None:
    """What SCB printed is what we store, under our columns, or NULL with its two dots."""
    data, _ = pulled
    contents = {
        code: (indicator, segment)
        for indicator, segment, codes in rows(
            data,
            "SELECT indicator, segment, contents FROM indicator_source WHERE table_id = $t",
            t=table,
        )
        for code in codes.split(",")
    }
    found = everything(data)
    expectations = list(truths(shared, table))
    for selection, expected in expectations:
        indicator, segment = contents[selection["ContentsCode"]]
        place = key(selection)
        value = None if expected == ".." else float(expected)
        status = ".." if value is None else None
        there = found[(indicator, *(place[name] for name in COLUMN.values()))]
        assert there == (value, status, None, None, segment, "published"), selection
    assert len(expectations) >= 50


def test_every_published_count_of_the_area_table_is_in_the_warehouse_exactly(
    shared: Path, pulled: tuple[Path, Run]
) -> None:
    """Totals stand as denominators, those born in Sweden as a group of the population."""
    data, _ = pulled
    found = everything(data)
    for selection, expected in truths(shared, "TAB6572"):
        total = selection["Fodelseregion"] == "tot"
        place = key(selection) | {"background": "_T" if total else "sv"}
        indicator = "foreign_born_share" if total else "population"
        there = found[(indicator, *(place[name] for name in COLUMN.values()))]
        assert there[3 if total else 0] == float(expected), selection


@pytest.mark.parametrize("table", ALL)
def test_every_truth_row_of_every_pack_is_reachable(
    shared: Path, all_packs: tuple[Path, Run], table: str
) -> None:
    """Each published figure is some observation's value, numerator or denominator."""
    data, _ = all_packs
    with opened(data) as connection:
        for selection, expected in truths(shared, table):
            place = key(selection)
            found = connection.execute(
                """
                SELECT value, numerator, denominator, status
                FROM observation
                WHERE region = $region AND period = $period AND sex = $sex
                  AND education = $education
                  AND indicator::VARCHAR IN (
                      SELECT indicator FROM indicator_source
                      WHERE table_id = $table
                        AND list_contains(string_split(contents, ','), $contents))
                """,
                {
                    "table": table,
                    "contents": selection["ContentsCode"],
                    **{name: code for name, code in place.items() if name != "background"},
                },
            ).fetchall()
            if expected == "..":
                gone = {".."} | ({"."} if selection["Region"] in NOT_YET_FORMED else set())
                assert any(row[0] is None and row[3] in gone for row in found), selection
            else:
                assert any(float(expected) in row[:3] for row in found), selection


def test_what_is_declared_and_absent_is_a_warning(pulled: tuple[Path, Run]) -> None:
    """Years that a cut table does not have are named, not passed over."""
    data, _ = pulled
    texts = [text for (text,) in rows(data, "SELECT text FROM warning")]

    assert any("TAB389" in text and "1997-2009" in text for text in texts)


def test_the_source_of_every_table_is_told(pulled: tuple[Path, Run]) -> None:
    """Title, folder, both times, hash, address and licence stand beside the figures."""
    data, _ = pulled
    found = rows(data, "SELECT * EXCLUDE (next_update) FROM source_table ORDER BY table_id")

    assert [row[0] for row in found] == ["TAB389", "TAB4881", "TAB5169", "TAB6383", "TAB6572"]
    assert all(all(row) for row in found)
    assert found[0][2] == "AA0003X"


@pytest.mark.parametrize(
    ("arguments", "value", "codes"),
    [
        (
            {
                "indicator": "employment_rate",
                "region": "01",
                "period": "2018",
                "background": "INT040",
            },
            76.1,
            {"BakgrVar=INT040", "ContentsCode=0000001X", "Tid=2018"},
        ),
        (
            {"indicator": "open_unemployment", "region": "0115", "period": "2016"},
            5.6,
            {"BakgrVar=TOT", "ContentsCode=000001TD", "Region=0115"},
        ),
        (
            {"indicator": "foreign_born_share", "region": "0114R007", "period": "2023"},
            2432,
            {"Fodelseregion=sv", "ContentsCode=000007Y5", "Region=0114R007"},
        ),
    ],
)
def test_an_observation_is_traced_to_its_bytes(
    pulled: tuple[Path, Run], arguments: dict[str, str], value: float, codes: set[str]
) -> None:
    """The cell's position, document, request and the number in the bytes are shown."""
    data, _ = pulled
    options = [part for name, code in arguments.items() for part in (f"--{name}", code)]

    traced = etl("trace", *options, "--data", data, "--catalogue", CATALOGUE)

    assert traced.code == 0
    cells = [line for line in traced.output.splitlines() if " cell " in line]
    assert any(
        f"value {value} " in line and all(code in line.split() for code in codes) for line in cells
    )
    assert "request POST" in traced.output


def test_faults_change_no_figure_and_no_limit_is_passed(
    shared: Path, pulled: tuple[Path, Run], tmp_path: Path
) -> None:
    """503, 429, resets and cut bodies: the same observations, and never too many calls."""
    with serving(
        shared / "scb" / "packs", faults="503:5,429:7:0.2,reset:11,cut:13", calls=40, window=1.0
    ) as troubled:
        run = etl("run", "--api", troubled.url, "--data", tmp_path, "--catalogue", CATALOGUE)
        moments = [call.at for call in troubled.calls]
        statuses = {call.status for call in troubled.calls}

    assert run.code == 3
    assert {503, 429, 0} <= statuses
    assert observations(tmp_path) == observations(pulled[0])
    assert busiest_window(moments, 1.0) <= 40


def test_a_second_run_fetches_nothing_that_has_not_changed(
    server: Server, pulled: tuple[Path, Run]
) -> None:
    """The same `updated`: metadata is looked at, no cell is asked for, no version is made."""
    data, _ = pulled
    before, seen = etl("path", "--data", data).output, len(server.calls)

    again = etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)

    assert again.code == 3
    assert not [call for call in server.calls[seen:] if call.method == "POST"]
    assert etl("path", "--data", data).output == before


def test_status_lists_every_indicator_for_machines(pulled: tuple[Path, Run]) -> None:
    """Coverage, tables and the reason of what is missing, as JSON."""
    data, _ = pulled
    found = json.loads(etl("status", "--json", "--data", data, "--catalogue", CATALOGUE).output)

    employed = found["indicators"]["employment_rate"]
    assert (employed["first"], employed["last"]) == ("2010", "2023")
    assert employed["tables"] == ["TAB389", "TAB4881", "TAB6383"]
    assert not employed["stale"]
    assert "missing" not in employed["tables"]
    assert found["indicators"]["mover_balance"]["observations"] == 0
    assert found["indicators"]["mover_balance"]["reason"]
    assert found["example"] is False
