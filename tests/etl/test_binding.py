"""Sources of the catalogue bound to tables, or refused with the reason."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.binding import bound, content_code, misfits
from etl.bound import Bound
from etl.catalogue import Contents
from etl.errors import SourceError
from etl.jsonstat import dataset
from tests.etl.documents import Codes, document, pack
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SHARE, Entry, table, use

AXES: Mapping[str, Codes] = {
    "Region": {"0180": "Stockholm", "0184": "Solna"},
    "Kon": ("1+2", "1", "2"),
    "BakgrVar": {"TOT": "samtliga", "SE": "Sverige", "VXEUEES": "övriga världen"},
    "ContentsCode": {"N": "Folkmängd", "A": "Andel sysselsatta"},
    "Tid": ("2020", "2021"),
}
WORK: Entry = {"code": "UtbNiv", "role": "education", "total": "000", "keep": ("F", "3", "EU")}
BAS: Entry = {
    "years": {"from": 2022},
    "label": ("Arbetsmarknadsvariabler", "kommun"),
    "levels": ("municipality",),
}
RAMS: Entry = {**BAS, "years": {"from": 1997, "to": 2021}}


def bind(
    axes: Mapping[str, Codes] | None = None,
    *variables: Entry,
    units: Mapping[str, tuple[str, int]] | None = None,
    **source: Any,
) -> tuple[Bound, ...]:
    """A source bound to a small table of these axes."""
    years = source.pop("years", None)
    sent = document({**AXES, **(axes or {})}, units=units)
    return bound(use(years=years, **source), table(*variables), dataset(sent))


def groups(one: Bound, variable: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Column, code, added and subtracted codes of each group of a variable."""
    return [(g.column, g.code, g.plus, g.minus) for g in one.blocks[0].axes[variable]]


# --- does a table fit?


def test_a_table_fits_its_own_description(shared: Path) -> None:
    """SCB's tables of the municipalities, old and new, fit what is declared of each."""
    variables = (REGION, SEX, WORK, ORIGIN)
    assert misfits(table(*variables, **RAMS), dataset(pack(shared, "TAB4881"))) == []
    assert misfits(table(*variables, **BAS), dataset(pack(shared, "TAB6383"))) == []


def test_a_table_of_another_register_is_refused_by_its_years(shared: Path) -> None:
    """BAS has the variables and title of RAMS; only the years tell that it is another."""
    (problem,) = misfits(table(REGION, SEX, WORK, ORIGIN, **RAMS), dataset(pack(shared, "TAB6383")))
    assert problem == "it holds 2022-2023, expected years from 1997 to 2021"


def test_a_table_of_another_level_is_refused_by_title_and_by_codes(shared: Path) -> None:
    """A county table offered for a municipality table lacks the word and the codes."""
    described = table(REGION, SEX, WORK, ORIGIN, **RAMS)
    problems = misfits(described, dataset(pack(shared, "TAB389")))
    assert any("lacks the word 'kommun'" in problem for problem in problems)
    assert "it has no region of level municipality" in problems


def test_every_reason_against_a_table_is_given_at_once() -> None:
    """Word, variable, mandatory variable, years and level: one message each."""
    axes = {
        "Region": ("01", "0180C1010"),
        "Alder": ("20-64",),
        "BakgrVar": ("TOT", "SE"),
        "ContentsCode": ("N",),
        "Tid": ("1990", "2020"),
    }
    described = table(label=("Sysselsatta",))
    assert misfits(described, dataset(document(axes))) == [
        "its title 'Arbetsmarknad efter region. År 2020-2023' lacks the word 'Sysselsatta'",
        "it has no variable Kon",
        "its variable Alder must be selected and is not in the catalogue",
        "it holds 1990-1990, expected years from 2020 to now",
        "it has no region of level municipality",
    ]


def test_a_variable_that_may_be_left_out_need_not_be_declared() -> None:
    """An eliminable variable disappears when it is not asked for, so it does not matter."""
    axes = {**AXES, "Alder": ("20-64", "tot")}
    assert misfits(table(), dataset(document(axes, eliminable=["Alder"]))) == []
    assert misfits(table(), dataset(document(axes))) != []


# --- contents


