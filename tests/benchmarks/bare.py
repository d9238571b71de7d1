"""
The least that a server does for a page: the yardstick that pages are measured in.

One read of thirty rows from a warehouse and 30 kB of HTML, by Flask alone.
"""

import duckdb
from flask import Flask, request

_PAGE = "<!DOCTYPE html><title>Rows</title>" + "<p>A line of a page.</p>\n" * 1200
_QUESTION = """
    SELECT CAST(period AS VARCHAR), value, status
    FROM observation
    WHERE indicator = 'employment_rate' AND region = TRY_CAST($region AS region_code)
    ORDER BY period
    LIMIT 30
"""


def server(warehouse: str) -> Flask:
    """The application over a warehouse file; its address names a `region`."""
    app = Flask("bare")
    connection = duckdb.connect(warehouse, read_only=True)

    @app.get("/")
    def _page() -> str:
        with connection.cursor() as cursor:
            rows = cursor.execute(_QUESTION, {"region": request.args["region"]}).fetchall()
        return _PAGE + "".join(f"<p>{period} {value} {status}" for period, value, status in rows)

    return app
