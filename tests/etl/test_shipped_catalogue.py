"""The shipped catalogue: what it holds, and the schema that editors read."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from etl.catalogue import Catalogue, load, schema
from tests.etl.running import CATALOGUE, PACKS_CATALOGUE, ROOT

REQUIRED = [
    "population",
    "foreign_born_share",
    "foreign_background_share",
    "foreign_background_share_20_64",
    "population_16_25_share",
    "net_migration",
    "net_migration_domestic",
    "net_migration_abroad",
    "employment_rate",
    "open_unemployment",
    "registered_unemployment",
    "self_employed_share",
    "area_employed_share",
    "area_unemployed_share",
    "upper_secondary_eligibility",
    "studying_20_24",
    "neet_20_25",
    "mover_balance",
    "rented_share",
    "residential_dissimilarity",
]
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
]
ON_EMPLOYMENT = ("employment_rate", "self_employed_share", "neet_20_25", "mover_balance")


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
    jsonschema.validate(yaml.safe_load(file.read_text(encoding="utf-8")), schema())


def test_the_shipped_catalogue_holds_every_indicator_in_order(shipped: Catalogue) -> None:
    """The menus follow the file; none of the agreed indicators is missing."""
    assert [indicator.id for indicator in shipped.indicators] == REQUIRED


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
    assert ages == {"_T", "16-19", "16-25", "20-24", "20-25", "20-64", "20-65"}


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
