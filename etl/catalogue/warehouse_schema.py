"""
Which schema a warehouse file has, and older files read as if they had that of today.

An edge: opens files to read, never to write. Versions of the data are kept for years and frozen
links lead to them, so whoever changes `etl/schema.sql` raises `SCHEMA_VERSION` and says here what
the tables of before are today. Version 2 (November 2026) took age out of `background`; version 3
(the same month) tells in `coverage` and `coverage_group` what there is; version 4 (the same month)
has the codes of `latest` as codes, of the backgrounds of `headline` only. Before it they are texts,
which compare with codes alike, and are shown as they are: a text takes longer to become a code.
"""

from pathlib import Path
from types import MappingProxyType

import duckdb

SCHEMA_VERSION = 4
_FIRST = 1  # of files that do not say
_AGE_GROUPS = "SELECT code FROM {old}.category WHERE kind = 'age'"
# What the tables of version 1 are in version 2, where they are not the same.
_OF_FIRST = MappingProxyType(
    {
        "observation": """
            SELECT * REPLACE (CASE WHEN background::VARCHAR IN ({ages}) THEN '_T'
                              ELSE background::VARCHAR END::{new}.background_code AS background),
                   CASE WHEN background::VARCHAR IN ({ages}) THEN background::VARCHAR
                   ELSE '_T' END::{new}.age_code AS age
            FROM {old}.observation
        """,
        "revision": """
            SELECT * REPLACE (CASE WHEN background IN ({ages}) THEN '_T'
                              ELSE background END AS background),
                   CASE WHEN background IN ({ages}) THEN background ELSE '_T' END AS age
            FROM {old}.revision
        """,
        "latest": "SELECT * FROM {old}.latest WHERE background NOT IN ({ages})",
        "category": """
            SELECT * REPLACE (CASE WHEN kind = 'age' THEN 'age' ELSE dimension END AS dimension)
            FROM {old}.category
            UNION ALL
            SELECT 'age', '_T', 'total', 'Alla åldrar', 'All ages', -1
        """,
        "note": """
            SELECT * REPLACE (CASE WHEN variable = 'background' AND code IN ({ages}) THEN 'age'
                              ELSE variable END AS variable)
            FROM {old}.note
        """,
        "run": "SELECT *, 1 AS schema_version FROM {old}.run",
    }
)
# What version 3 tells, from the observations as they are today: each region has its own groups.
_SINCE_THIRD = MappingProxyType(
    {
        "coverage": """
            SELECT indicator, region, min(period) AS first_period, max(period) AS last_period,
                   count(*) AS observations, count(value) > 0 AS has_numbers,
                   count(value) FILTER (sex = '_T' AND age = '_T' AND education = '_T') > 0
                       AS has_totals,
                   region AS same_groups_as
            FROM {new}.observation
            GROUP BY ALL
        """,
        "coverage_group": """
            SELECT DISTINCT indicator, region, sex, background, age, education
            FROM {new}.observation
        """,
    }
)


def connected(file: Path) -> duckdb.DuckDBPyConnection:
    """
    Return a connection that reads a warehouse with the tables and types of today.

    Raises:
        duckdb.Error: when the file cannot be read.

    """
    connection = duckdb.connect(file, read_only=True)
    version = _version(connection, "", file)
    if version == SCHEMA_VERSION:
        return connection
    connection.close()
    connection = duckdb.connect(":memory:")
    _attach(connection, file, "older")
    _show(connection, version, old="older", new="memory")
    return connection


def holds_examples(file: Path) -> bool:
    """
    Whether a version holds invented figures; one that does not say is taken to.

    Raises:
        duckdb.Error: when the file cannot be read.

    """
    with duckdb.connect(file, read_only=True) as connection:
        answer = connection.execute("SELECT bool_or(example) FROM run").fetchone()
    return not answer or answer[0] is not False


def rows_digest(columns: str) -> str:
    """
    SQL that digests a set of rows, in any order, by some columns in commas.

    DuckDB's hash of several columns ends in an exclusive or with that of the last one, which two
    rows that change alike would undo in each other: `p` on one more figure and on another was no
    change. What is hashed once more is not undone so.
    """
    return f"bit_xor(hash(hash({columns})))"


def attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """
    Attach a warehouse to read, under a name and with the tables of today.

    Raises:
        duckdb.Error: when the file cannot be read.

    """
    _attach(connection, file, name)
    version = _version(connection, name, file)
    if version == SCHEMA_VERSION:
        return
    connection.execute(f"DETACH {name}")
    _attach(connection, file, f"{name}_file")
    connection.execute(f"ATTACH ':memory:' AS {name}")
    _show(connection, version, old=f"{name}_file", new=name)


def detach(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Let go of what `attach` has attached."""
    connection.execute(f"DETACH {name}")
    connection.execute(f"DETACH DATABASE IF EXISTS {name}_file")


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    quoted = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")


def _version(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> int:
    """
    Return which schema a file has.

    Raises:
        duckdb.Error: when it was written by a newer program than this.

    """
    database = name or "current_database()"
    place = f"'{name}'" if name else database
    columns = connection.execute(
        f"""
        SELECT column_name FROM duckdb_columns()
        WHERE database_name = {place} AND table_name = 'run'
        """  # noqa: S608  names are ours
    ).fetchall()
    version = _FIRST
    if ("schema_version",) in columns:
        run = f"{name}.run" if name else "run"
        rows = connection.execute(f"SELECT max(schema_version) FROM {run}").fetchall()  # noqa: S608
        version = int(rows[0][0] or SCHEMA_VERSION)  # a draft that is not signed yet is of today
    if version > SCHEMA_VERSION:
        raise duckdb.InvalidInputException(
            f"{file} has schema {version}, this program reads up to {SCHEMA_VERSION}; update it"
        )
    return version


def _show(connection: duckdb.DuckDBPyConnection, version: int, *, old: str, new: str) -> None:
    """Make in `new` the types of `old`, and for each of its tables a view of it as it is today."""
    types = connection.execute(
        """
        SELECT type_name FROM duckdb_types()
        WHERE database_name = $old AND logical_type = 'ENUM' AND NOT internal
        """,
        {"old": old},
    ).fetchall()
    for (name,) in types:
        codes = f"SELECT unnest(enum_range(NULL::{old}.{name}))::VARCHAR"
        connection.execute(f"CREATE TYPE {new}.{name} AS ENUM ({codes})")
    ages, changed = _AGE_GROUPS.format(old=old), {}
    if version == _FIRST:
        connection.execute(f"CREATE TYPE {new}.age_code AS ENUM (SELECT '_T' UNION ({ages}))")
        changed = dict(_OF_FIRST)
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = $old", {"old": old}
    ).fetchall()
    for (table,) in tables:
        usual = f'SELECT * FROM {old}."{table}"'  # noqa: S608
        question = changed.get(table, usual).format(old=old, new=new, ages=ages)
        connection.execute(f'CREATE VIEW {new}."{table}" AS {question}')
    for table, question in _SINCE_THIRD.items():
        if (table,) not in tables:
            connection.execute(f"CREATE VIEW {new}.{table} AS {question.format(new=new)}")
