from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from etl.catalogue import Lang
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import CATALOGUE, publish, rows

EMPLOYMENT = "/indikator/employment_rate"
BANNER = "Exempeldata – inte statistik"


def test_the_overview_tells_the_latest_value_of_a_region(client: FlaskClient) -> None:
    """Each indicator stands with value, unit and year, also a negative one."""
    words = text(shown(client, "/", "?region=0127"))

    assert "Sysselsatta" in words
    assert "70,7\u00a0% 2024" in words
    assert "\u221248 2024 · personer" in words


def test_an_indicator_without_data_says_so_and_why(client: FlaskClient) -> None:
    """The catalogue's indicator stays in the list; no number is invented for it."""
    words = text(shown(client, "/", "?region=0127&tema=labour_market"))

    assert "Indikatorn saknar data" in words
    page = shown(client, "/indikator/open_unemployment")
    assert "Indikatorn saknar data." in text(page)
    assert "Tabellen finns inte." in text(found(page, "Details"))


def test_stale_figures_are_said_to_be_stale(client: FlaskClient) -> None:
    """A source that could not be updated is named with its date and reason."""
    assert "Kunde inte uppdateras" in text(shown(client, "/"))
    assert (
        "Uppgifterna för Flyttningsnetto kunde inte uppdateras den 21 november 2026. "
        "De senast hämtade uppgifterna visas."
    ) in text(shown(client, "/indikator/net_migration"))
    assert "SCB svarade inte." in text(
        found(shown(client, "/indikator/net_migration", "?region=0127"), "Details")
    )


def test_the_table_twin_holds_the_same_rows_symbols_and_breaks(client: FlaskClient) -> None:
    """A semantic table: caption, scoped headers, ".." where hidden, a row at each break."""
    page = shown(client, EMPLOYMENT, "?region=0127")
    (table,) = found(page, "Table")
    rows = {text(found(row, "Th")): text(found(row, "Td")) for row in found(table, "Tr")}

    assert "Sysselsatta i Botkyrka" in text(found(table, "Caption"))
    assert {one["props"]["scope"] for one in found(table, "Th")} == {"col", "row"}
    assert rows["2010"].split() == ["..", "76,9", "74,9"]
    assert rows["2024"].split() == ["70,7", "80,7", "78,7"]
    assert "Tidsseriebrott 2022: Ny källa (BAS), 20–65 år" in text(table)
    assert len(found(table, "Tr")) == 1 + 22 + 2


def test_a_year_without_a_row_is_empty_and_not_held_back(client: FlaskClient) -> None:
    """Botkyrka has no row for 2012 and ".." for 2010: only the latter is a figure held back."""
    page = shown(client, EMPLOYMENT, "?region=0127&jamfor=00")
    (table,) = found(page, "Table")
    rows = {text(found(row, "Th")): found(row, "Td") for row in found(table, "Tr")}

    assert text(rows["2010"][0]) == ".."
    assert text(rows["2012"][0]) == "Uppgift saknas"
    assert [one["props"]["className"] for one in found(rows["2012"][0], "Span")] == ["unseen"]
    assert ".. Inte publicerad Tom ruta Uppgift saknas" in text(found(page, "Aside"))


def test_zero_is_not_missing(client: FlaskClient) -> None:
    """Nykvarn's net migration of nil in 2024 is SCB's dash, explained as zero."""
    page = shown(client, "/indikator/net_migration", "?region=0140&jamfor=")

    assert "2024 –" in text(found(page, "Table"))
    assert "– Noll" in text(found(page, "Aside"))
    assert "År 2024 var värdet för ”Flyttningsnetto” i Nykvarn 0 personer." in text(page)


def test_source_lines_name_tables_dates_and_who_computed(client: FlaskClient) -> None:
    """Published values are SCB's; what we computed is our own processing of their table."""
    published = text(shown(client, EMPLOYMENT, "?region=0127"))
    computed = text(shown(client, "/indikator/population", "?region=0127"))

    assert (
        "Källa: SCB, tabell TAB6383 · uppdaterad av SCB 13 februari 2026 · hämtad 21 november 2026"
    ) in published
    assert "Egen bearbetning av data från SCB, tabell TAB4881" in computed
    assert "Källa: SCB" not in computed


def test_only_what_exists_can_be_chosen_and_the_rest_says_why(client: FlaskClient) -> None:
    """Population has no groups here: disabled, with the reason; kinds of groups are not listed."""
    page = shown(client, "/indikator/population", "?region=0127")
    (boxes,) = (one for one in found(page, "Checklist") if one["props"]["id"]["key"] == "by")
    offered = {one["value"]: one["disabled"] for one in boxes["props"]["options"]}

    assert offered == {"origin": True, "sex": True, "education": True}
    assert (
        "Födelseregion, kön och utbildning: kombinationen finns inte i källan för Botkyrka."
        in text(page)
    )


