"""Tables and contents of the catalogue bound to what the source has, or refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import orjson
import pytest

from etl.binding.binding import bound
from etl.binding.fitting import misfits, oddities, read_regions
from etl.binding.texts import content_code, unit_likeness
from etl.catalogue import Contents
from etl.catalogue.periods import Frequency
from etl.catalogue.regions import level_of_code
from etl.errors import SourceError
from etl.source.jsonstat import document_dataset
from tests.etl.binding_cases import AXES, bind, groups
from tests.etl.documents import Codes, document, pack
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SHARE, SWEDEN, Entry, table, use

WORK: Entry = {"code": "UtbNiv", "role": "education", "total": "000", "keep": ("F", "3", "EU")}
BAS: Entry = {
    "years": {"from": 2022},
    "label": ("Arbetsmarknadsvariabler", "kommun"),
    "levels": ("municipality",),
}
RAMS: Entry = {**BAS, "years": {"from": 1997, "to": 2021}}


@dataclass(frozen=True)
class Wanted:
    """A content as the catalogue declares it, of per cent."""

    text: str
    words: tuple[str, ...] = ()

    def code_of(self, texts: Mapping[str, str], code: str | None = None) -> str:
        """What it is bound to among contents of these texts, with a documented code or none."""
        metric = document_dataset(document({**AXES, "ContentsCode": texts})).dimensions
        entry = {**SHARE, "text": self.text, "words": self.words, "code": code}
        return content_code(Contents.model_validate(entry), metric["ContentsCode"])


OPEN, ENROLLED = Wanted("Andel öppet arbetslösa 20–64 år"), "Andel inskrivna arbetslösa 20-64 år"


# --- does a table fit?


def test_a_table_fits_its_own_description(shared: Path) -> None:
    """SCB's tables of the municipalities, old and new, fit what is declared of each."""
    variables = (REGION, SEX, WORK, ORIGIN)
    for described, name in ((RAMS, "TAB4881"), (BAS, "TAB6383")):
        found = document_dataset(pack(shared, name))
        assert misfits(table(*variables, **described), found, SWEDEN) == []


def test_a_table_of_another_register_is_refused_by_its_years(shared: Path) -> None:
    """BAS has the variables and title of RAMS; only the years tell that it is another."""
    described = table(REGION, SEX, WORK, ORIGIN, **RAMS)
    (problem,) = misfits(described, document_dataset(pack(shared, "TAB6383")), SWEDEN)
    assert problem == "it holds 2022-2023, expected years from 1997 to 2021"


def test_a_table_of_another_level_is_refused_by_title_and_by_codes(shared: Path) -> None:
    """A county table offered for a municipality table lacks the word and the codes."""
    described = table(REGION, SEX, WORK, ORIGIN, **RAMS)
    problems = misfits(described, document_dataset(pack(shared, "TAB389")), SWEDEN)
    assert any("lacks 'kommun'" in problem for problem in problems)
    assert "it has no region of level municipality" in problems


def test_every_reason_against_a_table_is_given_at_once() -> None:
    """Word, variable, mandatory variable, years and level: one message each."""
    axes = {
        "Region": ("01", "0180C1010"),
        "Alder": ("20-64",),
        "BakgrVar": ("TOT", "SE"),
        "ContentsCode": ("N",),
        "Tid": ("1990", "2019"),
    }
    described = table(label=("Sysselsatta",))
    assert misfits(described, document_dataset(document(axes)), SWEDEN) == [
        "its title 'Arbetsmarknad efter region. År 2020-2023' lacks 'Sysselsatta'",
        "it has no variable Kon",
        "its variable Alder must be selected and is not in the catalogue",
        "it holds 1990-2019, expected years from 2020 to now",
        "it has no region of level municipality",
    ]


def test_a_variable_that_may_be_left_out_need_not_be_declared() -> None:
    """An eliminable variable disappears when it is not asked for, so it does not matter."""
    axes = {**AXES, "Alder": ("20-64", "tot")}
    assert misfits(table(), document_dataset(document(axes, eliminable=["Alder"])), SWEDEN) == []
    assert misfits(table(), document_dataset(document(axes)), SWEDEN) != []


