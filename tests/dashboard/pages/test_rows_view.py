from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.rules.years import change_years, unbroken_spans, years_to_show
from etl.catalogue import Break, Text
from tests.dashboard.rendered import components, found, shown, text

TABLE = "/indikator/employment_rate"
KNOWN = [str(year) for year in range(2024, 2002, -1)]
WORDS = Text(sv="Ny källa.", en="New source.")
MARKS = [Break(period=year, severity="break", text=WORDS) for year in ("2019", "2022")]


def names(page: object) -> list[str]:
    """The heads of the rows below the comparison, in order."""
    bodies = found(page, "Tbody")
    rows = [one for one in found(bodies[-1], "Th") if one["props"].get("scope") == "row"]
    return [text(one) for one in rows]


def directions(page: object) -> list[tuple[str, str]]:
    """The heads that say how the rows are ordered."""
    return [
        (" ".join(text(one).split()), one["props"]["aria-sort"])
        for one in found(page, "Th")
        if "aria-sort" in one["props"]
    ]


def test_the_municipalities_of_the_county_stand_by_name_under_county_and_country(
    reader: FlaskClient,
) -> None:
    """Four of the county of Botkyrka; county and country are of other levels, so above."""
    page = shown(reader, TABLE, "?region=0127&vy=tabell")

    assert names(page) == ["Botkyrka", "Huddinge", "Nykvarn", "Stockholm"]
    assert text(found(page, "Tbody")[0]).startswith("Till jämförelse Stockholms län 01")
    assert directions(page) == [("Region (sortera)", "ascending")]


@pytest.mark.parametrize(
    ("order", "first", "direction"),
    [
        ("kod", "Huddinge", ("Kod (sortera)", "ascending")),
        ("varde", "Nykvarn", ("2024 (sortera)", "descending")),
        ("forandring", "Botkyrka", ("Förändring 2023–2024 (sortera)", "descending")),
    ],
)
def test_the_order_is_that_of_the_link_and_its_head_says_so(
    reader: FlaskClient, order: str, first: str, direction: tuple[str, str]
) -> None:
    """By code, by the newest value or by change: one head carries aria-sort."""
    page = shown(reader, TABLE, f"?region=0127&vy=tabell&sortering={order}")

    assert names(page)[0] == first
    assert directions(page) == [direction]


def test_the_search_keeps_the_rows_that_hold_its_words_and_says_how_many(
    reader: FlaskClient,
) -> None:
    """By name or by code; county and country stay; nothing found is said."""
    assert names(shown(reader, TABLE, "?region=0127&vy=tabell&sok=NYK")) == ["Nykvarn"]
    assert names(shown(reader, TABLE, "?region=0127&vy=tabell&sok=0126")) == ["Huddinge"]
    none = text(shown(reader, TABLE, "?region=0127&vy=tabell&sok=xyz"))
    assert "Ingen region i listan stämmer med ”xyz”." in none


def test_a_year_that_is_hidden_shows_its_symbol_and_a_year_without_row_says_so(
    reader: FlaskClient,
) -> None:
    """Botkyrka is hidden in 2010, has no row for 2012, and 64 + 8 · 0.3 + 0.2 in 2011."""
    page = shown(reader, TABLE, "?region=0127&vy=tabell&ar=2010-2012&sok=Botkyrka")
    (row,) = [one for one in found(page, "Tr") if one["props"].get("className") == "own"]
    cells = [text(one) for one in found(row, "Td")]

    assert cells == ["0127", "jämförs inte", "Uppgift saknas", "66,6", ".."]
    assert [one["props"]["title"] for one in found(row, "Abbr")][-1] == ("Inte publicerad")


def test_a_break_is_a_border_with_its_words(reader: FlaskClient) -> None:
    """Between 2018 and 2019, and between 2021 and 2022: marked in every row, told below."""
    page = shown(reader, TABLE, "?region=0127&vy=tabell")
    heads = [
        text(one) for one in found(page, "Th") if one["props"].get("className") == "after-break"
    ]

    assert heads == ["2022 ny källa", "2019 tidsseriebrott"]
    assert "Tidsseriebrott 2022:" in text(page)


def test_years_that_a_link_asks_in_vain_are_said(reader: FlaskClient) -> None:
    """The latest years are shown instead."""
    words = text(shown(reader, TABLE, "?region=0127&vy=tabell&ar=1950-1960"))

    assert "Det finns inga uppgifter att visa för åren 1950–1960." in words
    assert "2015–2024" in words


def test_a_page_beyond_the_last_shows_the_last(reader: FlaskClient) -> None:
    """Five municipalities are one page; no link to another is offered."""
    page = shown(reader, TABLE, "?vy=tabell&sida=7")

    assert len(names(page)) == 5
    assert "Sidor i tabellen" not in str([one["props"] for one in components(page)])


def test_the_table_can_be_copied_and_says_what_came_of_it(reader: FlaskClient) -> None:
    """A button with both answers in the language of the page, and a live field for them."""
    page = shown(reader, TABLE, "?vy=tabell&lang=en")
    (button,) = [one for one in found(page, "Button") if "copy" in one["props"]["className"]]

    assert button["props"]["data-copied"] == "The table’s # rows have been copied."
    assert "did not allow" in button["props"]["data-failed"]
    script = Path(__file__).parents[3] / "assets" / "copy.js"
    assert "navigator.clipboard" in script.read_text(encoding="utf-8")


