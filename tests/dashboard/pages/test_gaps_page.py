"""`/skillnader`: every measure with both groups, and what became of their difference."""

from collections import Counter

import pytest
from flask.testing import FlaskClient

from dashboard.text import format, term
from tests.dashboard.api_client import asked
from tests.dashboard.rendered import found, shown, text

ADDRESS = "?region=0127&par=SE,SAMUTF&niva=lan"


def links(page: object) -> list[str]:
    """The addresses of the view of differences that a page leads to."""
    hrefs = [str(one["props"].get("href", "")) for one in [*found(page, "A"), *found(page, "Link")]]
    return [href for href in hrefs if "vy=skillnader" in href]


def test_each_row_says_what_the_api_says(shipped_client: FlaskClient) -> None:
    """Gap, change and verdict of each measure; its link keeps the pair and the level."""
    page = shown(shipped_client, "/skillnader", ADDRESS)
    rows = found(found(page, "Table")[0], "Tr")
    led = {}
    for row in rows:
        for href in links(row):
            led[href.partition("?")[0].rpartition("/")[2]] = (href, text(row))
    assert len(led) > 30
    verdicts: Counter[str] = Counter()
    for indicator, (href, words) in led.items():
        assert "region=0127" in href
        assert "niva=lan" in href
        (row,) = asked(
            shipped_client, f"/gaps/changes?indicator={indicator}&pair=SE,SAMUTF&region=0127"
        )["data"]
        decimals = asked(shipped_client, f"/indicators/{indicator}")["data"]["decimals"]
        assert format.with_sign(row["difference"], decimals, "sv") in words
        if row["verdict"]:
            assert term(f"happened_{row['verdict']}", "sv") in words
            assert format.with_sign(row["change"], decimals, "sv") in words
        sure = row["doubt"] is None
        verdicts[row["verdict"] if sure else "uncertain" if row["verdict"] else "lacking"] += 1
    said = text(page)
    for verdict, count in verdicts.items():
        assert term(f"gaps_in_{verdict}", "sv", count=count) in said


def test_measures_without_the_pair_are_told_with_the_reason(shipped_client: FlaskClient) -> None:
    """What is shown and what is not add up to the catalogue."""
    page = shown(shipped_client, "/skillnader", ADDRESS)
    count = len(asked(shipped_client, "/indicators")["data"]) - len(links(found(page, "Table")[0]))
    assert f"Inte med ({count}):" in text(page)
    assert text(page).count(term("gap_why", "sv")) == 1


@pytest.mark.parametrize("pair", ["SE,UTLB", "SE,2", "SE,INT010"])
def test_what_is_no_pair_has_no_table(shipped_client: FlaskClient, pair: str) -> None:
    """It is said why, and the controls remain."""
    page = shown(shipped_client, "/skillnader", f"?region=01&par={pair}")
    assert found(page, "Table") == []
    assert "visas inte" in text(page)


def test_a_theme_narrows_the_list(shipped_client: FlaskClient) -> None:
    """Only its measures."""
    themes = {one["id"]: one["theme"] for one in asked(shipped_client, "/indicators")["data"]}
    page = shown(shipped_client, "/skillnader", "?region=00&tema=labour_market&par=2,1")
    ids = [href.partition("?")[0].rpartition("/")[2] for href in links(found(page, "Table")[0])]
    assert ids
    assert {themes[id] for id in ids} == {"labour_market"}


def test_comparison_and_menu_lead_there(shipped_client: FlaskClient) -> None:
    """With the same pair."""
    page = shipped_client.get("/jamfor?region=0127&par=2,1").text
    assert "/skillnader?region=0127" in page
    assert term("page_gaps", "sv") in page
