"""
What the panel and its warehouse say of a figure.

An edge. The panel is known by its addresses, the names of groups and regions by its API, the
values by the table `observation`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import httpx
from playwright.sync_api import BrowserContext, Error

from tools.answers.pages import DRAWN, PATIENCE, NotDrawnError, browser
from tools.answers.panel import running
from tools.benchmark.judging import Facts
from tools.benchmark.naming import REGION, Key, Names, key, key_of, named
from tools.benchmark.twins import Twins, shown_of, twins
from tools.benchmark.wanted import Benchmark, Figure, Want, keys_of, periods, regions_of

ROOT = Path(__file__).parents[2]
POINTER = "warehouse.json"  # says which file of the folder is the newest version
LEVELS = "country,county,municipality"
# Columns of the warehouse that are no dimension of groups.
FIXED = frozenset(
    {"indicator", "region", "period", "value", "status", "numerator", "denominator"}
    | {"segment", "kind"}
)


@dataclass(frozen=True)
class Panel:
    """A running panel, its warehouse, and the pages and indicators that it was asked for."""

    base: str
    client: httpx.Client
    context: BrowserContext
    warehouse: duckdb.DuckDBPyConnection
    pages: dict[str, Twins] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


@contextmanager
def panel(data: Path) -> Iterator[Panel]:
    """
    The panel of this checkout over a folder of data, while it runs.

    Raises:
        NotStartedError: it did not start.
        NotDrawnError: there is no Chromium.
        FileNotFoundError: the folder holds no data.

    """
    if not (data / POINTER).is_file():
        raise FileNotFoundError(
            f"{data}: holds no {POINTER}; expected a folder of warehouses; "
            f"make one with `python -m etl demo --data {data}`"
        )
    pointer = json.loads((data / POINTER).read_text(encoding="utf-8"))
    with (
        running(ROOT, data) as base,
        httpx.Client(base_url=base, timeout=PATIENCE / 1000) as client,
        browser() as context,
        duckdb.connect(str(data / pointer["file"]), read_only=True) as warehouse,
    ):
        yield Panel(base, client, context, warehouse)


def facts_of(figure: Figure, benchmark: Benchmark, source: Panel) -> Facts:
    """
    What is wanted of a figure, what the data have, and what its addresses show.

    Raises:
        NotDrawnError: a page was not drawn.
        httpx.HTTPError: the API did not answer.

    """
    pages = [(address, _page(source, address)) for address in figure.addresses]
    wanted: dict[Key, bool] = {}
    values: dict[Key, float | None] = {}
    seen: dict[Key, list[str]] = {}
    decimals: dict[str, int] = {}
    for want in figure.wants:
        regions = regions_of(want, benchmark)
        here = _values(source.warehouse, want, regions)
        newest = max((one.period for one in here), default="")
        published = {year for span in want.published for year in periods(span)}
        keys = {one: one.period in published for one in keys_of(want, regions, newest)}
        names = _names(source, want)
        for page in (page for address, page in pages if _may_show(want, address)):
            for cell in page.cells:
                found = key_of(cell, page.heading, names)
                found = found and found._replace(indicator=want.measure)
                if found in keys and (shown := shown_of(cell, want.of)):
                    seen.setdefault(found, []).append(shown)
        wanted |= keys
        values |= here
        shares = _answer(source, f"/indicators/{want.indicator}")["decimals"]
        decimals[want.measure] = shares if want.of == "value" else 0
    return Facts(wanted, values, seen, decimals)


def _may_show(want: Want, address: str) -> bool:
    """Whether a page may show an indicator; that of another may name its groups alike."""
    parts = urlsplit(address).path.strip("/").split("/")
    return parts[0] != "indikator" or parts[1:] == [want.indicator]


def _names(source: Panel, want: Want) -> Names:
    answer = _answer(source, f"/indicators/{want.indicator}")
    places = _answer(source, f"/regions?level={LEVELS}")
    labels = {
        dimension: [(group["code"], group["label"]["sv"]) for group in groups]
        for dimension, groups in answer["groups"].items()
    }
    labels[REGION] = [(place["code"], place["name"]) for place in places]
    wanted = {code for codes in want.groups.values() for code in codes}
    return named(want.indicator, answer["title"]["sv"], labels, wanted)


def _answer(source: Panel, address: str) -> Any:
    if address not in source.answers:
        response = source.client.get(f"/api/v1{address}").raise_for_status()
        source.answers[address] = response.json()["data"]
    return source.answers[address]


def _page(source: Panel, address: str) -> Twins:
    if address not in source.pages:
        page = source.context.new_page()
        try:
            page.goto(f"{source.base}{address}")
            page.wait_for_function(DRAWN, timeout=PATIENCE)
            page.wait_for_load_state("networkidle")
            source.pages[address] = twins(page.content())
        except Error as error:
            raise NotDrawnError(f"{address}: {error}") from error
        finally:
            page.close()
    return source.pages[address]


def _values(
    warehouse: duckdb.DuckDBPyConnection, want: Want, regions: Sequence[str]
) -> dict[Key, float | None]:
    """What is wanted of an indicator in some regions, of every group."""
    found = warehouse.execute(
        "select * from observation where indicator = ? and list_contains(?, region)",
        [want.indicator, list(regions)],
    )
    columns = [column[0] for column in found.description or ()]
    rows = (dict(zip(columns, row, strict=True)) for row in found.fetchall())
    return {_key(row)._replace(indicator=want.measure): row[want.of] for row in rows}


def _key(row: Mapping[str, Any]) -> Key:
    groups = {name: code for name, code in row.items() if name not in FIXED}
    return key(row["indicator"], row["region"], row["period"], groups)