def test_years_are_offered_as_all_and_as_unbroken_runs() -> None:
    """No offered run but that of all years crosses a break."""
    assert unbroken_spans(KNOWN, MARKS) == (
        ("2003", "2024"),
        ("2022", "2024"),
        ("2019", "2021"),
        ("2003", "2018"),
    )
    assert unbroken_spans([], MARKS) == ()


def test_change_is_counted_between_the_ends_of_a_wish_or_the_newest_two_years() -> None:
    """Who chooses 2008 to 2018 asks what changed in ten years."""
    assert change_years(years_to_show(KNOWN, ("2008", "2018")), ("2008", "2018")) == (
        "2008",
        "2018",
    )
    assert change_years(years_to_show(KNOWN, None), None) == ("2023", "2024")
    assert change_years(["2024"], None) is None
    assert years_to_show(KNOWN, None) == tuple(KNOWN[:10])


def heads_and_row(page: object, name: str) -> tuple[list[str], list[str]]:
    """The heads of the columns of the largest table, and the cells of the row of a region."""
    table = max(found(page, "Table"), key=lambda one: len(found(one, "Tr")))
    heads = [" ".join(text(one).split()) for one in found(found(table, "Thead")[0], "Th")]
    (row,) = [one for one in found(table, "Tr") if text(one).startswith(f"{name} ")]
    return heads, [text(one) for one in found(row, "Td")]


def test_several_groups_stand_beside_each_other_in_one_year(reader: FlaskClient) -> None:
    """Each in a column of its own, in the order of the link, with the figure of each alone."""
    alone = {
        code: heads_and_row(
            shown(reader, TABLE, f"?region=01&vy=tabell&niva=kommun&ar=2023&bakgrund={code}"),
            "Huddinge",
        )[1][-1]
        for code in ("SE", "VXEUEES", "_T")
    }
    link = "?region=01&vy=tabell&niva=kommun&ar=2023&bakgrund=SE,VXEUEES,_T"
    heads, cells = heads_and_row(shown(reader, TABLE, link), "Huddinge")

    assert heads[2:] == ["Födda i Sverige (sortera)", "Födda i övriga världen", "Samtliga"]
    assert cells == ["0126", *alone.values()]
    assert len(set(alone.values())) == 3


def test_what_groups_have_in_common_stands_in_the_heading(reader: FlaskClient) -> None:
    """Women born in Sweden and abroad: the table is of women in 2023."""
    page = shown(reader, TABLE, "?region=01&vy=tabell&niva=lan&ar=2023&bakgrund=SE,SAMUTF&kon=2")
    heads, cells = heads_and_row(page, "Stockholms län")

    assert "Sysselsatta i länen, kvinnor 2023" in [
        text(one).replace("  ", " ") for one in found(page, "H2")
    ]
    assert heads[2:] == ["Födda i Sverige (sortera)", "Utrikes födda"]
    assert len(cells) == 3


def test_groups_of_two_divisions_are_crossed(reader: FlaskClient) -> None:
    """Two origins of women and of men are four columns."""
    page = shown(reader, TABLE, "?region=01&vy=tabell&niva=lan&ar=2023&bakgrund=SE,NEXS&kon=2,1")
    heads, _ = heads_and_row(page, "Stockholms län")

    assert [head.removesuffix(" (sortera)") for head in heads[2:]] == [
        "Födda i Sverige, Kvinnor",
        "Födda i Sverige, Män",
        "Födda i Norden utom Sverige, Kvinnor",
        "Födda i Norden utom Sverige, Män",
    ]


def test_by_value_the_first_group_decides_and_its_head_says_so(reader: FlaskClient) -> None:
    """Nykvarn has the highest share of those born in Sweden."""
    link = "?region=0127&vy=tabell&ar=2023&bakgrund=SE,VXEUEES&sortering=varde"
    page = shown(reader, TABLE, link)

    assert names(page)[0] == "Nykvarn"
    assert directions(page) == [("Födda i Sverige (sortera)", "descending")]


def test_several_groups_over_several_years_are_not_dropped_in_silence(reader: FlaskClient) -> None:
    """The first is shown, with how to see the others, and a year alone is offered for it."""
    page = shown(reader, TABLE, "?region=0127&vy=tabell&bakgrund=SE,VXEUEES")
    years = [
        option["value"]
        for one in found(page, "Select")
        if one["props"]["id"].get("key") == "years"
        for option in one["props"]["options"]
    ]

    assert "Välj ett år för att se grupperna sida vid sida." in text(page)
    assert "2024" in years
    alone = text(shown(reader, TABLE, "?region=0127&vy=tabell&bakgrund=SE"))
    assert "sida vid sida" not in alone


def test_a_group_that_the_level_lacks_is_named_and_the_others_are_shown(
    reader: FlaskClient,
) -> None:
    """No municipality has the foreign-born by sex; everybody by sex they have."""
    page = shown(reader, TABLE, "?region=0127&vy=tabell&ar=2023&bakgrund=_T,SAMUTF&kon=2")
    heads, _ = heads_and_row(page, "Huddinge")

    assert "Utrikes födda, Kvinnor" in text(page)
    assert len(heads) == 3


def test_a_hidden_figure_of_one_group_stands_beside_the_figure_of_another(
    reader: FlaskClient,
) -> None:
    """The Nordic-born of Nykvarn are hidden in all years; a symbol, never zero."""
    page = shown(reader, TABLE, "?region=0127&vy=tabell&ar=2023&bakgrund=SE,NEXS")
    _, cells = heads_and_row(page, "Nykvarn")

    assert cells[-1] == ".."
    assert cells[-2] != ".."