@pytest.mark.parametrize(
    "label",
    [
        "Andel öppet arbetslösa 20-64 år",
        "Andel öppet arbetslösa 20–64 år",
        "andel öppet arbetslösa 20–64 år, procent",
        "Andel öppet arbetslösa 20–64 år (ny definition från och med 2018)",
        "Andel öppet arbetslösa 20–64 år (Ny def. 2018), procent",
    ],
)
def test_contents_bind_by_text_however_it_is_dressed(label: str) -> None:
    """A new code, another dash, a suffix or a remark on the definition is the same content."""
    wanted = {
        "text": "Andel öppet arbetslösa 20–64 år",
        "unit": "procent",
        "decimals": 1,
        "code": "old",
    }
    axes: dict[str, Codes] = {
        "ContentsCode": {"A": "Andel inskrivna arbetslösa 20-64 år", "new": label}
    }
    units = {"A": ("procent", 1), "new": ("procent", 1)}
    (one,) = bind(axes, contents=wanted, units=units)
    assert one.contents == ("new",)


def test_the_same_code_with_another_text_is_refused() -> None:
    """A code that SCB gave to something else must not be read as what it was."""
    with pytest.raises(SourceError, match="'Folkmängd'; the table has 'Folkökning'"):
        bind({"ContentsCode": {"N": "Folkökning"}}, contents={**PERSONS, "code": "N"})


def test_two_contents_of_one_text_are_refused_unless_the_code_decides() -> None:
    """The hint counts only between equals; without it nobody guesses."""
    axes: dict[str, Codes] = {"ContentsCode": {"N": "Folkmängd", "M": "Folkmängd"}}
    units = {"N": ("antal", 0), "M": ("antal", 0)}
    with pytest.raises(SourceError, match="no content, or several"):
        bind(axes, contents=dict(PERSONS), units=units)
    (one,) = bind(axes, contents={**PERSONS, "code": "M"}, units=units)
    assert one.contents == ("M",)


def test_of_a_content_with_and_one_without_remark_the_exact_text_wins() -> None:
    """Old and new definition beside each other are two contents."""
    texts = {"old": "Andel sysselsatta", "new": "Andel sysselsatta (ny definition från 2019)"}
    metric = dataset(document({**AXES, "ContentsCode": texts})).dimensions["ContentsCode"]
    for code, text in texts.items():
        assert content_code(Contents.model_validate({**SHARE, "text": text}), metric) == code


def test_contents_of_real_tables_bind_by_text_alone(shared: Path) -> None:
    """TAB389 words its content with a remark, TAB4881 with ", procent": both are found."""
    for name, text, code in (
        ("TAB389", "Andel förvärvsarbetande", "0000001X"),
        ("TAB4881", "Andel öppet arbetslösa", "000001TD"),
        ("TAB6383", "Andel öppet arbetslösa, procent", "000007K9"),
    ):
        found = dataset(pack(shared, name))
        wanted = Contents.model_validate({**SHARE, "text": text})
        assert content_code(wanted, found.dimensions[found.metric]) == code


@pytest.mark.parametrize("unit", [("tal i 1000-tal", 0), ("antal", 1)])
def test_another_unit_or_number_of_decimals_is_refused(unit: tuple[str, int]) -> None:
    """Thousands are not persons: the message names what was found and what was expected."""
    with pytest.raises(SourceError, match="expected antal with 0"):
        bind(units={"N": unit})


# --- codes


def test_each_code_goes_to_its_column_and_the_total_is_everybody() -> None:
    """Region and period under their own codes; one code of each other variable is `_T`."""
    (one,) = bind()
    assert groups(one, "Region") == [
        ("region", "0180", ("0180",), ()),
        ("region", "0184", ("0184",), ()),
    ]
    assert groups(one, "Kon") == [
        ("sex", "_T", ("1+2",), ()),
        ("sex", "1", ("1",), ()),
        ("sex", "2", ("2",), ()),
    ]
    assert [code for _, code, *_ in groups(one, "BakgrVar")] == ["_T", "SE", "VXEUEES"]
    assert [code for _, code, *_ in groups(one, "Tid")] == ["2020", "2021"]
    assert one.warnings == ()


def test_what_is_declared_but_absent_is_a_warning() -> None:
    """Codes, regions and years that the table lacks are told, and the rest is bound."""
    (one,) = bind(
        {"BakgrVar": ("TOT", "SE"), "Tid": ("2011", "2012")},
        years={"from": 2010, "to": 2014},
        levels=("municipality", "county"),
    )
    # The table of the catalogue begins in 2020, so that only its last years are expected.
    assert "BakgrVar code 'VXEUEES' is declared but absent" in one.warnings
    assert "no region of level county" in one.warnings
    assert "years 2013-2014 are declared but absent" in one.warnings
    assert [code for _, code, *_ in groups(one, "BakgrVar")] == ["_T", "SE"]


