"""Months and quarters on every page: named, compared with the year before, never mistaken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.monthly_warehouse import MONTHLY, MONTHS, QUARTERLY, publish_months, share
from tests.dashboard.rendered import components, found, shown, text

MONTHS_PAGE, QUARTERS_PAGE = f"/indikator/{MONTHLY}", f"/indikator/{QUARTERLY}"
EMPLOYED = "/indikator/employment_rate"
VIEWS = ("tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell")


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over yearly, quarterly and monthly figures."""
    folder: Path = tmp_path_factory.mktemp("months")
    given = opened(folder, publish_months(folder))
    yield create_app(given).server.test_client()
    given.warehouses.close()


def words(client: FlaskClient, search: str, path: str = MONTHS_PAGE) -> str:
    """What a page says."""
    return text(shown(client, path, search)["page"]["children"])


def drawn(client: FlaskClient, search: str, path: str = MONTHS_PAGE) -> Any:
    """A page as components."""
    return shown(client, path, search)["page"]["children"]


def table_rows(node: Any, place: int = 0) -> list[list[str]]:
    """The rows of a table, as texts."""
    return [
        [text(cell) for cell in components(row) if cell["type"] in {"Th", "Td"}]
        for row in found(found(node, "Table")[place], "Tr")
    ]


def options(node: Any, key: str) -> list[dict[str, Any]]:
    """What a menu offers."""
    every = found(node, "Select")
    return next(one["props"]["options"] for one in every if one["props"]["id"]["key"] == key)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", [MONTHS_PAGE, QUARTERS_PAGE, EMPLOYED])
@pytest.mark.parametrize("years", ["", "&ar=2023", "&ar=2025M03", "&ar=2024K1-2026M09", "&ar=2031"])
def test_every_view_is_drawn_whatever_length_a_link_asks_for(
    months: FlaskClient, path: str, view: str, years: str
) -> None:
    """No page breaks on another frequency, and no reader meets the source's code of a month."""
    said = words(months, f"?region=01&vy={view}{years}", path)

    assert "Något gick fel" not in said
    for code in ("M09", "M12", "M03", "K3"):
        assert code not in said


def test_the_newest_month_is_told_with_the_year_before(months: FlaskClient) -> None:
    """Huddinge in September 2026: 0.3 lower than a year before, by the formula of the warehouse."""
    now, before = share("0126", "2026M09"), share("0126", "2025M09")
    size = f"{before - now:.1f}".replace(".", ",")

    said = words(months, "?region=0126")

    assert f"I september 2026 var {now:.1f} procent".replace(".", ",") in said.replace(".", ",")
    assert f"{size} procentenheter lägre än i september 2025." in said
    assert "augusti 2026" not in said.split("Över tid")[0]


def test_a_missing_newest_month_is_said_and_the_month_before_is_used(months: FlaskClient) -> None:
    """Botkyrka's September is held back: August is shown as the newest, by name."""
    said = words(months, "?region=0127")

    assert "Ingen andel redovisas i Botkyrka i september 2026 (..)." in said
    assert "I augusti 2026 var 7,0 procent" in said
    glance = words(months, "?region=0127&tema=alla", "/")
    assert "7,0\N{NO-BREAK SPACE}% augusti 2026" in glance
    assert "sedan augusti 2025" in glance


def test_a_list_limited_to_a_year_shows_its_newest_month_and_says_so(months: FlaskClient) -> None:
    """A statistician signs December 2023 as the monthly figure of 2023, not a mean of the year."""
    for view in ("jamfor", "karta"):
        page = drawn(months, f"?region=0126&vy={view}&ar=2023")
        value = next(row[1] for row in table_rows(page) if row[0] == "Huddinge")

        assert value == f"{share('0126', '2023M12'):.1f}".replace(".", ",")
        assert "december 2023" in text(page)


