"""The shipped catalogue: what it holds, and the schema that editors read."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from etl.binding.binding import uses
from etl.catalogue import Catalogue, Evidence
from etl.catalogue.ages import FIVE_YEAR_CLASSES
from etl.catalogue.evidence import evidence_page
from etl.catalogue.loading import load, schema
from etl.source.jsonstat import loosened
from tests.etl.running import CATALOGUE, PACKS_CATALOGUE, ROOT, etl

# Contents of the folders of AA0003: with those of the area index, which came to F later, and
# without the share who have neither income support nor introductory allowance (F, 000004X6).
CONTENTS = {"B": 11, "C": 4, "D": 5, "E": 6, "F": 7, "G": 7, "H": 8, "I": 2, "J": 3}
DERIVED = {"residential_dissimilarity"}
# Named in the list as the alternative of another row, and one of the likenesses of municipalities.
ALTERNATIVE = {"post_secondary_share_25_65"}
# Of months, which the list has none of: evidence.md, section 5.
MONTHLY = {
    "unemployment_bas_monthly",
    "employment_bas_monthly",
    "assistance_main_income_monthly",
}
# Asked for since, by a published report that the panel is measured by.
ADDED = {"median_income_ksek", "education_level_share", "education_level_share_25_65"}
# The list took two contents for what they are not: evidence.md, section 1b.
NO_SUCH_MEASURE = {"no_income_share"}
MEANT_OTHERWISE = {"only_establishment_benefit_share": "establishment_benefit_share"}
IN_AREAS = [
    "population",
    "foreign_born_share",
    "foreign_background_share",
    "employment_rate",
    "open_unemployment",
    "area_employed_share",
    "area_unemployed_share",
    "upper_secondary_eligibility",
    "studying_20_24",
    "mover_balance",
    "rented_share",
    "net_domestic_moves_share",
    "stayers_share",
    "post_secondary_share",
    "post_secondary_share_25_65",
    "recent_arrivals_share",
    "median_income",
    "low_economic_standard",
    "median_income_ksek",
    "area_type",
    "area_index",
    "social_assistance_income_share",
    "neet_16_19",
    "sfi_passed_share",
    "sick_days",
    "sick_contributors_share",
    "turnout_parliament",
]
ON_EMPLOYMENT = (
    "employment_rate",
    "self_employed_share",
    "managers_share",
    "professional_work_share",
    "qualified_work_share",
    "still_employed_after_1y",
    "still_self_employed_after_1y",
    "neet_16_19",
    "neet_20_25",
    "neet_20_64",
    "mover_balance",
)

# Of these the metadata of version 2 are kept as they were sent.
RECORDED = ("population_age_sex", "population_age_sex_ckm", "moves_to_1996", "moves", "moves_ckm")


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue of the repository."""
    return load(CATALOGUE)


def test_what_was_read_cannot_be_changed(shipped: Catalogue) -> None:
    """Both sides read the catalogue; nobody rewrites it on the way."""
    field = "decimals"

    with pytest.raises(ValidationError, match="frozen"):
        setattr(shipped.indicators[0], field, 3)


