"""The least that a server does for a reader, by Flask alone: what the panel is measured in."""

import duckdb
from flask import Flask, Response, request

_SAME_PAGE = (
    "<!DOCTYPE html><title>Bare</title>" + "<p>A row of a page, as long as this.</p>\n" * 750
)
_PAGE = "<!DOCTYPE html><title>Rows</title>" + "<p>A line of a page.</p>\n" * 1200
_QUESTION = """
    SELECT CAST(period AS VARCHAR), value, status
    FROM observation
    WHERE indicator = 'employment_rate' AND region = TRY_CAST($region AS region_code)
    ORDER BY period
    LIMIT 30
"""


def of_rows(warehouse: str) -> Flask:
    """One read of thirty rows of a warehouse file and 30 kB of HTML; asked with a `region`."""
    app = Flask("bare")
    connection = duckdb.connect(warehouse, read_only=True)

    @app.get("/")
    def _page() -> str:
        with connection.cursor() as cursor:
            rows = cursor.execute(_QUESTION, {"region": request.args["region"]}).fetchall()
        return _PAGE + "".join(f"<p>{period} {value} {status}" for period, value, status in rows)

    return app


def always_the_same() -> Flask:
    """The same 30 kB to every address and every callback."""
    app = Flask("bare")

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def _page(path: str) -> Response:
        return Response(_SAME_PAGE, mimetype="text/html")

    return app