def test_the_title_of_a_table_with_a_known_id_warns_and_that_of_another_decides() -> None:
    """SCB rewrites titles; a table that was found by its words has nothing else to show."""
    described, found = table(label=("Sysselsatta",)), document_dataset(document(AXES))
    lacking = "its title 'Arbetsmarknad efter region. År 2020-2023' lacks 'Sysselsatta'"
    assert misfits(described, found, SWEDEN) == [lacking]
    assert misfits(described, found, SWEDEN, by_title=False) == []
    assert oddities(described, found, SWEDEN) == (lacking,)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (("2018", "2019", "2020", "2021"), "declared are years from 2020 to 2021: 2018, 2019 left"),
        (("2021", "2022"), "declared are years from 2020 to 2021: 2022 left out"),
        (("2021",), "years 2020-2020 are declared but absent"),
        (("2019", "2020"), "years 2021-2021 are declared but absent"),
    ],
)
def test_other_years_than_declared_are_told_of_the_table_and_refuse_nothing(
    held: tuple[str, ...], told: str
) -> None:
    """More are left out, fewer are missing: both are said once, and the rest is read."""
    described = table(years={"from": 2020, "to": 2021})
    found = document_dataset(document({**AXES, "Tid": held}))
    assert misfits(described, found, SWEDEN) == []
    assert any(told in warning for warning in oddities(described, found, SWEDEN))
    asked = bound(use(years={"from": 2000}), described, found, SWEDEN)[0]
    assert [code for _, code, *_ in groups(asked, "Tid")] == [
        year for year in held if year in {"2020", "2021"}
    ]
    assert asked.warnings == ()


def test_a_table_that_is_as_declared_is_told_nothing_of() -> None:
    """No warning without a cause."""
    assert oddities(table(), document_dataset(document(AXES)), SWEDEN) == ()


@pytest.mark.parametrize(
    "period", ["2024M01", "2024K1", "2024V07", "1998-2002", "2023/24", "2020", " 2020", "20200"]
)
def test_a_table_whose_time_is_not_years_is_refused_with_what_it_holds(period: str) -> None:
    """Months, quarters, school years and ranges of years are no years: nothing is read of them."""
    held = ("2020", period) if period != "2020" else ("2020",)
    found = document_dataset(document({**AXES, "Tid": held}))
    refusal = f"its time variable holds {period!r}, expected years such as '2024'"
    expected = [] if period == "2020" else [refusal]
    assert misfits(table(), found, SWEDEN) == expected
    if expected:
        with pytest.raises(SourceError, match="expected years such as '2024'"):
            bound(use(), table(), found, SWEDEN)


MONTHS = ("2025M11", "2025M12", "2026M01")
QUARTERS = ("2025K3", "2025K4", "2026K1")


@pytest.mark.parametrize(("length", "held"), [("month", MONTHS), ("quarter", QUARTERS)])
def test_months_and_quarters_are_read_for_an_indicator_of_them(
    length: Frequency, held: tuple[str, ...]
) -> None:
    """Over the end of a year all periods are asked for; limits in years hold whole years."""
    found = document_dataset(document({**AXES, "Tid": held}))
    assert misfits(table(), found, SWEDEN, length=length) == []
    asked = bound(use(frequency=length), table(), found, SWEDEN)[0]
    assert tuple(code for _, code, *_ in groups(asked, "Tid")) == held
    ended = table(years={"from": 2020, "to": 2025})
    asked = bound(use(frequency=length), ended, found, SWEDEN)[0]
    assert tuple(code for _, code, *_ in groups(asked, "Tid")) == held[:2]


@pytest.mark.parametrize(
    ("length", "odd", "held"),
    [
        ("month", "2025", ("2025M12", "2025", "2026M01")),
        ("month", "2025K4", QUARTERS[1:]),
        ("month", "2021M13", ("2021M13",)),
        ("quarter", "2025M11", MONTHS),
        ("year", "2025M11", MONTHS),
        ("month", "2020-2024", ("2025M12", "2020-2024")),
    ],
)
def test_another_length_of_period_or_several_is_refused(
    length: Frequency, odd: str, held: tuple[str, ...]
) -> None:
    """A year among months is not one of them: nothing is read, and the sentence names it."""
    found = document_dataset(document({**AXES, "Tid": held}))
    expected = f"its time variable holds {odd!r}, expected {length}s such as "
    (problem,) = misfits(table(), found, SWEDEN, length=length)
    assert problem.startswith(expected)
    with pytest.raises(SourceError, match=re.escape(expected)):
        bound(use(frequency=length), table(), found, SWEDEN)


def test_years_that_a_monthly_table_lacks_are_told() -> None:
    """A year of which a month is there is there; others are declared but absent."""
    found = document_dataset(document({**AXES, "Tid": MONTHS}))
    described = table(years={"from": 2024, "to": 2027})
    assert oddities(described, found, SWEDEN) == (
        "years 2024-2024 are declared but absent",
        "years 2027-2027 are declared but absent",
    )


