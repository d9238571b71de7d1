"""
Writes one new, immutable warehouse file and makes it the current one.

An edge. A version is drafted beside the others and renamed when it is whole; until the
pointer is swapped, nobody sees it. A failed build leaves the old version as it was. Codes are
written as categories, which DuckDB takes as ENUMs without comparing a text: texts would cost a
third of all writing.
"""

import logging
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from etl.build.checks import order_key
from etl.build.observations import SegmentRows
from etl.catalogue import warehouse_schema
from etl.catalogue.pointer import (
    Keeping,
    Pointer,
    available_versions,
    kept_versions,
    warehouse_file,
)
from etl.errors import PublishError
from etl.measures.areas import OBSERVATION_KEY, Codebook, Observations
from etl.store import write_pointer

log = logging.getLogger(__name__)
DIGEST_METHOD = "2-"  # how the digest of a version's figures is made, as it begins
_MEMORY = "250MB"
_ORIGIN_KINDS = ("published", "computed")


@contextmanager
def drafted(
    data: Path, book: Codebook, *, indicators: Sequence[str], segments: Sequence[str]
) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    """
    Open an empty warehouse to write to; it is removed again unless it is published.

    Raises:
        PublishError: when the file cannot be written: no room, no permission.

    """
    _clear(data)
    path = data / ".draft-warehouse.duckdb"
    try:
        connection = duckdb.connect(path)
        try:
            # One thread writes while another reads: two would lay out each build otherwise.
            connection.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = 1")
            _create(connection, book, indicators, segments)
            yield path, connection
        finally:
            connection.close()
    except (OSError, duckdb.OperationalError, duckdb.FatalException) as error:
        raise PublishError(
            f"{data}: the new warehouse could not be written ({error}); "
            "make room or check permissions; the old one is intact"
        ) from error
    finally:
        _clear(data)