def test_a_month_asked_of_a_yearly_measure_is_its_year_with_a_notice(months: FlaskClient) -> None:
    """Never in silence: the notice names what was asked and what is shown."""
    for view in ("jamfor", "skillnader"):
        said = words(months, f"?region=0127&vy={view}&ar=2023M05", EMPLOYED)
        assert "Måttet finns bara per år: 2023 visas i stället för maj 2023." in said
    for view in ("tid", "tabell"):
        said = words(months, f"?region=0127&vy={view}&ar=2020M05-2023M06&lang=en", EMPLOYED)
        assert "The measure is available by year only: 2020–2023 is shown instead" in said
    briefing = words(
        months, f"?region=0127&indikatorer=employment_rate,{MONTHLY}&ar=2023M05-2024M06",
        "/briefing",
    )  # fmt: skip
    assert "Sysselsatta. Måttet finns bara per år: 2023–2024 visas i stället" in briefing
    assert briefing.count("Måttet finns bara per år") == 1


def test_the_years_of_a_link_are_all_their_months(months: FlaskClient) -> None:
    """2024-2025 of a monthly measure is January 2024 to December 2025, without a notice."""
    said = words(months, "?region=0126&ar=2024-2025")

    assert "i riket januari 2024–december 2025" in said
    assert "Måttet finns bara" not in said


def test_two_years_are_the_same_month_of_both(months: FlaskClient) -> None:
    """A link with two different months gets the later one's season, and is told."""
    page = drawn(months, "?region=0126&vy=tvaar&ar=2021M01-2026M08")

    heads = table_rows(page)[0]
    assert heads[1:3] == ["augusti 2021", "augusti 2026"]
    assert (
        "Januari 2021 och augusti 2026 är olika månader och jämförs inte: augusti 2021 visas i "
        "stället." in text(page)
    )
    firsts = [one["value"] for one in options(page, "first_year")]
    assert firsts == [f"{year}M08" for year in range(2020, 2026)]
    assert "2026M09" in [one["value"] for one in options(page, "last_year")]


def test_a_list_of_one_month_tells_the_year_before(months: FlaskClient) -> None:
    """The selected region's month with its change since a year before; a missing one has none."""
    said = words(months, "?region=0126&vy=jamfor&ar=2025M07")
    missing = words(months, "?region=0127&vy=karta&ar=2026M09")

    assert "0,3 procentenheter lägre än i juli 2024." in said
    assert "Ingen andel redovisas i Botkyrka i september 2026 (..)." in missing
    assert "september 2025" not in missing.split("Över tid")[0]


def test_an_order_by_change_is_since_the_same_month(months: FlaskClient) -> None:
    """The head of the column names September of the year before."""
    page = drawn(months, "?region=0126&vy=jamfor&sortering=forandring")

    assert "Förändring sedan september 2025" in text(table_rows(page)[0])


def test_a_region_has_a_grid_of_years_by_months(months: FlaskClient) -> None:
    """A row for each year, newest first, a column for each month; missing is not still to come."""
    page = drawn(months, "?region=0126&vy=tabell")
    heads, *rows = table_rows(page)

    assert heads == ["År", "jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt",
                     "nov", "dec"]  # fmt: skip
    assert [row[0] for row in rows] == [str(year) for year in range(2026, 2019, -1)]
    by_year = {row[0]: row[1:] for row in rows}
    assert by_year["2025"] == [
        f"{share('0126', f'2025M{month:02d}'):.1f}".replace(".", ",") for month in range(1, 13)
    ]
    assert by_year["2024"][4] == "Uppgift saknas"
    assert by_year["2026"][9:] == ["Inte publicerat än"] * 3


def test_a_table_of_regions_has_thirteen_months_and_the_change_of_the_year(
    months: FlaskClient,
) -> None:
    """Newest first; what a sheet would read as a date is copied as the source's code."""
    page = drawn(months, "?region=0126&vy=tabell")
    heads, *rows = table_rows(page, 1)

    assert "sep 2025–sep 2026" in heads[2]
    assert heads[-1] == "sep 2025"
    assert len(heads) == 3 + 13
    nykvarn = next(row for row in rows if row[0] == "Nykvarn")
    assert nykvarn[2] == "\N{MINUS SIGN}0,3"
    codes = [one["props"].get("data-code") for one in found(page, "Span")]
    assert [code for code in codes if code] == list(MONTHS[-1:-14:-1])


def test_one_line_of_quarters_is_a_grid_beside_its_chart(months: FlaskClient) -> None:
    """A count stands alone in its chart; its table has a column for each quarter."""
    page = drawn(months, "?region=0126", QUARTERS_PAGE)

    assert table_rows(page)[0] == ["År", "kv 1", "kv 2", "kv 3", "kv 4"]


