"""What the warehouse holds, asked in SQL of its own, and numbers of independent readers."""

from collections.abc import Mapping

from dashboard.data.versions import Warehouse
from dashboard.exports.extract import Extract
from dashboard.exports.formats import FileFormat

LINK = "http://localhost/indikator/employment_rate?region=0180"
# indicator, region, period, sex, background, age, education -> value, status, segment, kind
Key = tuple[str, ...]
Truth = Mapping[Key, tuple[float | None, str | None, str, str]]
KEY = ("indicator", "region", "period", "sex", "background", "age", "education")
TABLES = {"rams": "TAB4881", "bas": "TAB6383", "old": "TAB4881"}


def truth(warehouse: Warehouse, *indicators: str) -> Truth:
    """Every observation of some indicators."""
    rows = warehouse.connection.execute(
        "SELECT indicator::VARCHAR, region::VARCHAR, period::VARCHAR, sex::VARCHAR,"
        " background::VARCHAR, age::VARCHAR, education::VARCHAR, value, status,"
        " segment::VARCHAR, kind::VARCHAR"
        " FROM observation WHERE list_contains($1, indicator::VARCHAR)",
        [list(indicators)],
    ).fetchall()
    return {tuple(row[: len(KEY)]): tuple(row[len(KEY) :]) for row in rows}


def content(format: FileFormat, extract: Extract) -> bytes:
    """A whole file."""
    return b"".join(format.write(extract))