# --- contents


@pytest.mark.parametrize(
    "label",
    [
        "Andel öppet arbetslösa 20-64 år",
        "Andel öppet arbetslösa 20–64 år",
        "andel öppet arbetslösa 20–64 år, procent",
    ],
)
def test_the_same_text_in_another_dress_is_the_same_content_under_any_code(label: str) -> None:
    """Dash, capitals and ", procent" come and go; the code that was there before may be gone."""
    assert OPEN.code_of({"A": ENROLLED, "new": label}) == "new"
    assert OPEN.code_of({"A": ENROLLED, "new": label}, code="new") == "new"
    assert OPEN.code_of({"A": ENROLLED, "new": label}, code="gone") == "new"
    axes: dict[str, Codes] = {"ContentsCode": {"A": ENROLLED, "new": label}}
    wanted = {**SHARE, "text": OPEN.text, "code": "gone"}
    (one,) = bind(axes, contents=wanted, units={"A": ("procent", 1), "new": ("procent", 1)})
    assert one.warnings == (f"content {OPEN.text!r} has the code new, documented is gone",)


@pytest.mark.parametrize(
    "label",
    [
        "Andel öppet arbetslösa 20–64 år (ny definition från och med 2018)",
        "Andel öppet arbetslösa 20–64 år (Ny def. 2018), procent",
    ],
)
def test_a_remark_on_a_new_definition_needs_the_documented_code_or_none(label: str) -> None:
    """Under its own code the content is the one that was seen; under another it is a new one."""
    assert OPEN.code_of({"A": ENROLLED, "own": label}, code="own") == "own"
    assert OPEN.code_of({"A": ENROLLED, "own": label}) == "own"
    with pytest.raises(SourceError, match=r"code gone is gone; .* is only like it"):
        OPEN.code_of({"A": ENROLLED, "own": label}, code="gone")


def test_the_same_code_with_another_text_is_refused() -> None:
    """A code that SCB gave to something else must not be read as what it was."""
    refusal = r"content 'Folkökning' \(code N\) has the documented code, expected .* 'Folkmängd'"
    with pytest.raises(SourceError, match=refusal):
        bind({"ContentsCode": {"N": "Folkökning"}}, contents={**PERSONS, "code": "N"})


def test_two_contents_of_one_text_are_refused_unless_the_code_decides() -> None:
    """The hint counts only between equals; without it nobody guesses."""
    axes: dict[str, Codes] = {"ContentsCode": {"N": "Folkmängd", "M": "Folkmängd"}}
    units = {"N": ("antal", 0), "M": ("antal", 0)}
    with pytest.raises(SourceError, match=r"2 contents fit 'Folkmängd': .* expected one"):
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


def test_a_text_that_binds_another_content_than_the_documented_code_is_refused() -> None:
    """Both are named: nobody knows whether the text or the code is wrong."""
    with pytest.raises(SourceError) as refusal:
        OPEN.code_of({"own": ENROLLED, "other": OPEN.text}, code="own")
    assert f"{ENROLLED!r} (code own)" in str(refusal.value)
    assert f"{OPEN.text!r} (code other)" in str(refusal.value)


def test_words_never_outvote_a_documented_code() -> None:
    """The content with the words is another one than the documented, there or gone."""
    texts = {"own": "Andel med försörjningsstöd", "other": "Andel med etableringsersättning"}
    wanted = Wanted("Andel etableringsersatta", ("etableringsersättning",))
    with pytest.raises(SourceError, match=r"\(code other\), but its documented code .*code own"):
        wanted.code_of(texts, code="own")
    with pytest.raises(SourceError, match=r"code gone is gone; .*\(code other\) is only like it"):
        wanted.code_of(texts, code="gone")
    assert wanted.code_of(texts, code="other") == "other"
    assert wanted.code_of(texts) == "other"


def test_of_several_contents_with_the_words_the_documented_one_is_meant() -> None:
    """Words that stand in two contents tell nothing by themselves."""
    texts = {"a": "Medianinkomst, disponibel", "b": "Medianinkomst, disponibel, individuell"}
    wanted = Wanted("median disponibel inkomst", ("median", "disponibel"))
    assert wanted.code_of(texts, code="b") == "b"
    with pytest.raises(SourceError, match="2 contents fit"):
        wanted.code_of(texts)


