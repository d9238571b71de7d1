"""
The version before: what each source covered there, from which bytes, and its figures.

An edge: opens warehouse files to read. The version before is the current one; where the pointer is
lost or the file cannot be read, the newest one that can. What that one lacks is looked for in the
ones before it, so that a source that was missing once is still compared with what it had.
"""

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import orjson
import pandas as pd
from numpy.typing import NDArray

from etl.build.checks import Coverage
from etl.catalogue.pointer import available_versions, read_pointer, warehouse_file
from etl.catalogue.warehouse_schema import connected
from etl.measures.areas import OBSERVATION_KEY, Codebook, Observations

log = logging.getLogger(__name__)
SourceKey = tuple[str, str, str]  # indicator, segment, source


@dataclass(frozen=True)
class Earlier:
    """
    What a source was read from last, and what it covered.

    `file`: the warehouse that has its figures, `same_area` the code under which an area stands
    now, by the code that it had there.
    """

    file: Path
    table_id: str
    metadata: str
    documents: tuple[str, ...]
    coverage: Coverage
    same_area: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> str:
        """The hash of the bytes it was read from."""
        return answer_hash(self.metadata, self.documents)

    def observations(self, indicator: str, segment: str, book: Codebook) -> Observations:
        """
        Return its figures, with those of the segment's other sources, in the codes of a book.

        Codes that the book lacks are left out.

        Raises:
            duckdb.Error: when the file cannot be read.

        """
        columns = ", ".join(OBSERVATION_KEY)
        with closing(connected(self.file)) as connection:
            frame = connection.execute(
                f"""
                SELECT {columns}, value FROM observation
                WHERE indicator::VARCHAR = $indicator AND segment::VARCHAR = $segment
                """,  # noqa: S608  names are ours
                {"indicator": indicator, "segment": segment},
            ).df()
        places: dict[str, Any] = {
            column: self._places(frame[column], column, book) for column in OBSERVATION_KEY
        }
        known = np.logical_and.reduce([place >= 0 for place in places.values()])
        return Observations(
            **{column: place[known] for column, place in places.items()},
            value=frame["value"].to_numpy(dtype=np.float64)[known],
            status=np.zeros(int(known.sum()), dtype=np.int8),
            numerator=None,
            denominator=None,
            computed=np.zeros(int(known.sum()), dtype=np.bool_),
            symbols=("",),
        )

    def _places(self, codes: pd.Series, column: str, book: Codebook) -> NDArray[np.int32]:
        """Return where each code stands in the book, -1 for one that it lacks."""
        category = codes.astype("category")
        names = (str(name) for name in category.cat.categories)
        if column == "region":
            names = (self.same_area.get(name, name) for name in names)
        places = [book.position[column].get(name, -1) for name in names]
        return np.array([*places, -1], dtype=np.int32)[category.cat.codes.to_numpy()]


@dataclass(frozen=True)
class Before:
    """
    The version before, and what each source was read from last, in it or in an older one.

    `file` is None where there is no version that can be read; `troubles` say why one could not.
    """

    file: Path | None = None
    sources: Mapping[SourceKey, Earlier] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """What it is called; "" for none."""
        return self.file.stem.removeprefix("warehouse-") if self.file else ""


def answer_hash(metadata: str, documents: Iterable[str]) -> str:
    """Return the hash of an answer, of those of its documents."""
    return hashlib.sha256("".join([metadata, *sorted(documents)]).encode()).hexdigest()[:16]


def version_before(
    data: Path, same_area: Mapping[str, str], wanted: Collection[SourceKey], *, example: bool
) -> Before:
    """
    Return the newest version of a kind that can be read, the current one before all others.

    Of it every figure is read once; of older ones only what the wanted sources were read from.

    Raises:
        PublishError: when the pointer is damaged; the message says how to mend it.

    """
    pointer = read_pointer(data)
    current = pointer.version if pointer else ""
    kept = sorted(available_versions(data), key=lambda version: (version == current, version))
    file, sources, troubles = None, dict[SourceKey, Earlier](), []
    for version in reversed(kept):
        if file and sources.keys() >= set(wanted):
            break
        path = data / warehouse_file(version)
        try:
            if not _is_of_kind(path, example=example):
                continue
            if file is None:
                _read_all(path)
            found = dict(_sources(path, same_area))
        except (duckdb.Error, ValueError) as error:
            told = str(error).partition("\n")[0]
            log.info("%s cannot be read: %s", path, error)
            troubles.append(f"{version} cannot be read ({told})")
            continue
        file = file or path
        sources = found | sources
    return Before(file, sources, tuple(troubles))


def _is_of_kind(file: Path, *, example: bool) -> bool:
    with closing(connected(file)) as connection:
        row = connection.execute("SELECT bool_or(example) FROM run").fetchone()
    return row is not None and row[0] is example


def _read_all(file: Path) -> None:
    """
    Read all figures and revisions once.

    Raises:
        duckdb.Error: when anything of them is damaged.

    """
    columns = ", ".join(f"max({name})" for name in (*OBSERVATION_KEY, "status", "segment"))
    with closing(connected(file)) as connection:
        connection.execute(f"SELECT {columns}, sum(value) FROM observation").fetchone()  # noqa: S608
        connection.execute("SELECT max(seen), count(new_value) FROM revision").fetchone()


def _sources(file: Path, same_area: Mapping[str, str]) -> Iterator[tuple[SourceKey, Earlier]]:
    with closing(connected(file)) as connection:
        rows = connection.execute(
            """
            SELECT indicator, segment, source, table_id, metadata, documents, regions, periods,
                   medians
            FROM lineage
            """
        ).fetchall()
    for indicator, segment, source, table, metadata, documents, regions, periods, medians in rows:
        coverage = Coverage(frozenset(regions), frozenset(periods), orjson.loads(medians))
        yield (
            (indicator, segment, source),
            Earlier(file, table, metadata, tuple(documents), coverage, same_area),
        )