def test_the_axis_has_years_and_each_point_its_month(months: FlaskClient) -> None:
    """December 2025 and January 2026 are neighbours; a point says its month in words."""
    figure = found(drawn(months, "?region=0126"), "Graph")[0]["props"]["figure"]
    trace = next(one for one in figure["data"] if one["name"] == "Huddinge")
    axis = figure["layout"]["xaxis"]

    assert axis["ticktext"] == [str(year) for year in range(2020, 2027)]
    assert axis["tickvals"][1] - axis["tickvals"][0] == 12
    said = figure["layout"]["meta"]["periods"]
    assert said["names"][trace["x"][0] - said["first"]] == "januari 2020"
    assert said["names"][trace["x"][-1] - said["first"]] == said["names"][51]
    lines = [one for one in figure["data"] if one["name"] == "Huddinge"]
    assert len(lines) == 2  # parted by May 2024, which has no row
    assert [len(one["x"]) for one in lines] == [52, 28]


def test_yearly_charts_are_as_they_were(months: FlaskClient) -> None:
    """Years are whole numbers on the axis and in what is said of a point."""
    figure = found(drawn(months, "?region=0126", EMPLOYED), "Graph")[0]["props"]["figure"]

    assert figure["layout"]["xaxis"]["tickformat"] == "d"
    assert "periods" not in figure["layout"]["meta"]


def test_a_list_of_indicators_names_the_month_of_each_figure(months: FlaskClient) -> None:
    """Beside yearly figures the monthly ones say which month they are of."""
    said = words(months, "?region=0126", "/jamfor")

    assert "Arbetslösa (BAS), per månad september 2026 · procent" in said
    assert "Personer med stöd, per kvartal kvartal 3 2026 · personer" in said
    assert "Sysselsatta 2024 · procent" in said


def test_a_briefing_names_the_month_in_its_statement(months: FlaskClient) -> None:
    """Title, figure and month, in both languages."""
    said = words(months, f"?region=0126&indikatorer={MONTHLY}", "/briefing")
    english = words(months, f"?region=0126&indikatorer={MONTHLY}&lang=en", "/briefing")

    assert "Arbetslösa (BAS), per månad: 4,8 procent i september 2026" in said
    assert "Unemployed (BAS), monthly: 4.8 per cent in September 2026" in english


def test_the_catalogue_says_from_which_month_to_which(months: FlaskClient) -> None:
    """How fresh a monthly measure is."""
    assert "januari 2020–september 2026" in words(months, "", "/data")


def test_how_months_are_compared_is_told_with_the_methods(months: FlaskClient) -> None:
    """About the statistics: the same month, and twelve months against twelve."""
    said = words(months, "", "/om")

    assert "En månad jämförs över tid bara med samma månad ett annat år" in said
    assert "medelvärdet för de senaste tolv med medelvärdet för de tolv dessförinnan" in said


def test_groups_stand_beside_each_other_in_a_month(months: FlaskClient) -> None:
    """Born in Sweden and abroad in all municipalities of the county, in September 2026."""
    link = "?region=0126&vy=tabell&bakgrund=SE,SAMUTF&ar=2026M09"
    page = drawn(months, link)
    heads, *rows = table_rows(page)

    assert [head.split("  ")[0] for head in heads[2:]] == ["Födda i Sverige", "Utrikes födda"]
    nykvarn = next(row for row in rows if row[0] == "Nykvarn")
    shares = (share("0140", "2026M09", group=code) for code in ("SE", "SAMUTF"))
    assert nykvarn[2:] == [
        f"{value:.1f}".replace(".", ",").replace("-", "\N{MINUS SIGN}") for value in shares
    ]
    botkyrka = next(row for row in rows if row[0] == "Botkyrka")
    assert botkyrka[2:] == ["..", ".."]
    assert "kommunerna i Stockholms län september 2026" in text(page)
    assert "Välj en månad" not in text(page)


def test_groups_in_several_months_wait_for_one(months: FlaskClient) -> None:
    """The first group is shown, it is said how to see both, and the newest month is offered."""
    page = drawn(months, "?region=0126&vy=tabell&bakgrund=SE,SAMUTF")

    assert "Välj en månad för att se grupperna sida vid sida." in text(page)
    offered = {one["value"]: one["label"] for one in options(page, "years")}
    assert offered["2026M09"] == "september 2026"
