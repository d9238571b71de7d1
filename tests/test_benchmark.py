"""A figure is shown when the tables of two addresses at most hold every value of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from tools.benchmark.__main__ import WANTED, report, statuses
from tools.benchmark.judging import Facts, Verdict, agree, verdict
from tools.benchmark.naming import Key, Names, key, key_of, named
from tools.benchmark.twins import Cell, shown_of, twins
from tools.benchmark.wanted import Figure, Want, keys_of, load, periods, regions_of

LINES = """
<h1>Sysselsatta</h1><p>84,7 procent</p>
<table><caption>Sysselsatta i Dalarnas län, kvinnor 2022–2024<small>Procent.</small></caption>
<thead><tr><th>År</th><th><a href="/">Födda i Sverige</a></th><th>Utrikes födda</th></tr></thead>
<tbody>
<tr><th>2024</th><td>84,9</td><td><abbr title="för få">..</abbr></td></tr>
<tr><td colspan="3">Tidsseriebrott 2024</td></tr>
<tr><th>2023</th><td>−1&nbsp;085,2</td><td><span class="unseen">finns inte</span></td></tr>
</tbody></table>
"""
CROSSED = """
<table><caption><span class="unseen">Tid i Sverige och kön, Dalarnas län</span></caption>
<thead><tr><th>Grupp</th><th>Kön</th><th>Seriens början</th><th>Senaste året</th></tr></thead>
<tbody><tr class="part"><th colspan="4">Till jämförelse</th></tr>
<tr><th rowspan="2">0–1 år i Sverige</th><td>Kvinnor</td>
<td>44,6<small>2022</small></td><td>44,4<small>2024</small></td></tr>
<tr><td>Män</td><td>50,5<small>2022</small></td><td>jämförs inte</td></tr></tbody>
<tbody><tr><th>Samtliga</th><td>Män</td><td>60,1<small>2022<br></small></td><td>..</td></tr></tbody>
</table>
<table><thead><tr><th>Region<span class="unseen"> (sortera)</span></th>
<th>2024<small>tidsseriebrott</small></th></tr></thead><tr><th>Falun</th><td>7</td></tr></table>
"""
NAMES = named(
    "employment_rate",
    "Sysselsatta",
    {
        "region": [("20", "Dalarnas län"), ("00", "Riket"), ("2080", "Falun")],
        "sex": [("1", "Män"), ("2", "Kvinnor"), ("_T", "Kvinnor och män")],
        "background": [
            ("sv", "Födda i Sverige"),
            ("SE", "Födda i Sverige"),
            ("SAMUTF", "Utrikes födda"),
            ("INTTOT", "Utrikes födda (tid i Sverige)"),
            ("_T", "Samtliga"),
        ],
    },
    {"SE"},
)
YEARS = ("2021", "2022", "2023")


def figure_of(heads: tuple[str, ...], caption: str, names: Names = NAMES) -> Key | None:
    """What a cell under these heads shows, on a page of the indicator."""
    return key_of(Cell("84,9", heads, caption), names.title, names)


def employed(region: str, period: str, **groups: str) -> Key:
    """The key of a figure of the indicator."""
    return key("employment_rate", region, period, groups)


def judged(
    wanted: Mapping[Key, bool],
    shown: Mapping[Key, str],
    *,
    data: Mapping[Key, float | None] | None = None,
    addresses: int = 1,
    missing: str = "",
) -> Verdict:
    """The verdict on a figure; the data have 84.93 of everything unless they are given."""
    values = dict.fromkeys(wanted, 84.93) if data is None else data
    seen = {one: [text] for one, text in shown.items()}
    return verdict(Facts(wanted, values, seen, {"employment_rate": 1}), addresses, missing)


def test_a_cell_stands_under_the_heads_of_its_column_and_row() -> None:
    """Words outside tables, marks of breaks and cells without a figure are no cells."""
    page = twins(LINES)

    assert page.heading == "Sysselsatta"
    assert page.cells == (
        Cell("84,9", ("2024", "Födda i Sverige"), "Sysselsatta i Dalarnas län, kvinnor 2022–2024"),
        Cell("..", ("2024", "Utrikes födda"), "Sysselsatta i Dalarnas län, kvinnor 2022–2024"),
        Cell("-1 085,2", ("2023", "Födda i Sverige"), page.cells[0].caption),
    )


def test_heads_reach_over_rows_and_a_year_may_stand_in_the_cell() -> None:
    """A head of several rows, words of a part, and small type that is a year."""
    first, second, third, *rest = twins(CROSSED).cells

    assert first.heads == (
        "Till jämförelse",
        "0–1 år i Sverige",
        "Kvinnor",
        "Seriens början",
        "2022",
    )
    assert (second.shown, second.heads[-1]) == ("44,4", "2024")
    assert third.heads[1:] == ("0–1 år i Sverige", "Män", "Seriens början", "2022")
    assert first.caption == "Tid i Sverige och kön, Dalarnas län"
    assert [cell.shown for cell in rest] == ["60,1", "..", "7"]
    assert rest[-1] == Cell("7", ("Falun", "2024"), "")


def test_what_the_heads_leave_open_the_name_of_the_table_says() -> None:
    """And what neither says is everybody."""
    caption = "Sysselsatta i Dalarnas län, kvinnor 2022–2024"

    assert figure_of(("2024", "Födda i Sverige"), caption) == employed(
        "20", "2024", sex="2", background="SE"
    )
    assert figure_of(("2024", "Riket"), "Sysselsatta i Dalarnas län") == employed("00", "2024")
    assert figure_of(("Falun", "Värde"), "Sysselsatta, män 2024") == employed(
        "2080", "2024", sex="1"
    )
    assert figure_of(("Falun",), "Kvinnor och män 2024") == employed("2080", "2024")
    assert figure_of(("2024", "Falun", "Födda i Sverige, män"), "") == employed(
        "2080", "2024", sex="1", background="SE"
    )


@pytest.mark.parametrize(
    ("heads", "caption"),
    [
        (("2024", "Skillnad"), "Sysselsatta i Dalarnas län"),  # a head that is not understood
        (("Falun",), "Sysselsatta 2022–2024"),  # no year
        (("2024", "Kvinnor"), "Sysselsatta"),  # no region
        (("2024", "Falun"), "Sysselsatta, kvinnor, män"),  # two sexes
        (("2024", "2023", "Falun"), "Sysselsatta"),  # two years
    ],
)
def test_a_cell_that_is_not_clear_counts_for_nothing(heads: tuple[str, ...], caption: str) -> None:
    """A difference is no value, and a figure without a year or a region is nobody's."""
    assert figure_of(heads, caption) is None


