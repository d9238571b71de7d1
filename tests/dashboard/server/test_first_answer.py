"""The first page stands in the document: nothing is asked for before it is drawn."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.dashboard.rendered import components, shown

ADDRESSES = [
    ("/", "?region=0127"),
    ("/indikator/employment_rate", "?region=0127&lang=en"),
    ("/inbaddad/indikator/employment_rate", "?region=0127"),
    ("/data", "?sok=%3C/script%3E%3Cb%3E"),
    ("/nowhere", ""),
]
TELEPHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile"
INLINE = re.compile(r'<script type="application/json" id="first">(.*?)</script>', re.DOTALL)


def first(client: FlaskClient, address: str, **headers: str) -> dict[str, Any]:
    """What the document of an address holds, by the names of what Dash would ask for."""
    found = INLINE.search(client.get(address, headers=headers).text)
    assert found is not None
    answers: dict[str, Any] = json.loads(found[1])
    return answers


def props(answers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The properties of each part of the layout by its id."""
    parts = answers["_dash-layout"]["props"]["children"]
    return {part["props"]["id"]: part["props"] for part in parts}


@pytest.mark.parametrize(("path", "search"), ADDRESSES)
def test_the_document_holds_what_the_callback_answers(
    client: FlaskClient, path: str, search: str
) -> None:
    """The same page, title and choices, whatever text the address brings into it."""
    held, answered = props(first(client, path + search)), shown(client, path, search)

    assert held["page"]["children"] == answered["page"]["children"]
    assert held["head"]["data"] == answered["head"]["data"]
    assert held["window"]["data"] is False


def test_the_document_holds_what_dash_asks_for_itself(client: FlaskClient) -> None:
    """The callbacks, as Dash tells them to a browser that asks."""
    assert first(client, "/")["_dash-dependencies"] == client.get("/_dash-dependencies").json


def test_a_telephone_gets_the_page_of_a_narrow_window(client: FlaskClient) -> None:
    """Charts for 320 pixels are drawn at once, and not after one for a desk."""
    address, search = "/indikator/employment_rate", "?region=0127"
    held = props(first(client, address + search, **{"User-Agent": TELEPHONE}))

    narrow = shown(client, address, search, narrow=True)["page"]["children"]
    assert held["page"]["children"] == narrow
    assert held["window"]["data"] is True
    assert [one for one in components(narrow) if one["type"] == "Graph"]
    assert props(first(client, address + search))["window"]["data"] is False  # asked after it


def test_a_document_is_the_same_for_every_visit(client: FlaskClient) -> None:
    """No mark of one visit is in it, so that compressed it can be kept."""
    assert client.get("/?region=0127").data == client.get("/?region=0127").data
