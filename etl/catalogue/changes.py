"""
What differs between two versions of the data: figures revised, vanished and added.

An edge: opens two warehouse files to read, never to write. A figure is known by indicator, region,
period, sex, background, age and education; it is revised where the stored value or status is
another. One that only stands under another segment is the same figure: SCB changed nothing.
What the catalogue did is told apart from what SCB did: an indicator that came, went or changed its
id is no list of figures, and an area that was joined under its code of 2020 is compared there.

First each region of an indicator is compared as a whole, by a digest of its rows; rows meet only
where the digests differ, and never more than some hundred thousand at once.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args

import duckdb
import pyarrow as pa

from etl.catalogue.regions import BOTH_DIVISIONS, NEWER_DIVISION
from etl.catalogue.warehouse_schema import attach, rows_digest

ChangeKind = Literal["revised", "vanished", "added"]  # in the order in which they are listed
Fate = Literal["kept", "renamed", "new", "gone"]
_KEY = ("region", "period", "sex", "background", "age", "education")
_IN_CHUNK = 200_000  # rows that are compared at once
_THREADS, _MOST_MEMORY = 1, "150MB"
_ORDER = ", ".join(_KEY)
_ANEW = "CREATE OR REPLACE TEMP TABLE first_ones AS"
# Everybody before groups, the whole before its parts, the newest first.
_FIRST = (
    "(sex::VARCHAR, background::VARCHAR, age::VARCHAR, education::VARCHAR)"
    " <> ('_T', '_T', '_T', '_T'), length(region::VARCHAR), period DESC, "
    "region, sex, background, age, education"
)


class ChangedFigure(NamedTuple):
    """
    A figure before and after; a value is None where there is no number, a status where none is.

    `segment` is that of the figure now, or of the one that vanished.
    """

    indicator: str
    region: str
    period: str
    sex: str
    background: str
    age: str
    education: str
    change: ChangeKind
    old_value: float | None
    old_status: str | None
    new_value: float | None
    new_status: str | None
    segment: str


@dataclass(frozen=True)
class IndicatorChanges:
    """
    How many figures of an indicator were revised, vanished or added.

    `fate`: an indicator that is new or gone as a whole counts its figures as added or vanished,
    and lists none; of one that was renamed `former` is the id that it had. `first` are some of the
    changed figures.
    """

    indicator: str
    fate: Fate
    former: str
    revised: int
    vanished: int
    added: int
    first: tuple[ChangedFigure, ...] = ()

    @property
    def listed(self) -> int:
        """How many figures the list has."""
        in_whole = self.fate in {"new", "gone"}
        return 0 if in_whole else self.revised + self.vanished + self.added


class Comparison:
    """Two open versions and where they differ."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, region: str, successors: Mapping[str, str]
    ) -> None:
        """Find where `older` and `newer`, both attached, differ; see `compared`."""
        self.connection = connection
        ids = {side: _codes(connection, side, "indicator") for side in ("older", "newer")}
        self._former = MappingProxyType(
            {
                now: before
                for before, now in successors.items()
                if before in ids["older"] - ids["newer"] and now in ids["newer"] - ids["older"]
            }
        )
        self._new = ids["newer"] - ids["older"] - self._former.keys()
        self._gone = ids["older"] - ids["newer"] - set(self._former.values())
        _share_types(connection)
        joined = _join_areas(connection)
        regions = _parts(connection, region, joined)
        self.joined = MappingProxyType(
            {code: now for code, now in joined.items() if regions is None or code in regions}
        )
        for side in ("older", "newer"):
            _digest(connection, side, regions)
        self._chunks = _differing(connection, self._former)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators that differ, in order; of what is gone the id that it had."""
        renamed = set(self._former)
        return tuple(sorted(self._chunks.keys() | renamed))

    def changes(self, most: int = 0) -> tuple[IndicatorChanges, ...]:
        """What differs of each indicator, by id, with at most `most` figures of each change."""
        return tuple(self._of(indicator, most) for indicator in self.indicators)

    def tables(self, indicators: Collection[str]) -> Iterator[pa.Table]:
        """The changed figures of some indicators by id, region, period and group, as text."""
        for indicator in self.indicators:
            if indicator not in indicators or self._fate(indicator) in {"new", "gone"}:
                continue
            for chunk in self._chunks.get(indicator, ()):
                self._compare(indicator, chunk)
                table = self.connection.sql(
                    f"SELECT $id AS indicator, * FROM changed ORDER BY {_ORDER}",  # noqa: S608
                    params={"id": indicator},
                ).to_arrow_table()
                if len(table):
                    yield table

    def _fate(self, indicator: str) -> Fate:
        if indicator in self._former:
            return "renamed"
        return "new" if indicator in self._new else "gone" if indicator in self._gone else "kept"

    def _of(self, indicator: str, most: int) -> IndicatorChanges:
        fate, former = self._fate(indicator), self._former.get(indicator, "")
        if fate in {"new", "gone"}:
            figures = sum(self._chunks[indicator].values())
            counts = {"vanished" if fate == "gone" else "added": figures}
            first: tuple[ChangedFigure, ...] = ()
        else:
            counts, first = self._counted(indicator, most)
        return IndicatorChanges(
            indicator, fate, former, **{name: counts.get(name, 0) for name in get_args(ChangeKind)},
            first=first,
        )  # fmt: skip

    def _counted(
        self, indicator: str, most: int
    ) -> tuple[dict[str, int], tuple[ChangedFigure, ...]]:
        """How many figures there are of each change, and the first of each."""
        counts: dict[str, int] = {}
        first = f"QUALIFY row_number() OVER (PARTITION BY change ORDER BY {_FIRST}) <= $most"
        for place, chunk in enumerate(self._chunks.get(indicator, ())):
            self._compare(indicator, chunk)
            for change, figures in self.connection.execute(
                "SELECT change::VARCHAR, count(*) FROM changed GROUP BY change"
            ).fetchall():
                counts[change] = counts.get(change, 0) + figures
            into = "INSERT INTO first_ones" if place else _ANEW
            self.connection.execute(
                f"{into} SELECT * FROM changed {first}",  # noqa: S608
                {"most": most},
            )
        if not counts:
            return counts, ()
        rows = self.connection.execute(
            f"SELECT $id, * FROM first_ones {first} ORDER BY change, {_FIRST}",  # noqa: S608
            {"id": indicator, "most": most},
        ).fetchall()
        return counts, tuple(ChangedFigure(*row) for row in rows)

    def _compare(self, indicator: str, chunk: int) -> None:
        """Fill `changed` with what differs of an indicator in one part of the regions."""
        sides = {
            side: _rows(side, joined=bool(self.joined) and side == "older")
            for side in ("older", "newer")
        }
        columns = ", ".join(_KEY)
        self.connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE changed AS
            SELECT {columns},
                   CASE WHEN o.there IS NULL THEN 'added' WHEN n.there IS NULL THEN 'vanished'
                   ELSE 'revised' END::change_code AS change,
                   o.value AS old_value, o.status AS old_status,
                   n.value AS new_value, n.status AS new_status,
                   coalesce(n.segment, o.segment) AS segment
            FROM ({sides["older"]}) AS o FULL JOIN ({sides["newer"]}) AS n USING ({columns})
            WHERE o.there IS NULL OR n.there IS NULL
               OR o.value IS DISTINCT FROM n.value OR o.status IS DISTINCT FROM n.status
            """,  # noqa: S608  names are ours
            {
                "id": indicator,
                "older_id": self._former.get(indicator, indicator),
                "newer_id": indicator,
                "chunk": chunk,
            },
        )


