from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.server.app import create_app
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.union_warehouse import GROUP


def anchors(part: Any) -> list[str]:
    """The indicators whose rows stand in a part of a page, by the anchors of their links."""
    ids = [one["props"].get("id", "") for one in found(part, "Link")]
    return [id.removeprefix("rad-") for id in ids if id.startswith("rad-")]


def leading(page: Any) -> dict[str, list[str]]:
    """The cells of the leading indicators by title."""
    (table,) = [one for one in found(page, "Table") if one["props"]["className"] == "leading"]
    return {
        text(found(row, "Th")): [text(cell) for cell in found(row, "Td")]
        for row in found(table, "Tr")
        if anchors(row)
    }


def rows(page: Any) -> dict[str, str]:
    """The rows in full by title."""
    return {
        text(found(one, "H3")): text(one)
        for one in found(page, "Div")
        if one["props"].get("className") == "glance"
    }


def test_a_row_tells_value_neighbours_change_and_groups(client: FlaskClient) -> None:
    """Botkyrka 2024: 70,7 %, 10,0 below its county (80,7) and 8,0 below the country (78,7)."""
    row = rows(shown(client, "/", "?region=0127&tema=alla"))["Sysselsatta"]

    assert "70,7\u00a0% 2024" in row
    assert "10,0 procentenheter lägre än i Stockholms län" in row
    assert "8,0 procentenheter lägre än i riket" in row
    assert "sedan 2023" in row
    assert "Födda i Sverige" in row
    assert "Utrikes födda" in row


def test_a_leading_indicator_is_numbers_under_heads_that_are_said_once(
    client: FlaskClient,
) -> None:
    """Botkyrka 2024: 70,7 %, ten below its county, eight below the country; no sentence."""
    page = shown(client, "/", "?region=0127")
    value, moved, county, country, gap = leading(page)["Sysselsatta"]
    heads = [text(one) for one in found(found(page, "Thead"), "Th")]

    assert heads[:2] == ["Indikator", "Senaste värde"]
    assert heads[3:] == [
        "Mot Stockholms län",
        "Mot riket",
        "Födda i Sverige minus utrikes födda",
    ]
    assert value == "70,7\u00a0% 2024"
    assert (county, country) == ("−10,0", "−8,0")
    assert gap.startswith(("+", "−"))
    assert "oförändrad" not in moved
    assert text(page).count("procentenheter") == 1


def test_every_indicator_is_a_click_away_with_its_own_place(client: FlaskClient) -> None:
    """The page of a theme has a row for each of its indicators, with its id; so has the whole."""
    overview = shown(client, "/", "?region=0127")
    links = [one["props"]["href"] for one in found(overview, "Link")]
    everything = shown(client, "/", "?region=0127&tema=alla")

    for theme in ("population", "labour_market"):
        assert f"/?region=0127&tema={theme}" in links
        of_theme = shown(client, "/", f"?region=0127&tema={theme}")
        assert set(rows(of_theme)) < set(rows(everything))
    assert "/?region=0127&tema=alla" in links
    assert {"population", "employment_rate", "open_unemployment"} <= set(anchors(everything))
    assert "employment_rate" in anchors(overview)


def test_a_theme_is_told_apart_and_led_back_from(client: FlaskClient) -> None:
    """The title names it; the overview and the other themes are links, itself is marked."""
    page = shown(client, "/", "?region=0127&tema=labour_market")
    marked = [text(one) for one in components(page) if one["props"].get("aria-current") == "true"]

    assert page["head"]["data"]["title"].startswith("Botkyrka – Arbetsmarknad")
    assert marked == ["Arbetsmarknad"]
    assert {"/?region=0127", "/?region=0127&tema=population"} <= {
        one["props"]["href"] for one in found(page, "Link")
    }


def test_an_unknown_theme_is_said_and_the_overview_shown(client: FlaskClient) -> None:
    """A wrong part of the link costs that part only."""
    page = shown(client, "/", "?region=0127&tema=finns-inte")

    assert "Okänt värde i länken: tema=”finns-inte”" in text(page)
    assert "Sysselsatta" in leading(page)