@pytest.mark.parametrize(
    ("heads", "caption", "period"),
    [
        (("Falun",), "Sysselsatta i Dalarnas län september 2026", "2026M09"),
        (("Falun", "september 2026"), "Sysselsatta januari 2020–september 2026", "2026M09"),
        (("Falun", "sep 2026"), "Sysselsatta", "2026M09"),
        (("2026", "mars", "Falun"), "Sysselsatta", "2026M03"),
        (("2026", "jan", "Falun"), "Sysselsatta januari 2020–september 2026", "2026M01"),
        (("Falun", "kvartal 3 2026"), "Sysselsatta", "2026K3"),
        (("2026", "kv 4", "Falun"), "Sysselsatta", "2026K4"),
    ],
)
def test_months_and_quarters_are_read_by_their_names(
    heads: tuple[str, ...], caption: str, period: str
) -> None:
    """In a head, in the name of the table, or as the column of a year's row."""
    assert figure_of(heads, caption) == employed("2080", period)


def test_a_span_of_months_is_no_period() -> None:
    """A table of all months says of none of its cells which one it is."""
    assert figure_of(("Falun",), "Sysselsatta januari 2020–september 2026") is None
    assert figure_of(("Falun",), "Sysselsatta maj–september 2026") is None
    assert figure_of(("Falun",), "Sysselsatta kvartal 2 2025–kvartal 3 2026") is None
    assert figure_of(("Falun", "jan"), "Sysselsatta 2020–2026") is None