@contextmanager
def compared(
    older: Path, newer: Path, *, region: str = "", successors: Mapping[str, str] | None = None
) -> Iterator[Comparison]:
    """
    Compare two warehouse files.

    Args:
        older: the file of the version before.
        newer: the file of the version after.
        region: the code of a region, for its own figures and those of its parts; "", or that of
            the country, for all.
        successors: of indicators that were renamed the ids of today, by their own.

    Raises:
        duckdb.Error: when a file cannot be read.

    """
    # What does not fit the memory; beside the program nothing may be written where it is served.
    with (
        TemporaryDirectory(prefix="changes-") as spilled,
        duckdb.connect(
            config={
                "threads": _THREADS,
                "memory_limit": _MOST_MEMORY,
                "temp_directory": spilled,
            }
        ) as connection,
    ):
        attach(connection, older, "older")
        attach(connection, newer, "newer")
        yield Comparison(connection, region, successors or {})


def _codes(connection: duckdb.DuckDBPyConnection, side: str, column: str) -> set[str]:
    """All codes that a version has in a column of its observations."""
    found = connection.execute(f"SELECT unnest(enum_range(NULL::{side}.{column}_code))::VARCHAR")
    return {code for (code,) in found.fetchall()}


def _share_types(connection: duckdb.DuckDBPyConnection) -> None:
    """Make types that hold the codes of both versions, so that codes are compared as numbers."""
    for column in ("indicator", *_KEY, "segment"):
        codes = " UNION ".join(
            f"SELECT unnest(enum_range(NULL::{side}.{column}_code))::VARCHAR AS code"
            for side in ("older", "newer")
        )
        connection.execute(
            f"CREATE TYPE {column}_code AS ENUM (SELECT code FROM ({codes}) ORDER BY code)"  # noqa: S608
        )
    changes = ", ".join(f"'{change}'" for change in get_args(ChangeKind))
    connection.execute(f"CREATE TYPE change_code AS ENUM ({changes})")


