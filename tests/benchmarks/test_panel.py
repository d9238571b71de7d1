"""How soon a reader sees the first chart, and how many readers two cores answer."""

import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.benchmarks.conftest import Places
from tests.benchmarks.machine import told
from tests.benchmarks.naive import overview
from tests.benchmarks.panels import body, callbacks, deployed, first_line, loaded, served, times
from tests.benchmarks.panels import rows as written
from tests.browser.serving import chromium, running
from tests.browser.weighing import weighed

INDICATOR = "employment_rate"
PAGE = f"/indikator/{INDICATOR}"
REGION = "?region=0127"
RUNS = 7
ROUNDS = 3
SHARE = 0.6
MOST_BYTES = 900_000
CONNECTIONS, SECONDS, RATE = 8, 5, 400
MOST_MS = 50
OVERVIEW_SHARE = 0.05
PACKAGES = ("dash", "plotly", "flask", "gunicorn", "duckdb", "pandas")


@pytest.fixture(scope="module")
def panel(example_data: Path) -> Iterator[int]:
    """The port of the panel over example data."""
    with deployed("dashboard.wsgi:server", INTEGRATION_DATA=str(example_data)) as port:
        yield port


@pytest.mark.slow
@pytest.mark.browser
def test_the_first_chart_takes_three_fifths_of_the_usual_time(
    panel: int, warehouse: Path, tmp_path: Path
) -> None:
    """A first visit, alternately here and at an application as one writes it first."""
    source = written(warehouse, INDICATOR, tmp_path / "rows.csv")
    with (
        deployed(f"tests.benchmarks.naive:server('{source}')") as other,
        running(chromium()) as browser,
    ):
        ours, theirs = f"http://127.0.0.1:{panel}{PAGE}{REGION}", f"http://127.0.0.1:{other}/"
        drawn = [(first_line(browser, ours), first_line(browser, theirs)) for _ in range(RUNS + 1)]
        light, heavy = weighed(browser, ours), weighed(browser, theirs)
    taken, usual = (statistics.median(times) for times in zip(*drawn[1:], strict=True))

    told(
        "First chart of an indicator, in a browser that knows nothing yet",
        f"median of {RUNS} alternate visits, after one that does not count",
        f"this panel         {taken:.2f} s, {sum(light.values()) / 1000:,.0f} kB",
        f"pandas, stock Dash {usual:.2f} s, {sum(heavy.values()) / 1000:,.0f} kB",
        f"ratio              {taken / usual:.2f}, at most {SHARE} asked for",
        *(f"  {size / 1000:6.1f} kB {url.split('?')[0][:100]}" for size, url in heaviest(light)),
        packages=PACKAGES,
    )
    assert sum(light.values()) <= MOST_BYTES
    assert taken <= SHARE * usual


def heaviest(found: dict[str, int]) -> list[tuple[int, str]]:
    """What a visit transfers most for."""
    return sorted(((size, url) for url, size in found.items()), reverse=True)[:8]


@pytest.mark.slow
def test_two_cores_answer_four_hundred_callbacks_a_second(panel: int, places: Places) -> None:
    """Pages that somebody has asked for before, eight readers at a time."""
    searches = [f"?region={code}" for code in places["municipality"][:10]]
    bodies = [body(path, search) for path in (PAGE, "/") for search in searches]
    questions = callbacks(bodies)
    loaded(panel, questions, clients=2 * CONNECTIONS, seconds=0)
    found = loaded(panel, questions, clients=CONNECTIONS, seconds=SECONDS)
    rate = found["answers"] / found["seconds"]

    told(
        "Warm callbacks, 10 regions' overviews and indicator pages",
        f"{rate:,.0f} answers/s at {CONNECTIONS} connections, at least {RATE} asked for",
        f"half within {percentile(found['times'], 50):.1f} ms,"
        f" 95 % within {percentile(found['times'], 95):.1f} ms",
        packages=PACKAGES,
    )
    assert found["failures"] == 0
    assert rate >= RATE


@pytest.mark.slow
def test_an_overview_nobody_has_seen_takes_a_twentieth_of_the_usual_time(
    example_data: Path, warehouse: Path, places: Places
) -> None:
    """
    Each question is another region, so nothing of its figures is remembered.

    Both must hold: the time that a reader waits, and its ratio to plain plotly express, which has
    the figures in memory and answers nobody over HTTP. Every round is a new server, and the
    quickest round counts, as `timeit` advises: what slows a round is the machine's other work.
    """
    regions = places["municipality"][20:]
    rounds = [unseen(example_data, regions) for _ in range(ROUNDS)]
    rows = headline(warehouse)
    usual = [plain(rows, code) for code in regions[:5]]
    waited = min(percentile(found, 95) for found in rounds)
    ratio = waited / min(usual)

    told(
        "Overview of a region that nobody has asked for, from question to answer",
        *(
            f"half within {percentile(found, 50):.1f} ms, 95 % within"
            f" {percentile(found, 95):.1f} ms ({len(found)} regions)"
            for found in rounds
        ),
        f"{waited:.1f} ms, less than {MOST_MS} asked for",
        f"plotly express, only the small charts: {min(usual):,.0f} ms",
        f"ratio {ratio:.3f}, at most {OVERVIEW_SHARE} asked for",
        packages=PACKAGES,
    )
    assert ratio <= OVERVIEW_SHARE
    assert waited < MOST_MS


def unseen(data: Path, regions: Sequence[str]) -> list[float]:
    """Milliseconds of the overview of each region, at a server that has answered for others."""
    with served("dashboard.wsgi:server", INTEGRATION_DATA=str(data)) as server:
        server.settle()
        times(server.port, [body("/", f"?region={code}") for code in ("00", "01", "03", "04")] * 4)
        return times(server.port, [body("/", f"?region={code}") for code in regions])


def headline(warehouse: Path) -> pd.DataFrame:
    """Every series that overviews are made of, in memory."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        return connection.execute(
            "SELECT CAST(region AS VARCHAR) AS region, CAST(indicator AS VARCHAR) AS indicator,"
            " CAST(background AS VARCHAR) AS background, CAST(period AS VARCHAR) AS period, value"
            " FROM headline"
        ).df()


def plain(rows: pd.DataFrame, region: str) -> float:
    """Milliseconds until the small charts of a region are made as one makes them first."""
    started = time.perf_counter()
    assert overview(rows, region)
    return 1000 * (time.perf_counter() - started)


def percentile(found: list[float], share: int) -> float:
    """The value that a share of values, in per cent, does not exceed."""
    return statistics.quantiles(found, n=100, method="inclusive")[share - 1]