def test_the_schema_for_editors_is_the_one_of_the_models() -> None:
    """The file in git is what `etl.catalogue.schema` says today."""
    file = ROOT / "etl" / "indicators.schema.json"

    assert json.loads(file.read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize("file", [CATALOGUE, PACKS_CATALOGUE], ids=lambda file: file.name)
def test_the_schema_accepts_what_the_models_accept(file: Path) -> None:
    """An editor does not mark as wrong what is right."""
    jsonschema.validate(yaml.load(file.read_bytes(), yaml.CSafeLoader), schema())


def test_the_shipped_catalogue_holds_every_variable_of_the_list(
    shipped: Catalogue, shared: Path
) -> None:
    """None of the agreed variables is missing, and none was invented."""
    listed = (shared / "guide" / "variables.md").read_text(encoding="utf-8")
    names = re.findall(r"^\| \d+ \| ([^|]+) \|", listed, re.MULTILINE)
    listed_ids = {name.split()[0] for row in names for name in row.split(",")}
    agreed = {MEANT_OTHERWISE.get(id, id) for id in listed_ids - NO_SUCH_MEASURE}

    assert len(names) == 62
    assert set(shipped.indicator) == agreed | DERIVED | ALTERNATIVE | MONTHLY | ADDED


def test_every_share_of_foreign_origin_says_so(shipped: Catalogue) -> None:
    """Areas are never ordered by a share by origin or time in Sweden, so `subject` must name it."""
    by_origin = {one.id for one in shipped.indicators if one.subject == "origin"}
    family = {one.id for one in shipped.indicators if one.family == "foreign_origin"}

    assert len(family) >= 3
    assert family <= by_origin
    assert by_origin - family == {"recent_arrivals_share"}


def test_the_menus_follow_the_themes(shipped: Catalogue) -> None:
    """The file is read from population to income and health, one theme after the other."""
    order = [theme.id for theme in shipped.themes]

    places = [order.index(indicator.theme) for indicator in shipped.indicators]

    assert places == sorted(places)
    assert set(places) == set(range(len(order)))


def test_every_content_of_the_register_data_is_bound(shipped: Catalogue) -> None:
    """The report of 2010 spoke of 42 variables; its folders hold 52 today, and the area index."""
    found: dict[str, set[str]] = {}
    for use in uses(shipped):
        described = shipped.table[use.source.table]
        if described.path.startswith("AA0003") and not described.discontinued:
            contents = (use.source.contents, *use.source.by_background.values())
            folder = found.setdefault(described.path.removeprefix("AA0003") or "B", set())
            folder |= {loosened(one.text) for one in contents if one}

    assert {folder: len(texts) for folder, texts in found.items()} == CONTENTS
    assert sum(CONTENTS.values()) >= 42


def test_where_more_leave_than_come_a_share_is_negative(shipped: Catalogue) -> None:
    """Net moves have limits of their own; no other share falls below zero."""
    below = {one.id for one in shipped.indicators if one.limits is not None and one.limits.min < 0}

    assert below == {"net_domestic_moves_share", "net_foreign_moves_share"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_title_names_one_indicator(shipped: Catalogue, lang: str) -> None:
    """Two cards with the same heading cannot be told apart."""
    titles = [getattr(indicator.title, lang) for indicator in shipped.indicators]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("indicator", IN_AREAS)
def test_what_exists_in_neighbourhoods_is_bound_there(shipped: Catalogue, indicator: str) -> None:
    """RegSO is the level of the report's districts; nothing that has it goes without."""
    found = {
        level
        for part in shipped.indicator[indicator].segments
        for source in part.sources
        for level in source.levels
    }

    assert "regso" in found


@pytest.mark.parametrize("indicator", ON_EMPLOYMENT)
def test_what_rests_on_employment_breaks_in_2019_and_2022(
    shipped: Catalogue, indicator: str
) -> None:
    """Monthly declarations from 2019 and the register BAS from 2022 are other measures."""
    whole = {
        mark.period
        for mark in shipped.indicator[indicator].breaks
        if mark.severity == "break" and not mark.applies_to
    }

    assert {"2019", "2022"} <= whole
    assert [part.id for part in shipped.indicator[indicator].segments] == ["rams", "bas"]


def test_the_population_has_the_ages_that_weights_need(shipped: Catalogue) -> None:
    """A weighted mean of areas needs the population of exactly the indicator's ages."""
    table = shipped.table["population_age_sex"]
    ages = {code for variable in table.variables for code in variable.sums} | {"_T"}

    weights = {
        part.ages
        for indicator in shipped.indicators
        if indicator.union == "weight"
        for part in indicator.segments
    }

    assert weights <= ages
    others = {"_T", "0-15", "0-19", "16-19", "16-25", "20-25", "20-64", "20-65", "65+"}
    assert ages == others | set(FIVE_YEAR_CLASSES)


def test_no_target_is_switched_on(shipped: Catalogue) -> None:
    """A goal needs an owner; the goals of an older report are history."""
    assert not any(indicator.targets for indicator in shipped.indicators)


def test_codes_of_one_breakdown_have_different_names_where_they_meet(shipped: Catalogue) -> None:
    """In one legend no two lines bear the same name."""
    for table in shipped.tables:
        for variable in table.variables:
            codes = [code for code in (*variable.keep, *variable.sums) if isinstance(code, str)]
            labels = [shipped.category[variable.role, code].label.sv for code in codes
                      if variable.role in {"sex", "background", "education"}]  # fmt: skip
            assert len(set(labels)) == len(labels), table.key


def test_the_page_of_evidence_is_the_one_of_the_catalogue(shipped: Catalogue) -> None:
    """What is said of the tables cannot fall behind what is declared of them."""
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")

    assert page == evidence_page(shipped), "python -m etl validate --evidence > docs/evidence.md"


def test_the_command_prints_the_page(shipped: Catalogue) -> None:
    """One way to read it and to write it anew."""
    run = etl("validate", "--evidence")

    assert run.code == 0
    assert run.output == evidence_page(shipped)


def test_what_is_verified_says_where_and_when(shipped: Catalogue) -> None:
    """A claim of evidence can be looked up; and what was recorded counts as verified."""
    for table in shipped.tables:
        for name in type(table.evidence).model_fields:
            one = getattr(table.evidence, name)
            assert (one.where is None) == (one.state == "unknown"), table.key
            assert (one.seen is None) == (one.state != "verified"), table.key
    for key in RECORDED:
        evidence = shipped.table[key].evidence
        states = {getattr(evidence, name).state for name in type(evidence).model_fields}
        assert states == {"verified"}, key


def test_an_id_that_nobody_has_seen_is_not_declared(shipped: Catalogue) -> None:
    """What we say of an id and whether we give one agree."""
    for table in shipped.tables:
        assert (table.id is None) == (table.evidence.id.state == "unknown"), table.key


@pytest.mark.parametrize(
    "given",
    [
        {"state": "verified", "where": "somewhere"},
        {"state": "verified", "seen": "2026"},
        {"state": "inferred"},
        {"state": "inferred", "where": "somewhere", "seen": "2026"},
        {"state": "verified", "where": "somewhere", "seen": "last week"},
    ],
)
def test_evidence_without_place_or_time_is_refused(given: dict[str, str]) -> None:
    """Whoever declares something says how it is known."""
    with pytest.raises(ValidationError):
        Evidence.model_validate(given)


def test_every_line_that_is_named_is_where_the_entry_stands(shipped: Catalogue) -> None:
    """Whoever is told what does not fit finds it there; of what is reused, where it is written."""
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()

    for table in shipped.tables:
        assert f"key: {table.key}" in lines[shipped.lines[table.key,] - 1]
        for variable in table.variables:
            assert f"code: {variable.code}" in _entry(
                lines, shipped.lines[table.key, variable.code]
            )
    for use in uses(shipped):
        if use.source.contents:
            assert use.source.contents.text in _entry(lines, shipped.lines[use.key])


def _entry(lines: Sequence[str], number: int) -> str:
    """The line with this number and the next, in which an entry's first field stands."""
    return "\n".join(lines[number - 1 : number + 1])