def _join_areas(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Fill `joined`: the codes of 2025 under which areas stood, and those they stand under now."""
    connection.execute(
        """
        CREATE TEMP TABLE joined AS
        SELECT before, code
        FROM (SELECT unnest(enum_range(NULL::older.region_code))::VARCHAR AS before)
        JOIN newer.region ON before = code || $suffix
        WHERE division = $both
          AND code IN (SELECT unnest(enum_range(NULL::region_code))::VARCHAR)
          AND before NOT IN (SELECT unnest(enum_range(NULL::newer.region_code))::VARCHAR)
        """,
        {"suffix": NEWER_DIVISION, "both": BOTH_DIVISIONS},
    )
    return dict(connection.execute("SELECT before, code FROM joined").fetchall())


def _parts(
    connection: duckdb.DuckDBPyConnection, region: str, joined: Mapping[str, str]
) -> set[str] | None:
    """A region with all that lies in it in either version, under all codes; None for everything."""
    codes = {region}
    if not region:
        return None
    for side in ("older", "newer"):
        rows = connection.execute(
            f"""
            WITH RECURSIVE inside AS (
                SELECT $region AS code
                UNION
                SELECT link.code FROM inside JOIN (
                    SELECT parent AS whole, code FROM {side}.region
                    UNION ALL
                    SELECT region, member FROM {side}.region_member
                ) AS link ON link.whole = inside.code
            )
            SELECT inside.code, level FROM inside JOIN {side}.region USING (code)
            """,  # noqa: S608
            {"region": region},
        ).fetchall()
        if (region, "country") in rows:
            return None
        codes |= {code for code, _ in rows}
    return codes | {before for before, code in joined.items() if code in codes}


def _digest(
    connection: duckdb.DuckDBPyConnection, side: str, regions: Collection[str] | None
) -> None:
    """Fill `<side>_digest`: the figures of each region and indicator, counted and digested."""
    inside, values = "", {}
    if regions is not None:
        inside = f"WHERE region IN (SELECT TRY_CAST(unnest($regions) AS {side}.region_code))"
        values = {"regions": sorted(regions)}
    key = ", ".join(f"{column}::{column}_code" for column in _KEY[1:])
    connection.execute(
        f"""
        CREATE TEMP TABLE {side}_digest AS
        SELECT indicator::indicator_code AS indicator, region::region_code AS region,
               count(*) AS figures, {rows_digest(f"{key}, value, status")} AS digest
        FROM {side}.observation {inside}
        GROUP BY ALL
        """,  # noqa: S608
        values,
    )


def _differing(
    connection: duckdb.DuckDBPyConnection, former: Mapping[str, str]
) -> dict[str, dict[int, int]]:
    """Fill `differing`: indicators, regions and chunks; return the figures of each chunk."""
    connection.execute("CREATE TEMP TABLE renamed (before VARCHAR, now VARCHAR)")
    if former:
        pairs: list[tuple[Any, ...]] = [(before, now) for now, before in former.items()]
        connection.executemany("INSERT INTO renamed VALUES (?, ?)", pairs)
    connection.execute(
        """
        CREATE TEMP TABLE differing AS
        SELECT indicator, region, figures,
               (sum(figures) OVER (PARTITION BY indicator ORDER BY region) - figures)
                   // $most AS chunk
        FROM (
            SELECT indicator, region,
                   greatest(coalesce(o.figures, 0), coalesce(n.figures, 0)) AS figures
            FROM (
                SELECT coalesce(now, indicator::VARCHAR)::indicator_code AS indicator,
                       coalesce(code, region::VARCHAR)::region_code AS region,
                       sum(figures) AS figures, bit_xor(digest) AS digest
                FROM older_digest
                LEFT JOIN renamed ON renamed.before = indicator::VARCHAR
                LEFT JOIN joined ON joined.before = region::VARCHAR
                GROUP BY ALL
            ) AS o
            FULL JOIN newer_digest AS n USING (indicator, region)
            WHERE o.figures IS DISTINCT FROM n.figures OR o.digest IS DISTINCT FROM n.digest
        )
        """,
        {"most": _IN_CHUNK},
    )
    chunks: dict[str, dict[int, int]] = {}
    for indicator, chunk, figures in connection.execute(
        """
        SELECT indicator::VARCHAR, chunk::BIGINT, sum(figures)::BIGINT
        FROM differing GROUP BY ALL ORDER BY ALL
        """
    ).fetchall():
        chunks.setdefault(indicator, {})[chunk] = figures
    return chunks


def _rows(side: str, *, joined: bool) -> str:
    """Return the question for the rows of one version in a chunk; `joined`: some areas moved."""
    columns = ", ".join(f"{column}::{column}_code AS {column}" for column in _KEY[1:])
    region, place, once = "region::region_code", "", ""
    codes = (
        "SELECT region::VARCHAR AS code FROM differing"
        " WHERE indicator::VARCHAR = $id AND chunk = $chunk"
    )
    if joined:
        region = "coalesce(code, region::VARCHAR)::region_code"
        place = "LEFT JOIN joined ON joined.before = region::VARCHAR"
        codes += f" UNION ALL SELECT before FROM joined WHERE code IN ({codes})"  # noqa: S608
        # Where both codes have a figure, that of the code which remains is compared.
        once = f"""QUALIFY row_number() OVER (
            PARTITION BY coalesce(code, region::VARCHAR), {", ".join(_KEY[1:])}
            ORDER BY code NULLS FIRST
        ) = 1"""
    return f"""
        SELECT {region} AS region, {columns}, value, status, segment::segment_code AS segment,
               true AS there
        FROM {side}.observation {place}
        WHERE indicator = TRY_CAST(${side}_id AS {side}.indicator_code)
          AND region IN (SELECT TRY_CAST(code AS {side}.region_code) FROM ({codes}))
        {once}
    """  # noqa: S608