def test_what_leads_a_theme_and_has_no_figure_is_named(client: FlaskClient) -> None:
    """In one line, not in a row of its own; no number is invented for it."""
    page = shown(client, "/", "?region=0127")

    assert "Uppgift saknas i Botkyrka: Öppet arbetslösa någon gång under året." in text(page)
    assert not any(title.startswith("Öppet") for title in leading(page))


def test_a_region_without_any_figure_says_so_once(client: FlaskClient) -> None:
    """No table of nothing, and still the way to everything."""
    page = shown(client, "/", "?region=0980")

    if not found(page, "Tr"):
        assert text(page).count("Uppgift saknas på Gotland") == 1
    assert "/?region=0980&tema=alla" in [one["props"]["href"] for one in found(page, "Link")]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_country_has_no_column_of_differences_from_itself(
    client: FlaskClient, lang: str
) -> None:
    """It lies in no larger region; born in Sweden and abroad it still has."""
    page = shown(client, "/", f"?lang={lang}")
    heads = [text(one) for one in found(found(page, "Thead"), "Th")]

    assert len(heads) == 4
    assert "minus" in heads[-1]


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
    assert "Sysselsatta" in leading(page)


@pytest.mark.parametrize("asked", ["", "&tema=alla"])
def test_pictures_are_empty_for_those_who_hear_the_page(client: FlaskClient, asked: str) -> None:
    """Each picture repeats words that stand beside it, and asks no other host."""
    images = found(shown(client, "/", f"?region=0127{asked}"), "Img")

    assert images
    assert {one["props"]["alt"] for one in images} == {""}
    assert all(one["props"]["src"].startswith("data:image/svg+xml,") for one in images)


def test_counts_are_not_compared_with_county_and_country(client: FlaskClient) -> None:
    """Nobody learns anything from how many more people live in Sweden."""
    assert "riket" not in rows(shown(client, "/", "?region=0127&tema=alla"))["Folkmängd"]
    _, _, county, country, _ = leading(shown(client, "/", "?region=0127"))["Folkmängd"]
    assert (county, country) == ("", "")


def test_numbers_of_persons_have_no_place_among_others(client: FlaskClient) -> None:
    """The strip of all municipalities stands at a share, never at how many people live there."""
    drawn = {
        text(found(one, "H3")): [
            cell
            for cell in found(one, "Div")
            if cell["props"].get("className") == "among" and found(cell, "Img")
        ]
        for one in found(shown(client, "/", "?region=0127&tema=alla"), "Div")
        if one["props"].get("className") == "glance"
    }

    assert drawn["Sysselsatta"]
    assert not drawn["Folkmängd"]


def test_who_is_alone_in_a_county_has_no_place_among_others(client: FlaskClient) -> None:
    """Gotland is the only municipality of its county: a strip of itself would say nothing."""

    def strips(region: str) -> int:
        page = components(shown(client, "/", f"?region={region}&tema=alla"))
        cells = [one for one in page if one["props"].get("className") == "among"]
        return sum(len(found(cell, "Img")) for cell in cells)

    assert strips("0127") > 0
    assert strips("0980") == 0


def test_the_heads_of_a_union_are_those_of_its_figures(
    united: Context, client: FlaskClient
) -> None:
    """No column is promised that no row has; where the rest is found is said."""
    grouped = create_app(united).server.test_client()
    union = text(shown(grouped, "/", f"?region={GROUP}&tema=alla"))
    single = text(shown(client, "/", "?region=0127&tema=alla"))

    assert "Utveckling över tid och grupper står på varje indikators sida." in union
    assert "Över tid" in single
    assert "Över tid" not in union
    assert "Jämfört med" in union
    leading_heads = text(found(shown(grouped, "/", f"?region={GROUP}"), "Thead"))
    assert "Över tid" not in leading_heads
    assert "minus" not in leading_heads
