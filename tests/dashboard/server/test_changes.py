"""After a click only what differs is sent, and the browser makes the whole page of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard.data.context import opened
from dashboard.server.app import create_app
from dashboard.server.changes import Change, change
from tests.dashboard.rendered import question, shown
from tests.dashboard.warehouse import CATALOGUE

INDICATOR = "/indikator/employment_rate"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(2, 5) | st.sampled_from(["", "a", "~", "="]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("ab=~+"), inner),
    max_leaves=20,
)


def changed(old: Any, change: Change) -> Any:
    """What a browser makes of a value and a change."""
    if "=" in change:
        return change["="]
    if "+" in change:
        place, count, members = change["+"]
        return [*old[:place], *members, *old[place + count :]]
    if isinstance(old, list):
        inner = {int(place): one for place, one in change["~"].items()}
        return [changed(one, inner[at]) if at in inner else one for at, one in enumerate(old)]
    return {k: changed(v, change["~"][k]) if k in change["~"] else v for k, v in old.items()}


def answered(client: FlaskClient, search: str, held: Any) -> dict[str, Any]:
    """The callback's answer to a browser that shows the page with a mark."""
    body = question(INDICATOR, search)
    body["state"] = [{"id": "held", "property": "data", "value": held}]
    answer = client.post("/_dash-update-component", json=body)
    response: dict[str, Any] = json.loads(answer.text)["response"]
    return response


@given(VALUES, VALUES)
def test_what_differs_makes_the_new_value_of_the_old(old: Any, new: Any) -> None:
    """Any two values of JSON, whatever is new, gone or moved."""
    made = changed(old, json.loads(json.dumps(change(old, new))))

    assert json.dumps(made, sort_keys=True) == json.dumps(new, sort_keys=True)


@pytest.mark.usefixtures("context")
def test_a_browser_gets_what_differs_from_the_page_that_it_shows(client: FlaskClient) -> None:
    """Another region's page: a part of it is sent, and together with the shown one it is whole."""
    before = shown(client, INDICATOR, "?region=0127")
    whole = shown(client, INDICATOR, "?region=0126")
    answer = answered(client, "?region=0126", before["head"]["data"]["mark"])

    sent = answer["page"]["children"]
    assert sent["base"] == before["head"]["data"]["mark"]
    assert changed(before["page"]["children"], sent["change"]) == whole["page"]["children"]
    assert len(json.dumps(sent)) < len(json.dumps(whole["page"]["children"])) / 2
    assert answer["head"] == whole["head"]


def test_a_browser_whose_page_is_not_known_here_gets_the_whole(client: FlaskClient) -> None:
    """One of an older process, or none, or nonsense."""
    whole = shown(client, INDICATOR, "?region=0127")
    for held in (None, "0123456789abcdef", "", 7, ["x"], {"a": 1}):
        assert answered(client, "?region=0127", held) == whole


@pytest.mark.usefixtures("context")
def test_the_page_of_a_document_is_known(client: FlaskClient) -> None:
    """The first click after a visit is as light as those after it."""
    client.get(f"{INDICATOR}?region=0127&kon=1")
    mark = shown(client, INDICATOR, "?region=0127&kon=1")["head"]["data"]["mark"]

    assert "change" in answered(client, "?region=0127&kon=2", mark)["page"]["children"]


def test_a_page_without_figures_is_sent_whole(tmp_path: Path) -> None:
    """Before anything was published there is nothing that a page could differ from."""
    context = opened(tmp_path, CATALOGUE)
    client = create_app(context).server.test_client()
    mark = shown(client, INDICATOR, "?region=0127")["head"]["data"]["mark"]

    whole = shown(client, INDICATOR, "?region=0126")
    assert answered(client, "?region=0126", mark) == whole
    context.warehouses.close()
