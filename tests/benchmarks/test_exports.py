"""What files of all data, and a small answer of the API, cost beside the engine by itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from etl.catalogue.pointer import read_pointer
from tests.benchmarks.machine import told
from tests.example import read_alone
from tests.source import ROOT

MOST_OF_COPY = 2
# 10 ms on the machine of November 2026, where the yardstick took 1.0 ms on a quiet core.
MOST_OF_YARDSTICK = 10
ROUNDS = 3
PACKAGES = ("duckdb", "pyarrow", "flask", "orjson", "pydantic")
ALL_ROWS = """
    SELECT o.indicator, o.region, r.name, o.period, o.sex, o.background, o.age, o.education,
           o.value, o.status, 'procent' AS unit, o.numerator, o.denominator, o.segment, o.kind,
           s.table_id, s.updated, s.fetched
    FROM observation o
    LEFT JOIN region r ON r.code = CAST(o.region AS VARCHAR)
    LEFT JOIN (
        SELECT indicator, segment, level, any_value(table_id) AS table_id,
               max(updated) AS updated, max(fetched) AS fetched
        FROM indicator_source JOIN source_table USING (table_id)
        GROUP BY ALL
    ) s ON s.indicator = CAST(o.indicator AS VARCHAR)
       AND s.segment = CAST(o.segment AS VARCHAR) AND s.level = r.level
"""
THIRTY_ROWS = """
    SELECT CAST(region AS VARCHAR), CAST(period AS VARCHAR), value, status FROM observation
    WHERE indicator = 'employment_rate' AND region = '0180' AND sex = '_T'
      AND background = '_T' AND age = '_T' AND education = '_T'
"""


@pytest.fixture(scope="module")
def client(example_data: Path) -> FlaskClient:
    """Whoever asks the panel over example data, in this process."""
    context = opened(example_data, ROOT / "indicators.yaml")
    found: FlaskClient = create_app(context).server.test_client()
    return found


@contextmanager
def engine(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the example, by itself."""
    current = read_pointer(data)
    assert current is not None
    with read_alone(data / current.file) as connection:
        connection.execute("SET threads = 1")
        yield connection


def spent(action: Callable[[], object]) -> float:
    """Seconds of processor time of all threads of this process."""
    started = time.process_time()
    action()
    return time.process_time() - started


def taken(client: FlaskClient, address: str) -> int:
    """How many bytes an address answers, taken as they come."""
    answer = client.get(address)
    assert answer.status_code == 200
    size = sum(len(chunk) for chunk in answer.iter_encoded())
    answer.close()
    return size


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "form"), [("csv", "HEADER"), ("parquet", "FORMAT parquet")])
def test_all_data_take_at_most_twice_what_the_engine_takes_to_copy_them(
    client: FlaskClient, example_data: Path, tmp_path: Path, suffix: str, form: str
) -> None:
    """The peer is `COPY` of the same columns, joined, in the order that it likes best."""
    target = tmp_path / f"all.{suffix}"
    taken(client, "/ladda-ner/population.csv")  # what belongs to the version is asked once
    address = f"/ladda-ner/katalogen.{suffix}"
    with engine(example_data) as connection:
        copy = f"COPY ({ALL_ROWS}) TO '{target}' ({form})"
        rounds = [
            (spent(lambda: taken(client, address)), spent(lambda: connection.execute(copy)))
            for _ in range(ROUNDS)
        ]
    ours, theirs = (min(times) for times in zip(*rounds, strict=True))

    told(
        f"All data as {suffix}, processor time of the best of {ROUNDS} alternate rounds",
        f"this panel  {ours:.2f} s, {taken(client, address) / 1e6:,.0f} MB",
        f"DuckDB COPY {theirs:.2f} s, {target.stat().st_size / 1e6:,.0f} MB",
        f"ratio       {ours / theirs:.2f}, at most {MOST_OF_COPY} asked for",
        packages=PACKAGES,
    )
    assert ours <= MOST_OF_COPY * theirs


def small(indicator: str, region: str, year: int) -> tuple[str, str, str]:
    """Addresses of small answers: figures, regions and an indicator."""
    figures = f"indicator={indicator}&region={region},01&sex=_T&background=_T&from={year}"
    return (
        f"/api/v1/observations?{figures}",
        f"/api/v1/regions?parent={region}",
        f"/api/v1/indicators/{indicator}",
    )


@pytest.mark.slow
def test_a_small_answer_that_nobody_asked_for_takes_few_yardsticks(
    client: FlaskClient, example_data: Path
) -> None:
    """The yardstick: one read of thirty rows by the engine, and 30 kB of HTML by bare Flask."""
    bare = Flask("bare")
    bare.add_url_rule("/", "page", lambda: "x" * 30_000)
    plain = bare.test_client()
    with engine(example_data) as connection:
        codes = connection.execute(
            "SELECT code FROM region WHERE level = 'municipality' ORDER BY code"
        ).fetchall()
        ids = connection.execute(
            "SELECT DISTINCT CAST(indicator AS VARCHAR) AS id FROM latest ORDER BY id"
        ).fetchall()
        asked = [
            address
            for place, (code,) in enumerate(codes[:140])
            for address in small(ids[place % len(ids)][0], code, 2010 + place % 10)
        ]
        always = ("/api/v1/versions", "/api/v1/freshness", "/api/v1/regions?level=county")
        for address in (*asked[:9], *always):
            taken(client, address)

        def yardstick() -> None:
            with connection.cursor() as cursor:
                assert cursor.execute(THIRTY_ROWS).fetchall()
            taken(plain, "/")

        yardstick()
        times = {
            address: spent(partial(taken, client, address)) for address in (*asked[9:], *always)
        }
        unit = sorted(spent(yardstick) for _ in range(100))[50]
    kinds: dict[str, list[float]] = {}
    for address, seconds in times.items():
        kinds.setdefault(address.split("/")[3].split("?")[0], []).append(seconds)
    medians = {kind: sorted(found)[len(found) // 2] for kind, found in kinds.items()}

    told(
        "Small answers of the API to addresses that nobody asked for, processor time",
        f"yardstick {1000 * unit:.2f} ms",
        *(
            f"{kind:12} {1000 * median:.2f} ms, {median / unit:.1f} yardsticks"
            for kind, median in medians.items()
        ),
        f"at most {MOST_OF_YARDSTICK} asked for",
        packages=PACKAGES,
    )
    assert max(medians.values()) <= MOST_OF_YARDSTICK * unit
