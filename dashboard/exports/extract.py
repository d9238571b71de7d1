"""
The contract of every export: rows that stream past, and what must be said about them.

Pure. Knows the machine columns, which the API gives under the same names. It asks nobody for
rows and writes no format.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.codes import DIMENSIONS
from dashboard.sentences.footnotes import Footnote
from dashboard.text import format, term
from etl.catalogue import Category, Indicator, Lang, Text

MACHINE_COLUMNS = (
    "indicator",
    "region",
    "region_name",
    "period",
    "sex",
    "background",
    "age",
    "education",
    "value",
    "status",
    "unit",
    "numerator",
    "denominator",
    "segment",
    "kind",
    "table",
    "updated",
    "fetched",
)
ROW_KEY = ("region", "period", *DIMENSIONS)
_CODE_TYPE = pa.dictionary(pa.int32(), pa.string())
UTC_TIME = pa.timestamp("us", tz="UTC")
_TYPE: Mapping[str, pa.DataType] = {
    "value": pa.float64(),
    "numerator": pa.float64(),
    "denominator": pa.float64(),
    "updated": UTC_TIME,
    "fetched": UTC_TIME,
}
SCHEMA = pa.schema([(name, _TYPE.get(name, _CODE_TYPE)) for name in MACHINE_COLUMNS])
LICENCE = "CC0 1.0"
# Before the name of a table whose figures are invented: "example:TAB638".
EXAMPLE = "example:"
# The status of a union's value that some of its members have no part in: "14 of 20".
PARTIAL = "{present} of {members}"

SourceKind = Literal["published", "computed"]
BETWEEN = "\x1f"  # two codes that are joined
Naming = Callable[[str], str]  # the words of a code


class TooLargeError(ValueError):
    """The format cannot hold what was asked for; the message says how much it can."""


@dataclass(frozen=True)
class ExtractSource:
    """A table of SCB that rows of the extract come from; times are UTC, None when not known."""

    id: str
    title: str
    updated: datetime | None
    fetched: datetime | None
    kind: SourceKind


@dataclass(frozen=True)
class Meta:
    """
    What a file says about its rows.

    `regions`: names by code of those that have rows, `first` and `last` the periods ("" when
    there are no rows), `rows` how many the extract holds, `total` how many there are without
    limit and offset. `built` is UTC. `permalink` leads back to the view.
    `members` says of rows of unions, by `ROW_KEY`, of which: no line joins two that differ.
    `unions` holds the members of each region that is a union.
    `notes` are sentences on how unions are made and how whole they are, `areas` on what has
    changed of areas between the RegSO divisions, `footnotes` the source's own on the rows,
    `remarks` on what the indicators were called before, and on those that the version lacks;
    `chosen` names in the file's name that regions are chosen by the reader's own criteria.
    """

    title: Text
    indicators: tuple[Indicator, ...]
    categories: Mapping[tuple[str, str], Category]
    regions: Mapping[str, str]
    sources: tuple[ExtractSource, ...]
    first: str
    last: str
    rows: int
    total: int
    lang: Lang
    version: str
    built: datetime | None
    example: bool
    permalink: str
    licence: str = LICENCE
    members: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    unions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    remarks: tuple[str, ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class Extract:
    """
    Rows and what is said about them.

    `batches` starts from the first row each time it is called and gives record batches of
    `SCHEMA`, ordered by indicator, region, period, sex, background, age and education as text; a
    missing value is null and keeps its status. `numerator` and `denominator` are the counts of a
    share whose counts are published; null of any other value, and where there is none. It reads
    from the warehouse while it runs: keep that open until the last batch. A batch is a piece of
    tens of thousands of rows: let go of it before you take the next, which are read then.
    """

    batches: Callable[[], Iterator[pa.RecordBatch]]
    meta: Meta


def too_large(
    meta: Meta, program: str, count: int, limit: int, *, key: str = "too_many_rows"
) -> TooLargeError:
    """Why a program's format cannot hold so many rows or cells, in words."""
    rows, most = (format.number(number, 0, meta.lang) for number in (count, limit))
    return TooLargeError(term(key, meta.lang, format=program, rows=rows, limit=most))


def address_told(permalink: str, lang: Lang) -> tuple[str, ...]:
    """That no public address is configured, of a link that is but a path; else nothing."""
    return (term("no_address", lang),) if permalink.startswith("/") else ()


def all_rows(extract: Extract) -> pd.DataFrame:
    """All rows at once, of small extracts: `MACHINE_COLUMNS`, codes as str, missing values NaN."""
    rows = pa.Table.from_batches(extract.batches(), SCHEMA)
    plain = [
        column.cast(pa.string()) if column.type.equals(_CODE_TYPE) else column
        for column in rows.columns
    ]
    table: pd.DataFrame = pa.table(plain, names=list(MACHINE_COLUMNS)).to_pandas()
    return table


def joined_codes(
    first: pa.DictionaryArray, second: pa.DictionaryArray, between: str = BETWEEN
) -> pa.DictionaryArray:
    """Two columns as one of pairs, parted by `between`; missing where either is."""
    width = len(second.dictionary)
    if width == 1 and not second.null_count:
        indices, left, right = first.indices, first.dictionary, second.dictionary[0]
    else:
        pairs = pc.add(pc.multiply(first.indices, width), second.indices).dictionary_encode()
        indices = pairs.indices
        rows, columns = np.divmod(pairs.dictionary.to_numpy(), width)
        left, right = (
            first.dictionary.take(pa.array(rows)),
            second.dictionary.take(pa.array(columns)),
        )
    return pa.DictionaryArray.from_arrays(
        indices, pc.binary_join_element_wise(left, right, between)
    )


def worded(column: pa.DictionaryArray, naming: Naming) -> pa.DictionaryArray:
    """A column of codes with other words; missing stays missing."""
    words = [None if code is None else naming(code) for code in column.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(column.indices, pa.array(words, pa.string()))


def constant(text: str, length: int) -> pa.DictionaryArray:
    """A column that has one text in all its rows."""
    indices = pa.repeat(pa.scalar(0, pa.int32()), length)
    return pa.DictionaryArray.from_arrays(indices, pa.array([text], pa.string()))


@dataclass(frozen=True)
class PlainTable:
    """
    A table that is made whole, with columns of its own: for programs, and for readers.

    `worded` are lists of words and numbers by the head of their column. What the file says about
    its rows is `said` by name, and `about` for readers: headings and texts.
    """

    rows: pa.Table
    worded: Mapping[str, Sequence[Any]]
    said: Mapping[str, str]
    about: Sequence[tuple[str, str]]
    lang: Lang


class Sink(io.RawIOBase):
    """A file for writers that gives away what is written by `chunk`; it cannot seek."""

    def __init__(self) -> None:
        """Start empty, at position 0."""
        super().__init__()
        self._unread = bytearray()
        self._position = 0

    def writable(self) -> bool:
        """Whether bytes may be written: always."""
        return True

    def tell(self) -> int:
        """How many bytes have been written in all."""
        return self._position

    def write(self, data: object) -> int:
        """Take bytes; how many."""
        written = bytes(memoryview(data))  # type: ignore[arg-type]
        self._unread += written
        self._position += len(written)
        return len(written)

    def chunk(self) -> bytes:
        """What has been written since the last time."""
        written = bytes(self._unread)
        self._unread.clear()
        return written
