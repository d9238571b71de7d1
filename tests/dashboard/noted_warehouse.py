"""The small warehouse with footnotes of the source on tables, regions, groups and years."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE, publish

NOVEMBER = "Avser november."
SPLIT = (
    "Ny indelning 1998.\nSe [SCB om <b>regioner</b>](https://www.scb.se/regioner/) och "
    "[annat](javascript:alert(1))."
)
SMALL, YEAR, WOMEN = "Få personer.", "Osäkert år.", "Endast kvinnor."
_EMPLOYED = "employment_rate"

# indicator, table, text, mandatory, variable, code
NOTES = (
    (_EMPLOYED, "TAB4881", YEAR, False, "period", "2011"),
    (_EMPLOYED, "TAB4881", NOVEMBER, False, "", ""),
    (_EMPLOYED, "TAB4881", SPLIT, False, "region", "0127"),
    (_EMPLOYED, "TAB4881", SPLIT, False, "region", "0126"),
    (_EMPLOYED, "TAB6383", NOVEMBER, True, "", ""),
    (_EMPLOYED, "TAB6383", SMALL, True, "background", "VXEUEES"),
    (_EMPLOYED, "TAB6383", WOMEN, False, "sex", "2"),
    ("net_migration", "TAB4881", "Alla flyttningar.", False, "", ""),
)


def publish_notes(data: Path, *, older: bool = False) -> Path:
    """Write a version with `NOTES`; an `older` one does not say on what they are."""
    path = publish(data)
    with duckdb.connect(path) as connection:
        connection.execute("DELETE FROM note")
        if older:
            connection.execute("ALTER TABLE note DROP COLUMN variable")
            connection.execute("ALTER TABLE note DROP COLUMN code")
        rows = [row[:4] for row in NOTES] if older else NOTES
        for row in rows:
            values = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO note VALUES ({values})", list(row))
    return path


def noted_application(data: Path, *, older: bool) -> Iterator[FlaskClient]:
    """Yield the application over such a version, and close it."""
    publish_notes(data, older=older)
    given = opened(data, CATALOGUE)
    yield create_app(given).server.test_client()
    given.warehouses.close()
