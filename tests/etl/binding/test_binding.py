"""Tables and contents of the catalogue bound to what the source has, or refused."""

from pathlib import Path

import pytest

from etl.binding.binding import content_code, misfits
from etl.catalogue import Contents
from etl.errors import SourceError
from etl.source.jsonstat import document_dataset
from tests.etl.binding_cases import AXES, bind
from tests.etl.documents import Codes, document, pack
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SHARE, Entry, table

WORK: Entry = {"code": "UtbNiv", "role": "education", "total": "000", "keep": ("F", "3", "EU")}
BAS: Entry = {
    "years": {"from": 2022},
    "label": ("Arbetsmarknadsvariabler", "kommun"),
    "levels": ("municipality",),
}
RAMS: Entry = {**BAS, "years": {"from": 1997, "to": 2021}}


# --- does a table fit?


def test_a_table_fits_its_own_description(shared: Path) -> None:
    """SCB's tables of the municipalities, old and new, fit what is declared of each."""
    variables = (REGION, SEX, WORK, ORIGIN)
    assert misfits(table(*variables, **RAMS), document_dataset(pack(shared, "TAB4881"))) == []
    assert misfits(table(*variables, **BAS), document_dataset(pack(shared, "TAB6383"))) == []


def test_a_table_of_another_register_is_refused_by_its_years(shared: Path) -> None:
    """BAS has the variables and title of RAMS; only the years tell that it is another."""
    (problem,) = misfits(
        table(REGION, SEX, WORK, ORIGIN, **RAMS), document_dataset(pack(shared, "TAB6383"))
    )
    assert problem == "it holds 2022-2023, expected years from 1997 to 2021"


def test_a_table_of_another_level_is_refused_by_title_and_by_codes(shared: Path) -> None:
    """A county table offered for a municipality table lacks the word and the codes."""
    described = table(REGION, SEX, WORK, ORIGIN, **RAMS)
    problems = misfits(described, document_dataset(pack(shared, "TAB389")))
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
    assert misfits(described, document_dataset(document(axes))) == [
        "its title 'Arbetsmarknad efter region. År 2020-2023' lacks the word 'Sysselsatta'",
        "it has no variable Kon",
        "its variable Alder must be selected and is not in the catalogue",
        "it holds 1990-1990, expected years from 2020 to now",
        "it has no region of level municipality",
    ]


def test_a_variable_that_may_be_left_out_need_not_be_declared() -> None:
    """An eliminable variable disappears when it is not asked for, so it does not matter."""
    axes = {**AXES, "Alder": ("20-64", "tot")}
    assert misfits(table(), document_dataset(document(axes, eliminable=["Alder"]))) == []
    assert misfits(table(), document_dataset(document(axes))) != []


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
    metric = document_dataset(document({**AXES, "ContentsCode": texts})).dimensions["ContentsCode"]
    for code, text in texts.items():
        assert content_code(Contents.model_validate({**SHARE, "text": text}), metric) == code


def test_contents_of_real_tables_bind_by_text_alone(shared: Path) -> None:
    """TAB389 words its content with a remark, TAB4881 with ", procent": both are found."""
    for name, text, code in (
        ("TAB389", "Andel förvärvsarbetande", "0000001X"),
        ("TAB4881", "Andel öppet arbetslösa", "000001TD"),
        ("TAB6383", "Andel öppet arbetslösa, procent", "000007K9"),
    ):
        found = document_dataset(pack(shared, name))
        wanted = Contents.model_validate({**SHARE, "text": text})
        assert content_code(wanted, found.dimensions[found.metric]) == code


@pytest.mark.parametrize("unit", [("tal i 1000-tal", 0), ("antal", 1)])
def test_another_unit_or_number_of_decimals_is_refused(unit: tuple[str, int]) -> None:
    """Thousands are not persons: the message names what was found and what was expected."""
    with pytest.raises(SourceError, match="expected antal with 0"):
        bind(units={"N": unit})
