"""
How builds, questions and pages grow from 4.5 to 50 million observations.

Tables of recorded shapes over more regions and years, landed and built by the pipeline itself:
`make bench-growth`. Seconds are of the processor, so that other work of the machine counts less.
"""

import itertools
import math
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from dashboard.data.context import Context, opened
from dashboard.data.versions import Shelf, Warehouse
from dashboard.server.app import create_app, settle
from dashboard.server.routes import browser_page
from tests.benchmarks.labour import AREAS, LEVELS, OFFICIAL, axes
from tests.benchmarks.landed import landed
from tests.benchmarks.machine import told
from tests.benchmarks.peak import MEGABYTE, Taken, taken
from tests.benchmarks.questions import TABLES, Question, questions

# Few: the areas of the municipalities that pages are asked of, which are the same then.
FEW_AREAS, FEW_YEARS, MANY_YEARS = 121, range(2015, 2025), range(2012, 2025)
FEW, MANY = 4_500_000, 50_000_000
MOST_DISK, MOST_MEMORY = 20e9, 1000 * MEGABYTE
LINEAR, MOST_EXPONENT, SLOWER = 1.25, 0.3, 1.3
ROUNDS = 15
PACKAGES = ("duckdb", "dash", "numpy", "pandas")
VIEWS = ("tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell")
WITH_AREAS = ("0114", "0115", "0117", "0120", "0123", "0125", "0126", "0127")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(
        not Path("/proc/self/status").exists(), reason="peak memory is read in /proc"
    ),
]


@dataclass(frozen=True)
class Grown:
    """A data folder with a warehouse: how many cells it was built from, and what that took."""

    data: Path
    cells: int
    observations: int
    taken: Taken

    @property
    def seconds_per_cell(self) -> float:
        """Seconds of the processor that the build took for each cell."""
        return self.taken.seconds / self.cells

    @property
    def size(self) -> int:
        """Bytes of the documents and the warehouse."""
        return sum(file.stat().st_size for file in self.data.rglob("*") if file.is_file())


def grown(folder: Path, areas: int, years: range) -> Grown:
    """All official regions and some areas over some years."""
    regions = OFFICIAL | dict(itertools.islice(AREAS.items(), areas))
    shape = axes(regions, {"000": LEVELS["000"]}, {str(year): str(year) for year in years})
    source = landed(TABLES, folder, shape)
    found = taken("build", "--data", str(folder), "--catalogue", str(source.file))
    with held(folder) as warehouse:
        ((observations,),) = warehouse.rows("SELECT count(*) FROM observation")
    return Grown(folder, source.cells, observations, found)


@contextmanager
def held(data: Path) -> Iterator[Warehouse]:
    """The current version of a folder, as the panel opens it."""
    shelf = Shelf(data)
    with shelf.current() as warehouse:
        assert warehouse is not None
        yield warehouse
    shelf.close()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """As many observations as the sources had when this was written."""
    return grown(tmp_path_factory.mktemp("few"), FEW_AREAS, FEW_YEARS)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """Ten times as many: every area there is, and more years."""
    return grown(tmp_path_factory.mktemp("many"), len(AREAS), MANY_YEARS)


def test_a_build_takes_the_same_for_each_cell(few: Grown, many: Grown) -> None:
    """Time grows with what is built, memory with the largest indicator, disk with neither much."""
    told(
        "Builds of few and of many observations",
        *(
            f"{one.observations:>11,} observations: {one.taken.seconds:5.1f} s of the processor,"
            f" {1e6 * one.seconds_per_cell:.2f} µs a cell, {one.taken.peak / MEGABYTE:.0f} MB,"
            f" {one.size / 1e9:.2f} GB on disk"
            for one in (few, many)
        ),
        f"a cell costs {many.seconds_per_cell / few.seconds_per_cell:.2f} ×,"
        f" at most {LINEAR} asked for",
    )
    assert few.observations >= FEW
    assert many.observations >= MANY
    assert many.size <= MOST_DISK
    assert many.taken.peak < MOST_MEMORY
    assert many.seconds_per_cell <= LINEAR * few.seconds_per_cell


def test_questions_grow_slower_than_what_they_are_asked_of(few: Grown, many: Grown) -> None:
    """Ten times the observations take at most twice the time."""
    growth = math.log(many.observations / few.observations)
    with held(few.data) as small, held(many.data) as large:
        found = {name: asked(question, small, large) for name, question in questions().items()}
    exponents = {name: math.log(after / before) / growth for name, (before, after) in found.items()}

    told(
        f"Questions of the panel, best of {ROUNDS}",
        *(
            f"{name:34} {1000 * before:6.2f} ms, {1000 * after:6.2f} ms: {exponents[name]:5.2f}"
            for name, (before, after) in found.items()
        ),
        f"exponents at most {MOST_EXPONENT} asked for",
        packages=PACKAGES,
    )
    assert {name: one for name, one in exponents.items() if one > MOST_EXPONENT} == {}


def asked(question: Question, *warehouses: Warehouse) -> tuple[float, ...]:
    """Seconds of the processor that a question takes of each, in turns, after a first round."""
    rounds = [
        [processor(partial(question, warehouse)) for warehouse in warehouses]
        for _ in range(1 + ROUNDS)
    ]
    return tuple(map(min, zip(*rounds[1:], strict=True)))


def processor(action: Callable[[], object]) -> float:
    """Seconds of the processor that an action takes."""
    started = time.process_time()
    action()
    return time.process_time() - started


def test_pages_nobody_has_seen_take_hardly_longer(few: Grown, many: Grown) -> None:
    """The same addresses of both, every kind of page, each asked for the first time."""
    before, after = (pages(one.data) for one in (few, many))

    told(
        "Pages that nobody has asked for, seconds of the processor",
        *(
            f"{kind:12} half within {1000 * statistics.median(before[kind]):6.1f} ms,"
            f" {1000 * statistics.median(after[kind]):6.1f} ms"
            for kind in before
        ),
        f"95 % within {1000 * late(before):.1f} ms, {1000 * late(after):.1f} ms:"
        f" {late(after) / late(before):.2f} ×, at most {SLOWER} asked for",
        packages=PACKAGES,
    )
    assert late(after) <= SLOWER * late(before)


def late(found: dict[str, list[float]]) -> float:
    """The seconds within which 95 % of all pages are made."""
    return statistics.quantiles(itertools.chain(*found.values()), n=100, method="inclusive")[94]


def pages(data: Path) -> dict[str, list[float]]:
    """Seconds of the processor of pages by their kind, after one of each that does not count."""
    context = opened(data, data / "catalogue.yaml")
    create_app(context)
    settle()
    for path, search in addresses("00"):
        page(context, path, search)
    found: dict[str, list[float]] = {}
    for region in WITH_AREAS:
        for path, search in addresses(region):
            kind = search.partition("vy=")[2] or path
            found.setdefault(kind, []).append(processor(lambda: page(context, path, search)))  # noqa: B023
    context.warehouses.close()
    return found


def addresses(region: str) -> list[tuple[str, str]]:
    """One address of every kind of page of a region; an indicator's are of one of its own."""
    number = WITH_AREAS.index(region) if region in WITH_AREAS else len(WITH_AREAS)
    indicator = f"/indikator/work_{number}"
    return [
        *((path, f"?region={region}") for path in ("/", "/jamfor", "/omraden", "/briefing")),
        *((indicator, f"?region={region}&vy={view}") for view in VIEWS),
        ("/data", f"?region={region}&sok=arbete"),
    ]


def page(context: Context, path: str, search: str) -> None:
    """Makes a page as the browser gets it."""
    assert browser_page(context, path, search=search).content
