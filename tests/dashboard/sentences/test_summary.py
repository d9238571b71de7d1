"""What an indicator page says of its own region and groups, in the sentences of the generator."""

import pytest
from flask.testing import FlaskClient

from tests.dashboard.rendered import components, found, shown, text

EMPLOYMENT = "/indikator/employment_rate"


def of_class(page: object, name: str) -> list[str]:
    """The words of every component of one class."""
    return [text(one) for one in components(page) if one["props"].get("className") == name]


def test_the_lede_is_the_level_beside_county_and_country(client: FlaskClient) -> None:
    """70.7 in Botkyrka in 2024, beside 80.7 in the county and 78.7 in the country."""
    page = shown(client, EMPLOYMENT, "?region=0127")
    (lede,), (rest, *_) = of_class(page, "lede"), of_class(page, "told")

    assert lede.startswith("År 2024 var värdet för ”Sysselsatta” i Botkyrka 70,7 procent.")
    assert "Det var 10,0 procentenheter lägre än i Stockholms län" in lede
    assert rest.startswith("I Botkyrka var det 8,0 procentenheter lägre än i riket")


def test_change_and_direction_stand_under_the_chart(client: FlaskClient) -> None:
    """The latest two years, then the three years of BAS that are too few, then the older ones."""
    _, change, direction = of_class(shown(client, EMPLOYMENT, "?region=0127"), "told")

    assert change.startswith("Mellan 2023 och 2024")
    assert direction.startswith("Sedan källan byttes 2022 finns tre år.")
    assert "Åren 2003–2018 var riktningen stigande" in direction


def test_the_text_alternative_says_what_the_page_says(client: FlaskClient) -> None:
    """Who cannot see the chart is told its heading and every sentence, one after the other."""
    page = shown(client, EMPLOYMENT, "?region=0127")
    (alternative,) = [
        one["props"]["aria-label"] for one in components(page) if one["props"].get("role") == "img"
    ]

    assert alternative.startswith("Diagram över tid: Sysselsatta i Botkyrka")
    for words in (*of_class(page, "lede"), *of_class(page, "told")):
        assert words.replace("I Botkyrka var det", "Det var") in alternative


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("?region=01&bakgrund=SE,VXEUEES", "Skillnaden var 12,0 procentenheter."),
        ("?region=01&bakgrund=SE,VXEUEES&lang=en", "The difference was 12.0 percentage points."),
        ("?region=01&kon=2,1", "Skillnaden var 3,0 procentenheter."),
    ],
)
def test_groups_are_told_with_what_parts_them(
    client: FlaskClient, search: str, expected: str
) -> None:
    """The first and the last group, in one year and register."""
    (lede,) = of_class(shown(client, EMPLOYMENT, search), "lede")

    assert lede.endswith(expected)


def test_a_hidden_group_is_told_as_missing(client: FlaskClient) -> None:
    """Nykvarn's Nordic-born are hidden in all years: no level, and the rule once on the page."""
    page = shown(client, EMPLOYMENT, "?region=0140&bakgrund=NEXS&jamfor=")
    (lede,) = of_class(page, "lede")

    assert "(..)" in lede
    assert text(page).count("SCB redovisar andelar bara för grupper") == 1


def test_the_rule_of_twenty_follows_a_hidden_value_in_the_table(client: FlaskClient) -> None:
    """Botkyrka's 2010 is hidden: the rule stands under the table; of Huddinge none is."""
    hidden = text(found(shown(client, EMPLOYMENT, "?region=0127&jamfor="), "Section"))
    plain = text(found(shown(client, EMPLOYMENT, "?region=0126&jamfor="), "Section"))

    assert "SCB redovisar andelar bara för grupper" in hidden
    assert "SCB redovisar andelar bara för grupper" not in plain


def test_a_number_of_persons_is_not_compared_with_the_country(client: FlaskClient) -> None:
    """That a municipality has fewer inhabitants than the country is no news."""
    (lede,) = of_class(shown(client, "/indikator/population", "?region=0127"), "lede")

    assert "lägre än" not in lede