def test_years_that_the_table_begins_too_late_with_are_a_warning() -> None:
    """The first year is the later of segment's and table's; what is missing after it is told."""
    (one,) = bind({"Tid": ("2022", "2023")}, years={"from": 2010})
    assert one.warnings == ("years 2020-2021 are declared but absent",)


def test_years_outside_the_segment_are_not_bound() -> None:
    """A table that goes on after a break gives the segment its own years only."""
    (one,) = bind({"Tid": ("2020", "2021", "2022")}, years={"from": 2020, "to": 2021})
    assert [code for _, code, *_ in groups(one, "Tid")] == ["2020", "2021"]


def test_totals_and_members_of_sums_that_are_absent_are_errors_all_at_once() -> None:
    """Without its total or a member of a sum every value would be wrong; nothing is bound."""
    origin: Entry = {
        "code": "BakgrVar",
        "role": "background",
        "total": "ALLA",
        "sums": {"EU": ("NEXS", "SE")},
    }
    with pytest.raises(SourceError) as refusal:
        bind(None, REGION, SEX, origin, contents={**PERSONS, "text": "Antal"})
    for problem in (
        "variable BakgrVar has no code 'ALLA'",
        "variable BakgrVar has no code 'NEXS'",
        "no content, or several, with the text 'Antal'",
    ):
        assert problem in str(refusal.value)


def test_a_table_without_a_year_of_the_segment_is_an_error() -> None:
    """Nothing of the segment can be read from it."""
    with pytest.raises(SourceError, match="no period of segment only"):
        bind({"Tid": ("2018", "2019")})


def test_a_table_without_a_region_of_the_source_is_an_error() -> None:
    """A source whose regions are all gone has no values; it must not pass as an empty one."""
    with pytest.raises(SourceError, match="no region of level municipality"):
        bind({"Region": ("01", "03")})


def test_a_table_that_lost_a_variable_is_an_error_and_no_crash() -> None:
    """An older landed state may lack what the catalogue declares today."""
    axes = {name: codes for name, codes in AXES.items() if name != "Kon"}
    with pytest.raises(SourceError, match="no variable Kon"):
        bound(use(), table(), dataset(document(axes)))


def test_a_variable_of_which_nothing_is_left_is_an_error() -> None:
    """Where every declared code is absent there is nothing to ask for."""
    origin: Entry = {"code": "BakgrVar", "role": "background", "keep": ("NEXS", "EUEESXN")}
    with pytest.raises(SourceError, match="BakgrVar"):
        bind(None, REGION, SEX, origin)


def test_an_undocumented_code_is_found_by_its_label() -> None:
    """The catalogue may name a value by its text; the code becomes the table's own."""
    origin: Entry = {
        "code": "BakgrVar",
        "role": "background",
        "total": {"label": "Samtliga"},
        "keep": ({"label": "Övriga världen"}, {"label": "Norden"}),
    }
    (one,) = bind(None, REGION, SEX, origin)
    assert groups(one, "BakgrVar") == [
        ("background", "_T", ("TOT",), ()),
        ("background", "VXEUEES", ("VXEUEES",), ()),
    ]
    assert one.warnings == ("BakgrVar value labelled 'Norden' is declared but absent",)


def test_a_label_that_two_codes_carry_is_an_error() -> None:
    """Nobody guesses which of two is meant."""
    origin: Entry = {"code": "BakgrVar", "role": "background", "total": {"label": "samtliga"}}
    axes: dict[str, Codes] = {"BakgrVar": {"TOT": "samtliga", "tot20-64": "Samtliga"}}
    with pytest.raises(SourceError, match="2 values labelled 'samtliga'"):
        bind(axes, REGION, SEX, origin)


def test_a_total_may_be_the_sum_of_several_codes_and_expressions() -> None:
    """Ages 16-25 are ten single ages; an expression is expanded against the table."""
    ages: Entry = {
        "code": "Alder",
        "role": "background",
        "total": ("*",),
        "sums": {"16-25": ("RANGE(16,25)",)},
    }
    single = tuple(str(age) for age in range(14, 30))
    axes: dict[str, Codes] = {"Alder": single}
    (one,) = bind(axes, REGION, SEX, ORIGIN, ages)
    assert groups(one, "Alder") == [
        ("background", "_T", single, ()),
        ("background", "16-25", single[2:12], ()),
    ]