def test_a_group_and_sex_that_the_source_does_not_cross_is_said(client: FlaskClient) -> None:
    """Municipalities do not cross sex and origin: the sentence names what is missing."""
    words = text(shown(client, EMPLOYMENT, "?region=0127&bakgrund=SE&kon=2"))

    assert "Kombinationen finns inte i källan för Botkyrka: Födda i Sverige, Kvinnor." in words


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ("?region=9999", "Okänd region i länken: ”9999”. Resten av sidan visas."),
        ("?jamfor=zz", "Okänd region i länken: ”zz”. Resten av sidan visas."),
        ("?kon=9", "Okänt värde i länken: kon=”9”. Resten av sidan visas."),
        ("?foo=bar", "Okänt värde i länken: foo=”bar”. Resten av sidan visas."),
        ("?jamfor=" + ",".join(f"z{n}" for n in range(500)), "… och 492 till."),
        ("?lang=xx", "Okänt värde i länken: lang=”xx”. Resten av sidan visas."),
        (
            "?region=0127&bakgrund=SE,NEXS,EUEESXN,VXEUEES,SAMUTF&jamfor=00,01,09,0126,0140",
            "Högst 24 linjer visas. Utelämnat: Huddinge, Nykvarn.",
        ),
    ],
)
def test_what_the_link_asks_in_vain_is_said_and_the_rest_shown(
    client: FlaskClient, search: Any, sentence: str
) -> None:
    """A wrong part of a link costs that part only."""
    page = shown(client, EMPLOYMENT, search)

    assert sentence in text(page)
    assert found(page, "Graph")


def test_example_data_are_marked_on_every_page(tmp_path: Path) -> None:
    """Banner, title, chart and table say it; real data never do."""
    publish(tmp_path, example=True)
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()

    for path in ("/", EMPLOYMENT, "/nowhere"):
        page = shown(client, path)
        assert BANNER in text(page["page"])
        assert page["head"]["data"]["title"].startswith(BANNER)
        assert f"<title>{BANNER}" in client.get(path).text
    assert BANNER in str(found(shown(client, EMPLOYMENT), "Graph"))


def test_real_data_carry_no_banner(client: FlaskClient) -> None:
    """The words for invented data stand nowhere on a page of statistics."""
    assert BANNER not in str(shown(client, EMPLOYMENT))


def test_english_is_english_throughout(client: FlaskClient) -> None:
    """With lang=en no Swedish interface word is left but names of places."""
    page = shown(client, EMPLOYMENT, "?region=01&bakgrund=SE,VXEUEES&lang=en")
    words = text(page)

    assert page["head"]["data"]["lang"] == "en"
    assert "Employed in Stockholm county by region of birth" in words
    assert "Source: Statistics Sweden, table TAB6383" in words
    for swedish in ("Välj", "Källa", "Jämför", "Födda", "Tidsseriebrott", "Visa"):
        assert swedish not in words


def test_a_comparison_without_figures_is_said_and_takes_no_column(tmp_path: Path) -> None:
    """Where a level does not exist in the source, no column of symbols pretends it was hidden."""
    publish(tmp_path, observations=[row for row in rows() if row[1] != "00"])
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()
    page = shown(client, EMPLOYMENT, "?region=0127")

    assert "Uppgift saknas i riket." in text(page)
    assert [text(one) for one in found(found(page, "Thead"), "Th")] == [
        "År",
        "Botkyrka",
        "Stockholms län",
    ]
    assert "riket" not in text(found(page, "Caption"))


def test_a_region_without_figures_is_not_headed_by_another(tmp_path: Path) -> None:
    """Under the name of a place stands its own value or none, never that of its county."""
    publish(tmp_path, observations=[row for row in rows() if row[1] != "0127"])
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()
    page = text(shown(client, EMPLOYMENT, "?region=0127"))

    assert "Uppgift saknas i Botkyrka." in page
    assert "I Stockholms län 2024" not in page


@pytest.mark.parametrize(
    ("search", "heading"),
    [
        ("?region=01&bakgrund=SE,VXEUEES", "Sysselsatta i Stockholms län efter födelseregion"),
        ("?region=01&bakgrund=SE&jamfor=", "Sysselsatta i Stockholms län, födda i Sverige 2003"),
        ("?region=01&bakgrund=SE&kon=2&jamfor=", "län, födda i Sverige, kvinnor 2003–2024"),
    ],
)
def test_the_heading_says_which_groups_are_shown(
    client: FlaskClient, search: Any, heading: str
) -> None:
    """Groups by what they are groups of; names of countries keep their capital letter."""
    assert heading in text(shown(client, EMPLOYMENT, search))


def test_outcomes_and_origin_carry_their_fixed_notes(client: FlaskClient) -> None:
    """Every outcome says that it shows no cause, all that concerns origin what origin is."""
    outcome, background = (
        text(found(shown(client, path), "Aside")) for path in (EMPLOYMENT, "/indikator/population")
    )

    assert "Måttet visar utfall." in outcome
    assert "Måttet visar utfall." not in background
    assert "Födelseland är inte detsamma som etnisk tillhörighet." in background


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_without_a_warehouse_the_page_names_the_commands(tmp_path: Path, lang: Lang) -> None:
    """A new installation is told how to get data."""
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()
    words = text(shown(client, "/", f"?lang={lang}"))

    assert "python -m etl demo" in words
    assert "make data" in words


def test_every_page_has_one_heading_of_first_rank(client: FlaskClient) -> None:
    """One h1 each, and headings that do not skip a rank."""
    for path in ("/", EMPLOYMENT, "/nowhere", "/indikator/open_unemployment"):
        assert len(found(shown(client, path), "H1")) == 1
