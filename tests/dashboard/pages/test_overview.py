from typing import Any

from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.server.app import create_app
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.union_warehouse import GROUP


def rows(page: Any) -> dict[str, str]:
    """The rows of the overview by title."""
    return {
        text(found(one, "H3")): text(one)
        for one in found(page, "Div")
        if one["props"].get("className") == "glance"
    }


def test_a_row_tells_value_neighbours_change_and_groups(client: FlaskClient) -> None:
    """Botkyrka 2024: 70,7 %, 10,0 below its county (80,7) and 8,0 below the country (78,7)."""
    row = rows(shown(client, "/", "?region=0127"))["Sysselsatta"]

    assert "70,7\u00a0% 2024" in row
    assert "10,0 procentenheter lägre än i Stockholms län" in row
    assert "8,0 procentenheter lägre än i riket" in row
    assert "sedan 2023" in row
    assert "Födda i Sverige" in row
    assert "Utrikes födda" in row


def test_a_search_of_the_overview_is_forwarded_to_the_answers(client: FlaskClient) -> None:
    """A link from before the question box leads to what it asked for, also mistyped."""
    answer = client.get("/?region=0126&sok=Botkyrkka")
    page = shown(client, "/fraga", "?sok=Botkyrkka")

    assert (answer.status_code, answer.location) == (308, "/fraga?region=0126&sok=Botkyrkka")
    assert "/?region=0127" in [one["props"]["href"] for one in found(page, "Link")]


def test_an_unknown_collection_is_said_and_all_themes_shown(client: FlaskClient) -> None:
    """A wrong part of the link costs that part only."""
    page = shown(client, "/", "?region=0127&samling=finns-inte")

    assert "Okänt värde i länken: samling=”finns-inte”" in text(page)
    assert "Sysselsatta" in rows(page)


def test_pictures_are_empty_for_those_who_hear_the_page(client: FlaskClient) -> None:
    """Each picture repeats words that stand beside it, and asks no other host."""
    images = found(shown(client, "/", "?region=0127"), "Img")

    assert images
    assert {one["props"]["alt"] for one in images} == {""}
    assert all(one["props"]["src"].startswith("data:image/svg+xml,") for one in images)


def test_counts_are_not_compared_with_county_and_country(client: FlaskClient) -> None:
    """Nobody learns anything from how many more people live in Sweden."""
    assert "riket" not in rows(shown(client, "/", "?region=0127"))["Folkmängd"]


def test_numbers_of_persons_have_no_place_among_others(client: FlaskClient) -> None:
    """The strip of all municipalities stands at a share, never at how many people live there."""
    drawn = {
        text(found(one, "H3")): [
            cell
            for cell in found(one, "Div")
            if cell["props"].get("className") == "among" and found(cell, "Img")
        ]
        for one in found(shown(client, "/", "?region=0127"), "Div")
        if one["props"].get("className") == "glance"
    }

    assert drawn["Sysselsatta"]
    assert not drawn["Folkmängd"]


def test_who_is_alone_in_a_county_has_no_place_among_others(client: FlaskClient) -> None:
    """Gotland is the only municipality of its county: a strip of itself would say nothing."""

    def strips(region: str) -> int:
        page = components(shown(client, "/", f"?region={region}"))
        cells = [one for one in page if one["props"].get("className") == "among"]
        return sum(len(found(cell, "Img")) for cell in cells)

    assert strips("0127") > 0
    assert strips("0980") == 0


def test_the_heads_of_a_union_are_those_of_its_figures(
    united: Context, client: FlaskClient
) -> None:
    """No column is promised that no row has; where the rest is found is said."""
    union = text(shown(create_app(united).server.test_client(), "/", f"?region={GROUP}"))
    single = text(shown(client, "/", "?region=0127"))

    assert "Utveckling över tid och grupper står på varje indikators sida." in union
    assert "Över tid" in single
    assert "Över tid" not in union
    assert "Jämfört med" in union