@pytest.mark.parametrize(
    "denial", ["utan", "ej", "exkl.", "icke", "exklusive", "inte", "förutom", "med undantag av"]
)
def test_a_negation_that_is_not_declared_is_another_content(denial: str) -> None:
    """The share without support is not the share with it, though all the words are there."""
    wanted = Wanted("Andel med bistånd", ("bistånd",))
    texts = {"own": f"Andel personer {denial} bistånd"}
    for code in (None, "own"):
        with pytest.raises(SourceError):
            wanted.code_of(texts, code=code)
    assert Wanted("Andel utan stöd", ("bistånd",)).code_of(texts) == "own"


def test_a_content_that_is_not_there_is_refused_with_what_is_nearest() -> None:
    """Whoever mends the catalogue sees texts and codes of the table, the most alike first."""
    texts = {"A": "Folkmängd", "B": "Andel inskrivna arbetslösa", "C": "Andel långtidsarbetslösa",
             "D": "Andel företagare", "E": "Index"}  # fmt: skip
    with pytest.raises(SourceError) as refusal:
        Wanted("Andel inskrivna arbetslösa 16-64 år").code_of(texts)
    text = str(refusal.value)
    assert text.startswith(
        "no content 'Andel inskrivna arbetslösa 16-64 år'; nearest: "
        "'Andel inskrivna arbetslösa' (code B), 'Andel långtidsarbetslösa' (code C)"
    )
    assert "Index" not in text


# --- units


@pytest.mark.parametrize(
    "spellings",
    [
        ("%", "procent", "Procent", " procent", "per cent", "percent"),
        ("antal", "antal personer", "personer", "number", "Antal  personer"),
        ("dagar", "antal dagar"),
    ],
)
def test_a_unit_in_other_letters_is_the_same_unit(spellings: tuple[str, ...]) -> None:
    """What stands for per cent, for persons, for days, whatever the table writes."""
    for one, other in product(spellings, spellings):
        assert unit_likeness(one, other) == "same"


def test_known_spellings_of_a_unit_are_bound_without_a_word() -> None:
    """The blank before "procent" is SCB's own."""
    for unit in (" procent", "%", "Percent"):
        (one,) = bind(contents=dict(SHARE), units={"A": (unit, 1)})
        assert one.warnings == ()


@pytest.mark.parametrize(("unit", "expected"), [("procent", PERSONS), ("antal personer", SHARE)])
def test_a_really_different_unit_is_refused(unit: str, expected: Entry) -> None:
    """Persons are not per cent: the message names what was found and what was expected."""
    with pytest.raises(SourceError, match=rf"unit '{unit}'.* expected '{expected['unit']}'"):
        bind(contents=dict(expected), units={"N": (unit, 1), "A": (unit, 1)})
    assert unit_likeness("tal i 1000-tal", "antal") == "other"
    assert unit_likeness("tkr", "prisbasbelopp") == "other"
    assert unit_likeness("inkomstbasbelopp", "prisbasbelopp") == "other"
    assert unit_likeness("promille", "procent") == "other"
    assert unit_likeness("procentenheter", "procent") == "other"
    assert unit_likeness("hushåll", "antal") == "other"
    assert unit_likeness("månader", "dagar") == "other"


@pytest.mark.parametrize(
    "seen", [{"state": "verified", "where": "SCB", "seen": "2026"}, {"state": "unknown"}]
)
def test_an_unknown_or_missing_unit_is_a_warning_whatever_is_known_of_the_table(
    seen: dict[str, str],
) -> None:
    """`base` and `decimals` are optional in the protocol; their absence loses no figure."""
    sent = document(AXES)
    metric = sent["dimension"]["ContentsCode"]["category"]
    for unit, told in (
        ({"base": "fiskar", "decimals": 0}, "unit 'fiskar'"),
        ({"decimals": 0}, "no unit"),
        ({"base": " ", "decimals": 0}, "no unit"),
        ({"base": "antal"}, "no number of decimals"),
        ({"base": "antal", "decimals": 1}, "1 decimals"),
        ({"base": "antal", "decimals": "0"}, "no number of decimals"),
        ({}, "no unit and no number of decimals"),
        (None, "no unit and no number of decimals"),
    ):
        metric["unit"] = {"N": unit}
        (one,) = bound(use(), table(evidence={"units": seen}), document_dataset(sent), SWEDEN)
        assert one.warnings == (f"content N has {told}, expected 'antal' with 0",)
    metric["unit"] = None
    (one,) = bound(use(), table(evidence={"units": seen}), document_dataset(sent), SWEDEN)
    assert len(one.warnings) == 1


