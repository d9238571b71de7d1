"""
Observations in the format asked for, as a stream.

An edge: it reads a warehouse. Which rows, order and formats there are is `dashboard.exports`'.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dashboard.api import records, united
from dashboard.api.asking import Asking
from dashboard.api.endpoints import JSON, PAGE, PREFIX
from dashboard.api.fields import Values
from dashboard.exports.asked import extract
from dashboard.exports.extract import Extract, Meta
from dashboard.exports.formats import FLAVOURS, FORMATS
from dashboard.exports.naming import filename
from dashboard.exports.rows import Wanted


@dataclass(frozen=True)
class Stream:
    """A file as it is written: `name` is None for what is no download."""

    chunks: Iterator[bytes]
    mimetype: str
    name: str | None
    following: str | None


def observations(asking: Asking) -> Stream:
    """What is asked for, as a stream that reads from the warehouse until its end."""
    values = asking.values
    limit = values["limit"] or (PAGE if values["format"] == JSON else None)
    found = _extract(asking, limit)
    following = _following(asking, found.meta, limit)
    return _stream(values, found, following)


def _extract(asking: Asking, limit: int | None) -> Extract:
    """The rows asked for; with those of unions where any is asked for."""
    wanted, permalink = _wanted(asking), _link(asking, {})
    codes = united.unions(asking)
    if codes:
        return united.together(asking, wanted, codes, limit=limit, permalink=permalink)
    return extract(
        asking.context,
        asking.warehouse,
        wanted,
        lang=asking.values["lang"],
        permalink=permalink,
        limit=limit,
        offset=asking.values["offset"],
    )


def _wanted(asking: Asking) -> Wanted:
    values = asking.values
    every = tuple(one.id for one in asking.context.catalogue.indicators)
    return Wanted(
        indicators=every if values["indicator"] is None else values["indicator"],
        regions=values["region"],
        levels=values["level"],
        sexes=values["sex"],
        backgrounds=values["background"],
        educations=values["education"],
        first=values["from"],
        last=values["to"],
    )


def _stream(values: Values, found: Extract, following: str | None) -> Stream:
    if values["format"] == JSON:
        chunks = records.document(found, following)
        return Stream(chunks, "application/json", None, following)
    name = values["format"]
    form = FORMATS[FLAVOURS[values["flavour"] or "machine"] if name == "csv" else name]
    return Stream(form.written(found), form.mimetype, filename(found.meta, form.suffix), following)


def _following(asking: Asking, meta: Meta, limit: int | None) -> str | None:
    """Where the rows after these are; None when there are none."""
    offset = asking.values["offset"] + meta.rows
    if limit is None or not meta.rows or offset >= meta.total:
        return None
    return _link(asking, {"limit": limit, "offset": offset})


def _link(asking: Asking, changed: dict[str, Any]) -> str:
    """The address of this request, of this version for good."""
    version = asking.warehouse.version
    given = asking.values | {"version": version} | changed
    told = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value is not None and (name, value) not in {("offset", 0), ("format", JSON)}
    }
    return f"{asking.address}{PREFIX}/observations?{urlencode(told, safe=',')}"
