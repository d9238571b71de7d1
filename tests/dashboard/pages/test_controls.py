"""What the controls of a page say, and where they lead."""

import pytest
from flask.testing import FlaskClient

from dashboard.state.links import next_link
from dashboard.state.url import parsed
from tests.dashboard.rendered import components, shown

INDICATOR = "/indikator/employment_rate"
ADDRESSES = {
    **{(INDICATOR, f"?region=0127&vy={name}"): {"region"} for name in ("tid", "grupper")},
    (INDICATOR, "?region=0127&vy=jamfor"): {"years", "order", "level", "comparison"},
    (INDICATOR, "?region=0127&vy=jamfor&sortering=forandring"): {"years", "order"},
    (INDICATOR, "?region=0127&vy=karta"): {"years", "level"},
    (INDICATOR, "?region=0127&vy=tvaar"): {"first_year", "last_year", "order"},
    (INDICATOR, "?region=0127&vy=skillnader"): {"years", "kind_of_pair", "first_group"},
    (INDICATOR, "?region=0127&vy=tabell&sok=bo"): {"years", "search"},
    ("/omraden", "?region=0127"): {"region"},
    ("/jamfor", "?region=0127"): {"region", "order", "one", "other"},
    ("/", "?region=0127"): {"region"},
    ("/briefing", "?region=0127"): {"region"},
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items())
def test_what_a_control_says_is_what_the_page_is_told_to_hold(
    client: FlaskClient, address: tuple[str, str], expected: set[str]
) -> None:
    """The next choice goes on from there."""
    page = shown(client, *address)
    said = {
        part["props"]["id"]["key"]: part["props"]["value"]
        for part in components(page["page"])
        if isinstance(part["props"].get("id"), dict) and "value" in part["props"]
    }
    held = page["head"]["data"]["shown"]["values"]

    assert expected <= said.keys()
    assert {key: held.get(key, value) for key, value in said.items()} == said


def test_another_kind_of_groups_leads_to_its_usual_pair(client: FlaskClient) -> None:
    """Women and men are set beside each other as soon as sexes are chosen."""
    search = "?region=0127&vy=skillnader"
    stored = shown(client, INDICATOR, search)["head"]["data"]["shown"]
    kinds = {"sex", stored["values"]["kind_of_pair"]}

    assert kinds <= stored["pairs"].keys()
    assert parsed(next_link(search, "kind_of_pair", "sex", stored)).pair == ("2", "1")
