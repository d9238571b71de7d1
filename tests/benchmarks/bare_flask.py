"""The least that a server can do for a reader: Flask, and 30 kB that are always the same."""

from flask import Flask, Response

PAGE = "<!DOCTYPE html><title>Bare</title>" + "<p>A row of a page, as long as this.</p>\n" * 750


def server() -> Flask:
    """The application; it answers every address and every callback."""
    app = Flask("bare")

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def _page(path: str) -> Response:
        return Response(PAGE, mimetype="text/html")

    return app
