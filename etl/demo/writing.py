"""
Writes the landing documents of the example: all that the ordinary build asks for.

An edge: files only. The same catalogue gives the same bytes. Nothing of it is a statistic, and
every document says so.
"""

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from etl.binding.binding import Bound, bounds_of, planned
from etl.catalogue import TOTAL, Catalogue
from etl.demo.asked import METRIC, NOTE, SOURCE, UPDATED, Asked, asked, described, filled
from etl.demo.counts import counted, counts
from etl.demo.people import people
from etl.demo.places import Places, anchors, is_age, places, spans
from etl.demo.rated import rated
from etl.demo.rates import Rate, profile, rate
from etl.demo.world import Question, World
from etl.errors import SourceError
from etl.source.jsonstat import dataset
from etl.source.landing import Kind, Record, land, sha256
from etl.source.selection import Request, request_key
from etl.store import REGIONS, Binding, TableBinding

HERE = Path(__file__).parent
FETCHED = "2026-03-02T08:00:00+00:00"
MOST_CELLS = 150_000
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Asking:
    """A request, and the bound sources that are read from its answer."""

    request: Request
    bounds: list[Bound]


def write_examples(catalogue: Catalogue, data: Path) -> tuple[Binding, Path]:
    """
    Write an example of every table; return what the tables are bound to, and the folder.

    Earlier examples under `data` are replaced when all new documents are there.

    Raises:
        SourceError: when the catalogue asks for something that the example cannot make.

    """
    draft, folder = data / ".example-draft", data / "example"
    shutil.rmtree(draft, ignore_errors=True)
    where = places(REGIONS, HERE)
    every = tuple(asked(catalogue, where))
    tables = _write(_world(catalogue, where, every), every, draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return Binding("example:", FETCHED, tables), folder / "landing"


def _write(world: World, every: Iterable[Asked], draft: Path) -> dict[str, TableBinding]:
    """Write the documents of every table; return what the tables are bound to."""
    tables, cells = {}, 0
    for one in every:
        document = described(one)
        _land(draft, one, document, None)
        for asking in _requests(one, document):
            _land(draft, one, _document(world, one, document, asking), asking.request)
            cells += asking.request.cells
        tables[one.table.key] = TableBinding("found", one.id, document["label"], one.table.path)
    log.info("example: %d tables, %d cells", len(tables), cells)
    return tables


def _world(catalogue: Catalogue, where: Places, every: Iterable[Asked]) -> World:
    """The invented country, with all age limits that some table has."""
    points = anchors(HERE / "anchors.csv")
    everybody = people(where, _age_limits(every), points)
    backgrounds = [one.code for one in catalogue.categories if one.dimension == "background"]

    @cache
    def of(name: str) -> Rate:
        one = catalogue.indicator.get(name)
        known = profile(
            HERE / "rates.csv",
            name,
            share=one is None or (one.measure == "share" and not one.limits),
            better=one.better if one else "none",
        )
        return rate(known, where, everybody, anchors=points, backgrounds=backgrounds)

    return World(where, everybody, counts(where, everybody, of, points), of)


def _age_limits(every: Iterable[Asked]) -> set[int]:
    """Every age at which an age group of some table begins, or after which one ends."""
    found: set[int] = set()
    for one in every:
        for variable, labels in one.labels.items():
            if is_age(variable):
                for first, last in spans(labels).values():
                    found |= {first, last + 1}
    return found


def _requests(one: Asked, document: Mapping[str, Any]) -> Iterator[_Asking]:
    """Yield every request that the build will look for, with the sources that ask it."""
    bounds, reasons = bounds_of(one.table, dataset(document), one.wanted, MOST_CELLS)
    if reasons:
        raise SourceError(
            "; ".join(f"{use.indicator.id} {use.name}: {why}" for use, why in reasons.items())
        )
    every = [bound for group in bounds.values() for bound in group]
    asking: dict[str, _Asking] = {}
    for bound, requests in planned(one.id, METRIC, every, MOST_CELLS).items():
        for request in requests:
            asking.setdefault(request.key, _Asking(request, [])).bounds.append(bound)
    yield from asking.values()


def _document(
    world: World, one: Asked, document: Mapping[str, Any], asking: _Asking
) -> dict[str, Any]:
    """Return the answer to one request, in the order of the table."""
    wanted = {part["variableCode"]: part["valueCodes"] for part in asking.request.body["selection"]}
    codes = {
        name: tuple(filter(set(wanted[name]).__contains__, _codes(document, name)))
        for name in document["id"]
    }
    rest = {name: chosen for name, chosen in codes.items() if name != METRIC}
    found = []
    for content in codes[METRIC]:
        bound = next(one for one in asking.bounds if content in one.contents)
        groups = bound.blocks[0].axes[METRIC]
        background = next(g.code for g in groups if g.plus == (content,)) if bound.value else TOTAL
        question = Question(one, bound, one.contents[content], rest, background)
        count = bound.value is None or bound.use.indicator.measure == "count"
        found.append(counted(world, question) if count else rated(world, question))
    axis = list(codes).index(METRIC)
    value = np.stack([part.value for part in found], axis)
    return filled(document, codes, value, np.stack([part.symbol for part in found], axis))


def _codes(document: Mapping[str, Any], name: str) -> list[str]:
    return list(document["dimension"][name]["category"]["index"])


def _land(draft: Path, one: Asked, document: Mapping[str, Any], request: Request | None) -> None:
    content = orjson.dumps(document)
    kind: Kind = "data" if request else "metadata"
    record = Record(
        kind=kind,
        table=one.id,
        request=request.key if request else request_key(one.id, "metadata"),
        url=f"example:{one.id}/{kind}",
        body=orjson.dumps(request.body).decode() if request else None,
        fetched=FETCHED,
        sha256=sha256(content),
        size=len(content),
        title=document["label"],
        updated=UPDATED,
        source=SOURCE,
        api_version="example",
        max_cells=MOST_CELLS,
        licence="example",
        notes=() if request else ((NOTE, True),),
    )
    land(draft / "landing", content, record)
