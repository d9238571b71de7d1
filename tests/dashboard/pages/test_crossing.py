"""Groups crossed with regions and with each other: all that a link names is drawn, or named."""

import csv
import io
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from flask.testing import FlaskClient

from dashboard.codes import EVERYBODY, Group
from dashboard.data.context import Context
from dashboard.data.series import existing_combinations
from dashboard.pages.indicator.page import VIEWS
from dashboard.sentences.wording import category_label
from dashboard.server.routes import JSON_OPTIONS, json_value
from dashboard.state.groups import MOST_LINES, MOST_SERIES
from dashboard.state.resolve import named_groups
from dashboard.state.url import parsed
from dashboard.state.visit import Visit, visited
from etl.catalogue import TOTAL
from tests.dashboard.rendered import components, found, shown, text
from tests.example import read_alone

EMPLOYED = "/indikator/employment_rate"
Value = tuple[str, str, str, str, str, str, float | None]  # region, four dimensions, period, value


@pytest.fixture(scope="module")
def warehouse_file(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file of the example, asked by plain SQL."""
    with read_alone(next(example_data.glob("*.duckdb"))) as connection:
        yield connection


def published(
    connection: duckdb.DuckDBPyConnection, indicator: str, lines: set[tuple[str, Group]]
) -> set[Value]:
    """The figures of some regions and groups, as the warehouse has them."""
    rows = connection.execute(
        """
        SELECT region::VARCHAR, sex::VARCHAR, background::VARCHAR, age::VARCHAR,
               education::VARCHAR, period::VARCHAR, value
        FROM observation
        WHERE indicator::VARCHAR = ? AND list_contains(?, region::VARCHAR)
        """,
        [indicator, sorted({region for region, _ in lines})],
    ).fetchall()
    return {row for row in rows if (row[0], Group(*row[1:5])) in lines}


def visit(shipped: Context, path: str, search: str) -> Visit:
    """A reader of the example."""
    with shipped.warehouses.current() as warehouse:
        assert warehouse is not None
        return visited(shipped, warehouse, path, parsed(search), current=warehouse.version)


def figure(page: Any) -> Any:
    """The figure of the page's chart."""
    (graph,) = (one for one in found(page, "Graph") if one["props"]["id"] == "chart")
    return graph["props"]["figure"]


def drawn(page: Any) -> set[str]:
    """The names of the lines of a page's chart."""
    return {trace["name"] for trace in figure(page)["data"] if trace["mode"] != "text"}


@pytest.mark.parametrize(
    ("search", "lines"),
    [
        (
            "?region=0127&vy=tid&bakgrund=SE,SAMUTF&kon=2,1",
            {"Födda i Sverige, kvinnor", "Födda i Sverige, män", "Utrikes födda, kvinnor",
             "Utrikes födda, män"},
        ),
        (
            "?region=0127&bakgrund=SE,SAMUTF&jamfor=00,17",
            {"Botkyrka, födda i Sverige", "Botkyrka, utrikes födda", "Riket, födda i Sverige",
             "Riket, utrikes födda", "Värmlands län, födda i Sverige",
             "Värmlands län, utrikes födda"},
        ),
        (
            "?region=0127&jamfor=01&bakgrund=VXEUEES&kon=2,1",
            {"Botkyrka, kvinnor", "Botkyrka, män", "Stockholms län, kvinnor",
             "Stockholms län, män"},
        ),
    ],
)  # fmt: skip
def test_groups_are_crossed_in_one_chart(
    shipped_client: FlaskClient, search: str, lines: set[str]
) -> None:
    """Up to six lines, each told apart by colour and dash; and the table has a column for each."""
    page = shown(shipped_client, EMPLOYED, search)
    looks = {
        trace["name"]: (trace["line"]["color"], trace["line"]["dash"])
        for trace in figure(page)["data"]
        if trace["mode"] == "lines"
    }
    heads = [text(one) for one in found(page, "Th")]

    assert drawn(page) == lines
    assert len(set(looks.values())) == len(lines)
    assert lines <= set(heads)


def test_more_than_six_lines_are_small_charts_on_one_scale_with_the_country_in_each(
    shipped_client: FlaskClient,
) -> None:
    """Two regions of four groups: a chart for each region, or on wish for each origin."""
    search = "?region=0127&jamfor=0126&bakgrund=SE,SAMUTF&kon=2,1"
    by_region = figure(shown(shipped_client, EMPLOYED, search))
    by_group = figure(shown(shipped_client, EMPLOYED, f"{search}&delat=grupp"))

    for made, titles in (
        (by_region, ["<b>Botkyrka</b>", "<b>Huddinge</b>"]),
        (by_group, ["<b>Födda i Sverige</b>", "<b>Utrikes födda</b>"]),
    ):
        layout = made["layout"]
        written = [one["text"] for one in layout["annotations"]]
        axes = [axis for name, axis in layout.items() if name.startswith("yaxis")]
        thin = {trace["xaxis"] for trace in made["data"]
                if trace["name"].startswith("Riket")}  # fmt: skip

        assert written[:2] == titles
        assert len({tuple(axis["range"]) for axis in axes}) == 1
        assert thin == {"x", "x2"}


def test_counts_have_no_line_of_the_country(shipped_client: FlaskClient) -> None:
    """Beside the country's number a municipality's would lie flat."""
    search = "?region=0127&jamfor=0126&kon=2,1&alder=0-19,20-64"
    made = figure(shown(shipped_client, "/indikator/population", f"{search}&delat=region"))

    assert not any(trace["name"].startswith("Riket") for trace in made["data"])


def test_one_sentence_says_where_the_gap_is_the_wider(
    shipped_client: FlaskClient, warehouse_file: duckdb.DuckDBPyConnection
) -> None:
    """The size of both gaps in the newest year, as displayed and then subtracted."""
    page = shown(shipped_client, EMPLOYED, "?region=0127&bakgrund=SE,SAMUTF&kon=2,1")
    said = [text(one) for one in components(page) if one["props"].get("className") == "told"]
    groups = {(sex, code): Group(sex, code) for sex in "21" for code in ("SE", "SAMUTF")}
    rows = published(warehouse_file, "employment_rate", {("0127", one) for one in groups.values()})
    newest = {(row[1], row[2]): round(row[6] or 0, 1) for row in rows if row[5] == "2024"}
    here, abroad = (
        abs(round(newest["2", code] - newest["1", code], 1)) for code in ("SE", "SAMUTF")
    )

    assert abroad - here >= 0.5
    sizes = f"{abroad} mot {here}".replace(".", ",")
    assert (
        "År 2024 var skillnaden mellan kvinnor och män i Botkyrka större bland dem som är "
        f"utrikes födda än bland dem som är födda i Sverige: {sizes} procentenheter."
    ) in said


@pytest.mark.parametrize("view", ["karta", "tvaar", "tabell", "skillnader"])
def test_a_view_of_one_group_says_which_and_leads_to_all(
    shipped_client: FlaskClient, view: str
) -> None:
    """Lists and maps show one group; a difference the pair of the address."""
    search = f"?region=0127&vy={view}&bakgrund=SE,SAMUTF&kon=2,1"
    page = shown(shipped_client, EMPLOYED, search)
    (told,) = [one for one in found(page, "P") if "others" in str(one["props"].get("className"))]
    links = [one["props"]["href"] for one in found(told, "Link")]

    assert text(told).startswith("Här visas bara en del av länkens grupper: födda i Sverige")
    asked = f"{EMPLOYED}?region=0127&bakgrund=SE,SAMUTF&kon=2,1"
    assert links == [asked, f"{asked}&vy=jamfor", f"{asked}&ar=2024&vy=tabell"]


def test_a_comparison_of_regions_has_a_dot_for_each_group(
    shipped_client: FlaskClient, warehouse_file: duckdb.DuckDBPyConnection
) -> None:
    """Every municipality of the county, and those beside them, with every group of the link."""
    search = "?region=0127&vy=jamfor&bakgrund=SE,SAMUTF&kon=2,1"
    page = shown(shipped_client, EMPLOYED, search)
    dots = {trace["name"]: trace for trace in figure(page)["data"] if trace["mode"] == "markers"}
    groups = {
        "Födda i Sverige, kvinnor": Group("2", "SE"), "Födda i Sverige, män": Group("1", "SE"),
        "Utrikes födda, kvinnor": Group("2", "SAMUTF"), "Utrikes födda, män": Group("1", "SAMUTF"),
    }  # fmt: skip
    inside = warehouse_file.execute(
        "SELECT code::VARCHAR FROM region WHERE code::VARCHAR SIMILAR TO '01..'"
    ).fetchall()
    lines = set(product([*(code for (code,) in inside), "01", "00"], groups.values()))
    rows = published(warehouse_file, "employment_rate", lines)

    assert dots.keys() == groups.keys()
    for name, group in groups.items():
        newest = [row for row in rows if row[5] == "2024" and row[1:5] == tuple(group)]
        known = sorted(row[6] for row in newest if row[6] is not None)
        assert sorted(dots[name]["x"]) == known
        assert name in text(found(page, "Table"))
    looks = {(one["marker"]["color"], one["marker"]["symbol"]) for one in dots.values()}
    assert len(looks) == len(groups)


def test_the_choice_of_several_groups_is_named_by_what_they_differ_by(
    shipped_client: FlaskClient,
) -> None:
    """Beside the button that opens the controls, where one of four groups would be the only one."""
    search = "?region=0127&vy=jamfor&bakgrund=SE,SAMUTF&kon=2,1"
    page = text(shown(shipped_client, EMPLOYED, search))

    assert "Botkyrka · Kommuner · efter födelseregion och kön · 2024" in page
    assert "Botkyrka · Kommuner · Födda i Sverige" not in page


def test_a_table_of_one_year_shows_every_group(shipped_client: FlaskClient) -> None:
    """The list that the others lead to has a column for each of them."""
    search = "?region=0127&vy=tabell&bakgrund=SE,SAMUTF&kon=2,1&ar=2024"
    page = shown(shipped_client, EMPLOYED, search)

    assert "Här visas bara en del" not in text(page)
    for name in ("Födda i Sverige, Kvinnor", "Utrikes födda, Män"):
        assert name in text(page)


def test_the_view_of_groups_says_what_it_does_not_show(shipped_client: FlaskClient) -> None:
    """All groups of the region, kind by kind, are not the ones that the link crosses."""
    page = shown(shipped_client, EMPLOYED, "?region=0127&vy=grupper&utb=F&kon=2&jamfor=0126")

    assert "Länkens urval (kvinnor, förgymnasial utbildning)" in text(page)
    assert "De här regionerna visas inte i den här vyn: Huddinge." in text(page)


def test_regions_that_a_link_compares_with_stand_beside_a_list(
    shipped_client: FlaskClient,
) -> None:
    """Värmland is no municipality of Stockholm county: a line of its own, or its name."""
    search = "?region=0127&jamfor=01,17&vy="
    beside = text(shown(shipped_client, EMPLOYED, search + "jamfor"))
    named = text(shown(shipped_client, EMPLOYED, search + "tvaar"))

    assert "Värmlands län" in beside
    assert "inte i den här vyn" not in beside
    assert "De här regionerna visas inte i den här vyn: Värmlands län." in named


def test_what_the_source_does_not_cross_is_told_before_it_is_chosen(
    shipped_client: FlaskClient,
) -> None:
    """Ages exist for the county and not by origin: disabled, why, and the nearest that exists."""
    page = shown(shipped_client, EMPLOYED, "?region=01&bakgrund=SE,SAMUTF")
    (boxes,) = [one for one in found(page, "Checklist") if one["props"]["id"]["key"] == "by"]
    barred = {one["value"] for one in boxes["props"]["options"] if one["disabled"]}
    reasons = [one for one in components(page) if one["props"].get("className") == "reasons"]
    links = [one["props"]["href"] for one in found(reasons, "Link")]

    assert barred == {"age"}
    assert "Ålder finns inte för de valda grupperna i Stockholms län." in text(reasons)
    assert len(links) == 1
    path, _, search = links[0].partition("?")
    nearest = shown(shipped_client, path, f"?{search}")
    assert "efter ålder" in text(nearest)
    assert "finns inte i källan" not in text(nearest)


def test_kinds_of_background_that_replace_each_other_say_so(shipped_client: FlaskClient) -> None:
    """Nobody is told apart by region of birth and by time in Sweden at once."""
    words = "Födelseregion och tid i Sverige korsas inte i källan: den som väljs sist visas."

    assert words in text(shown(shipped_client, EMPLOYED, "?region=0127&bakgrund=SE,SAMUTF"))
    assert words not in text(shown(shipped_client, EMPLOYED, "?region=0127"))


def test_an_own_group_of_counties_is_a_line(
    shipped_client: FlaskClient, warehouse_file: duckdb.DuckDBPyConnection
) -> None:
    """The population of three counties together is the sum of their persons."""
    search = "?region=01&grupp=NMS:17,20,21"
    made = figure(shown(shipped_client, "/indikator/population", search))
    (line,) = [trace for trace in made["data"] if trace["name"] == "NMS"]
    lines = {(code, EVERYBODY) for code in ("17", "20", "21")}
    sums: dict[int, float] = {}
    for row in published(warehouse_file, "population", lines):
        sums[int(row[5])] = sums.get(int(row[5]), 0) + (row[6] or 0)

    assert dict(zip(line["x"], line["y"], strict=True)) == sums


def test_members_that_lie_in_each_other_are_no_group(shipped_client: FlaskClient) -> None:
    """A county and one of its municipalities would count people twice."""
    page = text(shown(shipped_client, EMPLOYED, "?region=01&grupp=X:01,0127"))

    assert "Botkyrka" in page
    assert "grupp:X" not in page


def test_the_file_of_what_is_shown_holds_the_crossed_rows(
    shipped_client: FlaskClient, warehouse_file: duckdb.DuckDBPyConnection
) -> None:
    """Exactly the regions and groups of the lines, with every value of the warehouse."""
    search = "region=0127&jamfor=01,0126&bakgrund=SE,VXEUEES&kon=2,1"
    answer = shipped_client.get(f"/ladda-ner/employment_rate.csv?{search}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    groups = [Group(sex, code) for sex, code in product("21", ("SE", "VXEUEES"))]
    lines = set(product(("0127", "01", "0126", "00"), groups))  # the country is in each chart
    written = {
        (row["region"], row["sex"], row["background"], row["age"], row["education"],
         row["period"], float(row["value"]) if row["value"] else None)
        for row in rows
    }  # fmt: skip

    assert written == published(warehouse_file, "employment_rate", lines)


def test_the_api_answers_with_the_same_crossed_rows(
    shipped_client: FlaskClient, warehouse_file: duckdb.DuckDBPyConnection
) -> None:
    """Lists of its parameters are crossed as those of a page are."""
    asked = "indicator=employment_rate&region=0127,01&background=SE,VXEUEES&sex=2,1&limit=100000"
    answer = shipped_client.get(f"/api/v1/observations?{asked}&age=_T&education=_T").json
    groups = [Group(sex, code) for sex, code in product("21", ("SE", "VXEUEES"))]
    found_rows = {
        (row["region"], row["sex"], row["background"], row["age"], row["education"],
         row["period"], row["value"])
        for row in (answer or {})["data"]
    }  # fmt: skip

    assert found_rows == published(
        warehouse_file, "employment_rate", set(product(("0127", "01"), groups))
    )


def test_a_frozen_link_and_an_embedded_chart_have_the_same_lines(
    shipped: Context, shipped_client: FlaskClient
) -> None:
    """A version in the address, or the frame of another site, changes nothing of what is drawn."""
    search = "?region=0127&jamfor=01,0126&bakgrund=SE,VXEUEES&kon=2,1&delat=grupp"
    with shipped.warehouses.current() as warehouse:
        assert warehouse is not None
        frozen = f"{search}&version={warehouse.version}"
    pages = [
        shown(shipped_client, EMPLOYED, search),
        shown(shipped_client, EMPLOYED, frozen),
        shown(shipped_client, f"/inbaddad{EMPLOYED}", search),
    ]

    assert len(drawn(pages[0])) == 16  # three regions, and the country, of four groups
    assert drawn(pages[0]) == drawn(pages[1]) == drawn(pages[2])


def test_a_briefing_honours_the_groups_of_its_address(shipped_client: FlaskClient) -> None:
    """Women and men in the region and beside it; headings say that they are of everybody."""
    search = "?region=0127&indikatorer=employment_rate&kon=2,1"
    page = shown(shipped_client, "/briefing", search)
    graphs = [one["props"]["figure"] for one in found(page, "Graph")
              if str(one["props"]["id"]).startswith("chart-1")]  # fmt: skip
    names = {trace["name"] for made in graphs for trace in made["data"]}
    links = [one["props"]["href"] for one in found(page, "Link")]

    assert {"Botkyrka, kvinnor", "Botkyrka, män", "Riket, män"} <= names
    assert "Diagram och meningar gäller kvinnor; män." in text(page)
    assert any("version=" in href and "kon=2,1" in href for href in links)


def test_a_briefing_opens_the_breakdown_that_its_collection_declares(
    shipped_client: FlaskClient,
) -> None:
    """The collection of women and men draws women and men of each indicator."""
    page = shown(shipped_client, "/briefing", "?region=0127&samling=kvinnor-och-man")
    second = [one["props"]["figure"] for one in found(page, "Graph")
              if str(one["props"]["id"]).endswith("-1")]  # fmt: skip

    assert second
    for made in second:
        assert {trace["name"] for trace in made["data"]} >= {"Kvinnor", "Män"}


def _random_search(shipped: Context, chance: random.Random, id: str) -> str:
    """An address with regions and groups that the indicator may have, and some that it has not."""
    regions = ["00", "01", "17", "0127", "0126", "0180", "0980", "1480", "skr-A1"]
    own, *beside = chance.sample(regions, chance.randint(1, 4))
    with shipped.warehouses.current() as warehouse:
        assert warehouse is not None
        existing = sorted(existing_combinations(shipped, warehouse, id, own)) or [EVERYBODY]
    some = chance.sample(existing, min(len(existing), chance.randint(1, 3)))
    keys = {"kon": "sex", "bakgrund": "background", "alder": "age", "utb": "education"}
    parts = [f"region={own}"]
    parts += [f"jamfor={','.join(beside)}"] if beside else []
    for key, name in keys.items():
        codes = dict.fromkeys(getattr(group, name) for group in some)
        parts += [f"{key}={','.join(codes)}"] if set(codes) != {TOTAL} else []
    parts += [f"delat={chance.choice(['region', 'grupp'])}"] if chance.random() < 0.3 else []
    return f"?{'&'.join(parts)}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(40))
def test_every_group_and_region_asked_for_is_drawn_or_named(
    shipped: Context, warehouse_file: duckdb.DuckDBPyConnection, seed: int
) -> None:
    """Whatever a link asks for: the values of the warehouse are shown, and the rest is told."""
    chance = random.Random(seed)
    id = chance.choice(
        ["employment_rate", "open_unemployment", "median_income", "population",
         "upper_secondary_eligibility", "qualified_work_share"]
    )  # fmt: skip
    search = _random_search(shipped, chance, id)
    reader = visit(shipped, f"/indikator/{id}", search)
    indicator = reader.catalogue.indicator[id]
    content = VIEWS["tid"].content(reader, indicator)
    state, lang = reader.state, reader.lang
    regions = [state.region, *(state.comparison or ())]
    rows = {(row.region, row.group) for row in content.rows}
    sent = orjson.loads(orjson.dumps(content.content, json_value, JSON_OPTIONS))
    under = [one for one in components(sent) if one["props"].get("className") == "absent"]
    told = " ".join([*content.notices, content.summary, *map(text, under)])
    for region, group in product(regions, named_groups(state)):
        labels = [
            category_label(reader.catalogue, name, getattr(group, name), lang)
            for name in ("background", "sex", "age", "education")
            if getattr(group, name) != TOTAL
        ]
        names = {reader.regions[region].name(lang), reader.regions[region].bare_name(lang)}
        is_named = any(name in told for name in names)
        is_named = is_named or bool(labels and all(one in told for one in labels))
        assert (region, group) in rows or is_named, (search, region, group)
    single = {(region, group) for region, group in rows if region.isdigit()}
    values = {
        (row.region, *row.group, row.period, row.value)
        for row in content.rows
        if row.region.isdigit()
    }
    assert values <= published(warehouse_file, id, single), search
    assert len({line for line in rows if line[0] in regions}) <= MOST_SERIES


def test_no_chart_holds_more_than_six_lines(shipped: Context) -> None:
    """Beside the country's own, which is behind them."""
    for search in (
        "?region=0127&jamfor=01,00,0126&bakgrund=SE,NEXS,VXEUEES&kon=2,1",
        "?region=0127&bakgrund=SE,NEXS,EUEESXN,VXEUEES,SAMUTF&kon=2,1",
        "?region=0127&jamfor=01,00,0126,0180,0980,1480,17",
    ):
        reader = visit(shipped, EMPLOYED, search)
        indicator = reader.catalogue.indicator["employment_rate"]
        content = VIEWS["tid"].content(reader, indicator)
        made = next(one.figure for one in _graphs(content.content))
        by_axis: dict[str, set[str]] = {}
        for trace in made["data"]:
            if trace["mode"] == "lines" and trace["line"]["width"] >= 2:
                by_axis.setdefault(trace.get("xaxis", "x"), set()).add(trace["name"])
        assert max(map(len, by_axis.values())) <= MOST_LINES


def _graphs(content: Any) -> Iterator[Any]:
    """Every graph below some components."""
    for one in content if isinstance(content, (list, tuple)) else [content]:
        if type(one).__name__ == "Graph":
            yield one
        elif hasattr(one, "children"):
            yield from _graphs(one.children)


LISTS = ("jamfor", "karta", "tvaar", "tabell", "grupper", "skillnader")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(24))
def test_no_view_drops_a_region_or_a_group_in_silence(
    shipped: Context, shipped_client: FlaskClient, seed: int
) -> None:
    """Each region is named; the groups are shown, or the view leads to the one that shows all."""
    chance = random.Random(1000 + seed)
    id = chance.choice(["employment_rate", "open_unemployment", "median_income"])
    search = _random_search(shipped, chance, id)
    view = chance.choice(LISTS)
    path = f"/indikator/{id}"
    reader = visit(shipped, path, search)
    page = shown(shipped_client, path, f"{search}&vy={view}")
    words, state = text(page), reader.state
    for code in (state.region, *(state.comparison or ())):
        region = reader.regions[code]
        assert region.name("sv") in words or region.bare_name("sv") in words, (search, view, code)
    named = named_groups(state)
    leads = any("others" in str(one["props"].get("className")) for one in found(page, "P"))
    for group in named if len(named) > 1 else ():
        labels = [
            category_label(reader.catalogue, name, getattr(group, name), "sv")
            for name in ("background", "sex", "age", "education")
            if getattr(group, name) != TOTAL
        ]
        is_named = all(one.lower() in words.lower() for one in labels)
        assert is_named or leads, (search, view, group)
