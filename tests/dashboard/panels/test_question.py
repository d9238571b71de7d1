"""What a question costs, counted in what the warehouse is asked."""

from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.server.app import create_app


def test_a_question_asks_the_warehouse_once_for_each_region(
    context: Context, queries_asked: list[str]
) -> None:
    """Every letter asks again: what a region has is remembered, whatever is asked of it."""
    client: FlaskClient = create_app(context).server.test_client()
    client.get("/fraga.json?sok=sysselsatta+botkyrka")
    queries_asked.clear()
    for words in ("sysselsatta+kvinnor+botkyrka", "befolkning+botkyrka+2015", "botkyrka"):
        assert client.get(f"/fraga.json?sok={words}").get_json()["options"]
    assert queries_asked == []

    client.get("/fraga.json?sok=sysselsatta+huddinge")

    assert len(queries_asked) == 1