def test_plain_number_may_be_said_of_days_but_not_of_per_cent() -> None:
    """A content that counts days is likely meant by "antal": told, not refused."""
    assert unit_likeness("antal", "dagar") == "unknown"
    assert unit_likeness("antal", "procent") == "other"
    assert unit_likeness("antal personer", "dagar") == "other"


# --- regions


def test_a_new_municipality_is_told_with_what_to_add_and_its_figures_wait() -> None:
    """Without name and county in the classification a region breaks pages."""
    axes: Mapping[str, Codes] = {
        **AXES,
        "Region": {"01": "01 Stockholms län", "0180": "Stockholm", "0190": "0190 Nystad"},
    }
    found = document_dataset(document(axes))
    assert oddities(table(), found, SWEDEN) == (
        "region 0190 'Nystad' is new and its figures wait: add it to data/regions/regions.csv",
    )
    (one,) = bound(use(), table(), found, SWEDEN)
    assert [code for _, code, *_ in groups(one, "Region")] == ["0180"]


def test_areas_of_a_new_municipality_wait_with_it() -> None:
    """They would lie in a municipality that is not there; it is told once."""
    axes = {**AXES, "Region": ("0180R001", "0190R001", "0190R002_RegSO2025")}
    found = document_dataset(document(axes))
    (told,) = oddities(table(levels=("regso",)), found, SWEDEN)
    assert told.startswith("region 0190 ")
    (one,) = bound(use(levels=("regso",)), table(levels=("regso",)), found, SWEDEN)
    assert [code for _, code, *_ in groups(one, "Region")] == ["0180R001"]


def test_a_region_under_the_code_of_another_is_told() -> None:
    """12 has been Skåne since 1997; a table that calls it Malmöhus is of another time."""
    axes: Mapping[str, Codes] = {
        **AXES,
        "Region": {"0180": "0180 Stockholm", "12": "Malmöhus län", "13": "13"},
    }
    (told,) = oddities(table(), document_dataset(document(axes)), SWEDEN)
    assert told.endswith("than in data/regions/regions.csv: 12 'Malmöhus län' ('Skåne län')")


def test_groups_of_the_source_are_no_municipalities_and_nothing_new() -> None:
    """0010 is Greater Stockholm: four digits, and neither asked for nor told."""
    axes = {**AXES, "Region": {"0180": "Stockholm", "0010": "Stor-Stockholm", "0114C1010": "DeSO"}}
    found = document_dataset(document(axes))
    assert oddities(table(), found, SWEDEN) == ()
    (one,) = bound(use(), table(), found, SWEDEN)
    assert [code for _, code, *_ in groups(one, "Region")] == ["0180"]


def test_of_former_regions_only_those_that_are_regions_of_today_are_read() -> None:
    """Malmöhus is gone, 14 was Göteborgs och Bohus; Kopparberg only has another name today."""
    regions = {"12": "Malmöhus län", "14": "Göteborgs och Bohus län", "01": "01 Stockholms län",
               "20": "Kopparbergs län", "0180": "0180  Stockholm", "0319": "Älvkarleby",
               "1917": "Heby"}  # fmt: skip
    axes = {**AXES, "Region": regions}
    found = document_dataset(document(axes))
    former = table(former_regions=True, levels=("county", "municipality"))
    assert oddities(former, found, SWEDEN) == ()
    assert misfits(former, found, SWEDEN) == []
    (one,) = bound(use(levels=("county", "municipality")), former, found, SWEDEN)
    assert [code for _, code, *_ in groups(one, "Region")] == ["01", "20", "0180", "0319"]


def test_regions_of_the_recorded_table_of_former_moves_are_those_of_today(shared: Path) -> None:
    """TAB1211: 24 counties and 288 municipalities of 1995; five and fifty of them are not ours."""
    path = shared / "scb/recorded/autumn2026/v2/TAB1211/metadata.json"
    found = document_dataset(orjson.loads(path.read_bytes())["response"])
    former = table(former_regions=True, levels=("county", "municipality"))
    read = read_regions(former, found, SWEDEN)
    counties = {
        code for code in found.dimensions["Region"].codes if level_of_code(code) == "county"
    }
    assert counties - set(read) == {"11", "12", "14", "15", "16"}
    municipalities = [code for code in read if level_of_code(code) == "municipality"]
    assert len(municipalities) == 288 - 50  # fifty have other codes today
    assert {"20", "2023"} <= set(read)  # Kopparbergs län and Malung, which have other names today
