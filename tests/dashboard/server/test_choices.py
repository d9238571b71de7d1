"""What the box and the fields of regions are sent, over HTTP."""

import random
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.server.app import create_app
from tests.dashboard.warehouse import FIRST

HOSTILE = (
    "",
    "'; DROP TABLE observation --",
    "<script>alert(1)</script>",
    "\x00\ud7ff\u202e",
    "{name} {0} %s",
    "../../etc/passwd",
    "a" * 5_000,
    "💥 ½ ﬁ İ ß 𝟙",
)
PATHS = ("/fraga.json", "/regioner.json")


def test_an_answer_is_its_address_and_what_is_said_of_it(client: FlaskClient) -> None:
    """All that the browser shows comes in the language of the page; it holds no words itself."""
    answer = client.get("/fraga.json?region=0126&lang=en&sok=employed+botkyrka")
    first = answer.get_json()["options"][0]

    assert answer.mimetype == "application/json"
    assert first == {
        "label": "Employed in Botkyrka",
        "href": "/indikator/employment_rate?region=0127&lang=en",
        "kind": "Chart",
        "detail": "Over time 2003–2024",
        "told": [],
    }
    assert answer.get_json()["said"].endswith("answers")


def test_regions_are_offered_around_the_one_that_is_shown(client: FlaskClient) -> None:
    """Of Botkyrka the four of its county; by words those that are called so, by code too."""
    offered = client.get("/regioner.json?region=0127").get_json()

    assert offered["near"] == 4
    assert [one["label"] for one in offered["options"][:4]] == [
        "Botkyrka",
        "Huddinge",
        "Nykvarn",
        "Stockholm",
    ]
    for words in ("gotl", "0980", "Region Gotland"):
        found = client.get(f"/regioner.json?region=0127&sok={quote(words)}").get_json()
        assert {one["value"] for one in found["options"]} & {"0980", "09"}
    none = client.get("/regioner.json?sok=qqqqqq").get_json()
    assert (none["options"], none["said"]) == ([], "Ingen region med det namnet")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_answered(client: FlaskClient, path: str, text: str) -> None:
    """Whatever is written in a field, there is an answer, and never an error."""
    answer = client.get(f"{path}?sok={quote(text)}")

    assert answer.status_code == 200
    assert answer.get_json()["said"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_any_query_is_answered(client: FlaskClient) -> None:
    """A hundred queries of random bytes, seeded."""
    chance = random.Random(4)
    for _ in range(100):
        query = bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
        for path in PATHS:
            assert client.get(f"{path}?sok={quote(query)}&region={quote(query)}").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_keeps_as_long_as_its_figures(client: FlaskClient, path: str) -> None:
    """Five minutes, or for good when its version is named; the same tag is not sent again."""
    newest = client.get(f"{path}?sok=botkyrka")
    pinned = client.get(f"{path}?sok=botkyrka&version={FIRST}")
    again = client.get(f"{path}?sok=botkyrka", headers={"If-None-Match": newest.headers["ETag"]})

    assert newest.headers["Cache-Control"] == "public, max-age=300"
    assert "immutable" in pinned.headers["Cache-Control"]
    assert again.status_code == 304
    if path == "/fraga.json":
        options = pinned.get_json()["options"]
        assert all(f"version={FIRST}" in option["href"] for option in options)


@pytest.mark.parametrize("path", PATHS)
def test_a_version_that_is_gone_and_a_panel_without_figures_say_so(
    context: Context, path: str
) -> None:
    """410 and 503 as everywhere; Enter then leads to the page that says it in words."""
    gone = "20200101T000000Z-0a1b2c3d"
    client: FlaskClient = create_app(context).server.test_client()
    assert client.get(f"{path}?sok=botkyrka&version={gone}").status_code == 410
    for file in context.warehouses.data.glob("warehouse*"):
        file.unlink()

    assert client.get(f"{path}?sok=botkyrka").status_code == 503


def test_a_list_of_answers_weighs_a_few_kilobytes(client: FlaskClient) -> None:
    """What is asked for while one writes must come at once over a slow line."""
    answer = client.get(
        "/fraga.json?sok=sysselsatta+utrikes+f%C3%B6dda+kvinnor+botkyrka+mot+l%C3%A4net",
        headers={"Accept-Encoding": "br"},
    )

    assert len(answer.data) < 2_000


def test_a_page_no_longer_carries_every_region(client: FlaskClient) -> None:
    """The names of regions that are not shown come when somebody looks for them."""
    assert "Nykvarn" not in client.get("/indikator/population?region=0127").text