def test_sex_and_education_inside_the_background_go_to_their_own_columns() -> None:
    """Municipality tables put women, men and education among the groups of background."""
    origin: Entry = {
        "code": "Bakgrund",
        "role": "background",
        "total": "TOT",
        "keep": ("SE",),
        "sex": ("1", "2"),
        "education": ("F",),
        "twins": ("1+2",),
    }
    axes: Mapping[str, Codes] = {
        "Region": ("0180",),
        "Bakgrund": ("TOT", "1+2", "1", "2", "SE", "F"),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("2020",),
    }
    (one,) = bound(use(), table(REGION, origin), dataset(document(axes)))
    assert groups(one, "Bakgrund") == [
        ("background", "_T", ("TOT",), ()),
        ("background", "SE", ("SE",), ()),
        ("sex", "1", ("1",), ()),
        ("sex", "2", ("2",), ()),
        ("education", "F", ("F",), ()),
    ]
    assert one.twins == (("Bakgrund", "1+2", "TOT"),)
    assert "1+2" in one.selection["Bakgrund"]


def test_a_share_is_bound_as_two_sums_that_may_subtract() -> None:
    """Foreign-born is everybody minus born in Sweden, over everybody."""
    (one,) = bind(
        contents=dict(PERSONS),
        numerator={"codes": {"BakgrVar": ("TOT",)}, "minus": {"BakgrVar": ("SE",)}},
        denominator={"codes": {"BakgrVar": ("TOT",)}},
    )
    assert one.value is None
    assert one.numerator is not None
    assert one.denominator is not None
    assert groups(one, "BakgrVar") == [("", "_T", ("TOT",), ("SE",))]
    assert one.denominator.axes["BakgrVar"][0].plus == ("TOT",)
    assert one.selection["BakgrVar"] == ("TOT", "SE")
    assert one.splittable == {"Region", "Kon", "Tid", "ContentsCode"}


# --- the two divisions of RegSO

BOTH = ("0180R001", "0180R002", "0180R001_RegSO2025", "0184R009_RegSO2025")
YEARS = ("2022", "2023", "2024", "2025")


def asked(bounds: tuple[Bound, ...]) -> set[tuple[str, str]]:
    """Every region and period that is asked for."""
    return {
        (region, period)
        for one in bounds
        for region in one.selection["Region"]
        for period in one.selection["Tid"]
    }


def test_with_both_divisions_each_is_asked_for_in_its_own_years_only() -> None:
    """The 2020 division lasts to 2023; outside its years SCB sends zeros, which are no zeros."""
    bounds = bind({"Region": BOTH, "Tid": YEARS}, levels=("regso",))
    assert asked(bounds) == {
        *((region, year) for region in BOTH[:2] for year in YEARS[:2]),
        *((region, year) for region in BOTH[2:] for year in YEARS[2:]),
    }


@pytest.mark.parametrize("division", [BOTH[:2], BOTH[2:]])
def test_a_table_with_one_division_keeps_all_its_years(division: tuple[str, ...]) -> None:
    """A table recomputed backwards or continued in one division is right in all years."""
    bounds = bind({"Region": division, "Tid": YEARS}, levels=("regso",))
    assert asked(bounds) == {(region, year) for region in division for year in YEARS}


def test_municipalities_beside_both_divisions_keep_all_their_years() -> None:
    """Only RegSO have divisions; a municipality of the same table exists in every year."""
    bounds = bind({"Region": ("0180", *BOTH), "Tid": YEARS}, levels=("municipality", "regso"))
    assert {(region, year) for region, year in asked(bounds) if region == "0180"} == {
        ("0180", year) for year in YEARS
    }
    assert ("0180R001", "2024") not in asked(bounds)


def test_areas_of_a_level_that_the_source_does_not_name_are_not_asked_for() -> None:
    """DeSO and municipalities in the same variable stay where they are."""
    bounds = bind({"Region": ("0180", "0114C1010", *BOTH[:2]), "Tid": YEARS}, levels=("regso",))
    assert {region for region, _ in asked(bounds)} == set(BOTH[:2])