def test_a_longer_name_is_not_the_shorter_within_it() -> None:
    """Foreign-born by time in Sweden is a group of its own."""
    found = figure_of(("2024", "Falun"), "Sysselsatta, utrikes födda (tid i Sverige)")

    assert found == employed("2080", "2024", background="INTTOT")


def test_a_page_of_another_measure_shows_nothing_of_this_one() -> None:
    """The measure is the page's heading, or stands in the table."""
    cell = Cell("84,9", ("2024", "Falun"), "")

    assert key_of(cell, "Öppet arbetslösa", NAMES) is None
    assert key_of(Cell("84,9", ("2024", "Falun", "Sysselsatta"), ""), "Jämför", NAMES) is not None


def test_a_cell_agrees_with_a_value_to_its_last_decimal() -> None:
    """Either way of rounding a half; a symbol agrees with no value only."""
    assert agree("84,9", 84.93, 1)
    assert agree("84,9", 84.85, 1)
    assert not agree("84,9", 84.97, 1)
    assert not agree("-84,9", 84.9, 1)
    assert agree("1 085", 1085.0, 0)
    assert agree("..", None, 1)
    assert not agree("..", 84.9, 1)
    assert not agree("0,0", None, 1)


def test_yes_needs_every_value() -> None:
    """One that the tables lack is named, and one that differs."""
    wanted = {employed("20", year): False for year in YEARS}
    whole = dict.fromkeys(wanted, "84,9")
    *most, last = wanted

    assert judged(wanted, whole) == Verdict("yes")
    assert judged(wanted, dict.fromkeys(most, "84,9")) == Verdict(
        "partly", ("not in the tables: employment_rate everybody, region 20, 2023",)
    )
    assert judged(wanted, whole | {last: "85,0"}) == Verdict(
        "partly", ("another value in the tables: employment_rate everybody, region 20, 2023",)
    )
    assert judged(wanted, {}).status == "no"
    assert judged(wanted, dict.fromkeys(wanted, "85,0")).status == "no"


def test_yes_needs_one_address_or_two() -> None:
    """And nothing that no indicator shows."""
    wanted = {employed("20", "2024"): False}
    whole = dict.fromkeys(wanted, "84,9")

    assert judged(wanted, whole, addresses=2).status == "yes"
    assert judged(wanted, whole, addresses=3) == Verdict("partly", ("3 addresses",))
    assert judged(wanted, whole, missing="no counts") == Verdict("partly", ("no counts",))
    assert judged({}, {}, addresses=0, missing="no counts") == Verdict("no", ("no counts",))
    assert judged({}, {}, missing="no table") == Verdict("partly", ("no table",))


def test_years_that_the_source_lacks_are_listed_apart() -> None:
    """Not so a group or region that the data lack altogether, or a year that is published."""
    wanted = {employed("20", year): False for year in YEARS}
    data = {employed("20", "2023"): 84.93}
    shown = {employed("20", "2023"): "84,9"}
    lacking = "employment_rate everybody, region 20, 2021-2022"
    other = employed("20", "2023", sex="2")

    assert judged(wanted, shown, data=data) == Verdict("yes", (), (lacking,))
    assert judged(dict.fromkeys(wanted, True), shown, data=data) == Verdict(
        "partly", (f"not in the data: {lacking}",)
    )
    assert judged(wanted | {other: False}, shown, data=data).reasons == (
        "not in the data: employment_rate sex=2, region 20, 2023",
    )


def test_what_is_lacking_is_said_in_few_words() -> None:
    """Groups and regions that lack the same years share a line."""
    wanted = {
        employed(f"{region:02}", year, sex=sex): False
        for sex in "12"
        for region in range(5)
        for year in YEARS
    }

    assert judged(wanted, {}).reasons == (
        "not in the tables: employment_rate sex=1 / sex=2, 5 regions, 2021-2023",
    )