def _clear(data: Path) -> None:
    """Remove drafts, and the folders in which DuckDB sorted what its memory did not hold."""
    for left in data.glob(".draft-*"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def insert_all(
    connection: duckdb.DuckDBPyConnection,
    loaded: Iterable[tuple[str, Sequence[SegmentRows]]],
    book: Codebook,
) -> int:
    """Add indicator after indicator, each while the next is read; return the observations."""
    count, waiting = 0, None
    with ThreadPoolExecutor(1) as writer:
        for indicator, parts in loaded:
            rows = _arranged(parts, book)
            count += waiting.result() if waiting else 0
            waiting = writer.submit(_insert_observations, connection, indicator, rows)
        count += waiting.result() if waiting else 0
    return count


def _insert_observations(
    connection: duckdb.DuckDBPyConnection, indicator: str, incoming: pd.DataFrame
) -> int:
    """Add one indicator, whose rows are in the warehouse's order; return how many they are."""
    connection.register("incoming", incoming)
    connection.execute(
        "INSERT INTO observation BY NAME SELECT $indicator AS indicator, * FROM incoming",
        {"indicator": indicator},
    )
    connection.unregister("incoming")
    log.info("%s: %d observations", indicator, len(incoming))
    return len(incoming)


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Add rows to one of the small tables, by column name."""
    if rows.empty:
        return
    connection.register("rows", rows)
    connection.execute(f'INSERT INTO "{_name(table)}" BY NAME SELECT * FROM rows')  # noqa: S608
    connection.unregister("rows")


def summarise(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `headline` from what is of both sexes, all ages and all education; `latest` from it."""
    connection.execute(
        """
        INSERT INTO headline
        SELECT region, indicator, background, period, value, status, segment, kind
        FROM observation
        WHERE sex = '_T' AND age = '_T' AND education = '_T'
          AND CAST(background AS VARCHAR) IN ('_T', 'SE', 'SAMUTF')
        ORDER BY region, indicator, background, period
        """
    )
    connection.execute(
        """
        INSERT INTO latest
        SELECT * FROM headline
        QUALIFY row_number() OVER (
            PARTITION BY region, indicator, background ORDER BY value IS NULL, period DESC
        ) = 1
        ORDER BY region, indicator, background
        """
    )


def cover(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `coverage` and `coverage_group` from the observations, an indicator at a time."""
    indicators = connection.execute("SELECT unnest(enum_range(NULL::indicator_code))").fetchall()
    for (indicator,) in indicators:
        connection.execute(
            """
            CREATE OR REPLACE TEMP TABLE held AS
            SELECT region, sex, background, age, education, min(period) AS first_period,
                   max(period) AS last_period, count(*) AS observations,
                   count(value) > 0 AS has_numbers
            FROM observation
            WHERE indicator = $indicator
            GROUP BY ALL
            """,
            {"indicator": indicator},
        )
        connection.execute(
            f"""
            INSERT INTO coverage
            SELECT $indicator, * EXCLUDE (groups, number),
                   min(region) OVER (PARTITION BY groups, number)
            FROM (
                SELECT region, min(first_period) AS first_period, max(last_period) AS last_period,
                       sum(observations) AS observations, bool_or(has_numbers) AS has_numbers,
                       bool_or(has_numbers AND sex = '_T' AND age = '_T' AND education = '_T')
                           AS has_totals,
                       {warehouse_schema.rows_digest("sex, background, age, education")} AS groups,
                       count(*) AS number
                FROM held
                GROUP BY region
            )
            ORDER BY region
            """,  # noqa: S608
            {"indicator": indicator},
        )
        connection.execute(
            """
            INSERT INTO coverage_group
            SELECT $indicator, region, sex, background, age, education
            FROM held
            WHERE region IN (SELECT same_groups_as FROM coverage WHERE indicator = $indicator)
            ORDER BY ALL
            """,
            {"indicator": indicator},
        )
    connection.execute("DROP TABLE IF EXISTS held")


def note_revisions(
    connection: duckdb.DuckDBPyConnection,
    previous: Path,
    indicators: Sequence[str],
    same_area: Mapping[str, str],
) -> None:
    """
    Note every published observation that differs from the previous version's.

    Those that were noted before are kept of the same indicators: a retired one leaves nothing.
    `same_area`: the code under which an area stands now, by the code that it had there.
    """
    warehouse_schema.attach(connection, previous, "previous")
    connection.register(
        "same_area", pd.DataFrame(same_area.items(), columns=["before", "code"], dtype="str")
    )
    connection.execute(
        """
        INSERT INTO revision BY NAME
        SELECT o.* REPLACE (coalesce(code, region) AS region)
        FROM previous.revision AS o
        LEFT JOIN same_area ON before = region
        WHERE list_contains($indicators, indicator)
        """,
        {"indicators": list(indicators)},
    )
    for indicator in indicators:
        connection.execute(
            """
            INSERT INTO revision
            SELECT n.indicator, n.region, n.period, n.sex, n.background, n.age, n.education,
                   o.value, n.value, o.status, n.status, now() AT TIME ZONE 'UTC'
            FROM (SELECT * FROM observation WHERE indicator = $indicator) AS n
            JOIN (
                SELECT o.* REPLACE (coalesce(code, o.region::VARCHAR) AS region)
                FROM previous.observation AS o
                LEFT JOIN same_area ON before = o.region::VARCHAR
                WHERE o.indicator::VARCHAR = $indicator
            ) AS o
              ON n.region::VARCHAR = o.region
             AND n.period::VARCHAR = o.period::VARCHAR
             AND n.sex::VARCHAR = o.sex::VARCHAR
             AND n.background::VARCHAR = o.background::VARCHAR
             AND n.age::VARCHAR = o.age::VARCHAR
             AND n.education::VARCHAR = o.education::VARCHAR
             AND n.segment::VARCHAR = o.segment::VARCHAR
            WHERE n.value IS DISTINCT FROM o.value OR n.status IS DISTINCT FROM o.status
            """,
            {"indicator": indicator},
        )
    connection.unregister("same_area")
    warehouse_schema.detach(connection, "previous")


def figures_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what tells figures from others: values and statuses by their codes, in any order."""
    connection.execute("RESET threads")  # nothing is laid out any more
    key = ", ".join(f"{column}::VARCHAR" for column in ("indicator", *OBSERVATION_KEY))
    digest_sql = warehouse_schema.rows_digest(f"{key}, value, status")
    row = connection.execute(
        f"SELECT count(*), {digest_sql} FROM observation"  # noqa: S608
    ).fetchone()
    count, digest = row or (0, 0)
    return f"{DIGEST_METHOD}{count:x}-{digest or 0:x}"


def publish(data: Path, draft: Path, pointer: Pointer) -> None:
    """Rename the draft to its version and point to it."""
    draft.replace(data / pointer.file)
    write_pointer(data, pointer)


def remove_superseded(data: Path, current: str, figures: Mapping[str, str], rule: Keeping) -> None:
    """Remove the versions that are not kept; the current one always is."""
    sizes = {
        version: (data / warehouse_file(version)).stat().st_size
        for version in available_versions(data)
    }
    kept = kept_versions(sizes, figures, current, rule)
    for version in sizes.keys() - kept:
        (data / warehouse_file(version)).unlink()
        log.info("%s is not kept any longer", version)


def _create(
    connection: duckdb.DuckDBPyConnection,
    book: Codebook,
    indicators: Sequence[str],
    segments: Sequence[str],
) -> None:
    types: Mapping[str, Sequence[str]] = {
        **book.codes,
        "indicator": indicators,
        "segment": segments,
        "kind": _ORIGIN_KINDS,
    }
    for name, codes in types.items():
        # Codes come from the source: they are values, and never part of the text of a question.
        listed = pd.DataFrame({"code": [*codes] or [""]}, dtype="str").rename_axis("place")
        connection.register("listed", listed.reset_index())
        connection.execute(
            f"CREATE TYPE {_name(name)}_code AS ENUM (SELECT code FROM listed ORDER BY place)"  # noqa: S608
        )
        connection.unregister("listed")
    connection.execute(files("etl").joinpath("schema.sql").read_text(encoding="utf-8"))


def _name(table: str) -> str:
    """Return the name if it is one of ours; names are never made of data."""
    if not re.fullmatch(r"[a-z_]+", table):
        raise ValueError(f"table name {table!r}: expected lower-case letters")
    return table


def _arranged(parts: Sequence[SegmentRows], book: Codebook) -> pd.DataFrame:
    """
    Return the columns that the parts fill, all but `indicator`, sorted by `order_key`.

    Areas are last. They are most, and most questions are of a few other regions: DuckDB passes over
    the groups of rows that hold areas only.
    """
    rows = [part.rows for part in parts]
    keys = np.concatenate([order_key(observations, book) for observations in rows])
    order = np.lexsort((keys, book.area[np.concatenate([o.region for o in rows])]))
    columns: dict[str, pd.Categorical | np.ndarray] = {
        column: _coded(
            [getattr(observations, column) for observations in rows], book.codes[column], order
        )
        for column in OBSERVATION_KEY
    }
    columns["value"] = np.concatenate([observations.value for observations in rows])[order]
    columns["status"] = _statuses(rows, order)
    for name in ("numerator", "denominator"):
        if any(getattr(observations, name) is not None for observations in rows):
            columns[name] = np.concatenate([_or_nan(getattr(o, name), o) for o in rows])[order]
    segments = tuple(dict.fromkeys(part.segment for part in parts))
    columns["segment"] = _constant(
        [segments.index(p.segment) for p in parts], rows, segments, order
    )
    columns["kind"] = _coded([o.computed.astype(np.int8) for o in rows], _ORIGIN_KINDS, order)
    return pd.DataFrame(columns, copy=False)


def _coded(arrays: Sequence[np.ndarray], codes: Sequence[str], order: np.ndarray) -> pd.Categorical:
    numbers = np.concatenate(arrays)[order]
    return pd.Categorical.from_codes(numbers, pd.Index(list(codes), dtype="str"), validate=False)


def _constant(
    numbers: Sequence[int], rows: Sequence[Observations], codes: Sequence[str], order: np.ndarray
) -> pd.Categorical:
    arrays = [
        np.full(len(observations), n, np.int8)
        for n, observations in zip(numbers, rows, strict=True)
    ]
    return _coded(arrays, codes, order)


def _or_nan(array: np.ndarray | None, rows: Observations) -> np.ndarray:
    return np.full(len(rows), np.nan) if array is None else array


def _statuses(rows: Sequence[Observations], order: np.ndarray) -> pd.Categorical:
    """Return the symbols; the empty one, which is none, is place -1 of a category."""
    symbols = tuple(
        dict.fromkeys(s for observations in rows for s in observations.symbols if s)
    ) or ("..",)
    positions = {"": -1} | {symbol: number for number, symbol in enumerate(symbols)}
    arrays = [
        np.array([positions[s] for s in observations.symbols], dtype=np.int16)[observations.status]
        for observations in rows
    ]
    return _coded(arrays, symbols, order)