def test_periods_are_years_or_months() -> None:
    """Every other year as well; months go over the end of a year."""
    assert list(periods("2005-2010/2")) == ["2005", "2007", "2009"]
    assert list(periods("2024")) == ["2024"]
    assert list(periods("2024M11-2025M02")) == ["2024M11", "2024M12", "2025M01", "2025M02"]


def test_groups_and_regions_are_crossed() -> None:
    """Everybody is the same as no group; the newest year is that of the data."""
    wish = {"indicator": "a", "regions": "20, 00", "years": "2022-newest"}
    want = Want.model_validate(wish | {"groups": {"sex": "1, _T"}})

    keys = list(keys_of(want, ("20", "00"), "2023"))
    assert len(keys) == len(set(keys)) == 8
    assert Key("a", "00", "2023", ()) in keys
    assert Key("a", "20", "2022", (("sex", "1"),)) in keys


def test_the_shipped_figures_can_be_judged(shared: Path) -> None:
    """Those of the list and no others, with values to look for where there is an address."""
    benchmark = load(WANTED)

    assert [one.figure for one in benchmark.figures] == list(
        statuses(shared / "benchmark" / "figures.csv")
    )
    for figure in benchmark.figures:
        assert figure.addresses or (figure.missing and not figure.wants), figure.figure
        assert figure.wants or figure.missing, figure.figure
        for want in figure.wants:
            assert all(code.isdigit() for code in regions_of(want, benchmark)), figure.figure
    assert len(benchmark.regions["municipalities"]) == 15
    assert len(benchmark.regions["counties"]) == 21


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    """A misspelt wish would be a wish forgotten."""
    file = tmp_path / "wanted.yaml"
    file.write_text("regions: {}\nfigures:\n- {figure: '1', measure: a, year: '2024'}\n", "utf-8")

    with pytest.raises(ValidationError, match="year"):
        load(file)


def test_the_counts_stand_below_the_figures() -> None:
    """Those of the follow-up by themselves."""
    figures = [Figure(figure=name, measure="share") for name in ("01", "02", "u1")]
    figures[0] = Figure(figure="01", measure="share", addresses=("/a", "/b"))
    found = {"01": Verdict("yes", (), ("a year",)), "02": Verdict("no"), "u1": Verdict("no")}

    assert list(report(figures, found, {"01": "partly", "02": "no", "u1": "no"})) == [
        "01 yes (was partly) | share | /a /b | the data lack a year",
        "02 no | share",
        "u1 no | share",
        "2 figures: 1 yes (was 0), 0 partly (was 1), 1 no (was 1)",
        "1 figures of the follow-up: 0 yes (was 0), 0 partly (was 0), 1 no (was 1)",
    ]


def test_the_counts_under_a_share_are_read_apart_from_it_and_from_its_year() -> None:
    """A cell of a share with its counts is still one of the share, in its own year."""
    (cell,) = twins(
        "<table><thead><tr><th>Grupp</th><th>Senaste året</th></tr></thead><tr><th>Samtliga</th>"
        '<td>10,2<small>2023</small><small class="counts"> 25&nbsp;695 av 251&nbsp;989'
        '<span class="unseen"> personer</span></small></td></tr></table>'
    ).cells

    assert (cell.shown, cell.heads) == ("10,2", ("Samtliga", "Senaste året", "2023"))
    assert [shown_of(cell, what) for what in ("value", "numerator", "denominator")] == [
        "10,2",
        "25 695",
        "251 989",
    ]
    assert shown_of(Cell("10,2", (), ""), "numerator") == ""


def test_counts_that_are_wanted_are_figures_of_their_own() -> None:
    """The number of those overcrowded is not their share."""
    want = Want(indicator="overcrowding", regions=("20",), years=("2023",), of="numerator")

    assert list(keys_of(want, ("20",), "")) == [key("overcrowding (numerator)", "20", "2023", {})]
