"""What the example data have no figures of is refused by name, never answered with others."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.binding.binding import uses
from etl.catalogue import Catalogue, Labelled, SharePart
from etl.catalogue.loading import load
from etl.demo import write_examples
from etl.demo.places import csv_rows, invented_places
from etl.demo.rates import profile
from etl.demo.tables import counts_persons
from etl.demo.writing import FOLDER
from etl.errors import UsageError
from etl.store import REGIONS
from tests.etl.running import CATALOGUE, etl


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load(CATALOGUE)


@pytest.mark.parametrize(
    ("indicator", "content"),
    [("population", "Folkökning"), ("employment_rate", "Andel deltidsarbetande")],
)
def test_a_new_content_is_refused_by_name(tmp_path: Path, indicator: str, content: str) -> None:
    """An increase never gets the figures of the population, nor a share those of another."""
    document: dict[str, Any] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    (declared,) = [one for one in document["indicators"] if one["id"] == indicator]
    segment = declared["segments"][0] | {"sources": declared["segments"][0]["sources"][:1]}
    source = segment["sources"][0]
    source |= {"contents": source["contents"] | {"text": content, "code": "NEW"}}
    new = declared | {"id": "new_indicator", "segments": [segment], "breaks": []}
    document["indicators"].append(new)
    file = tmp_path / "indicators.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")

    run = etl("demo", "--catalogue", file, "--data", tmp_path / "data")

    assert run.code == 2
    assert f"new_indicator: the example data have no figures of the content {content!r}" in (
        run.output
    )
    assert f"table {source['table']}" in run.output
    assert "add it to etl/demo/contents.csv" in run.output
    assert not list((tmp_path / "data").glob("warehouse*"))
    assert not list((tmp_path / "data").glob(".example-draft"))


@pytest.mark.parametrize(
    ("name", "code", "update", "message"),
    [
        ("natural_increase", "Forandringar", {"total": "100"}, "what Forandringar '100' counts"),
        ("natural_increase", "Period", {"total": "kv1"}, "who Period 'kv1' are"),
        ("natural_increase", "Kon", {"keep": ("9",)}, "who Kon '9' are"),
        ("net_migration", "Alder", {"total": "vuxna"}, "who Alder 'vuxna' are"),
        ("turnout_parliament", "Bakgrund", {"keep": ("NEW",)}, "background 'NEW'"),
        ("turnout_parliament", "Bakgrund", {"education": ("NEW",)}, "education 'NEW'"),
    ],
)
def test_a_new_code_is_refused_by_name(
    catalogue: Catalogue, tmp_path: Path, name: str, code: str,
    update: dict[str, Any], message: str,
) -> None:  # fmt: skip
    """A code that the example does not know is not everybody by default."""
    table = catalogue.table[catalogue.indicator[name].segments[0].sources[0].table]
    variables = tuple(
        variable.model_copy(update=update) if variable.code == code else variable
        for variable in table.variables
    )
    changed = replace(catalogue, tables=(table.model_copy(update={"variables": variables}),))

    with pytest.raises(UsageError, match=rf"{name}: .* do not know {message} .*add it to"):
        write_examples(changed_source(changed, name), tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_new_region_of_birth_is_refused_by_name(catalogue: Catalogue, tmp_path: Path) -> None:
    """Those born in Oceania are not those born outside Europe."""
    ages = (Labelled(label="totalt ålder"),)
    part = SharePart(codes={"Fodelseregion": (Labelled(label="Oceanien"),), "Alder": ages})
    changed = changed_source(catalogue, "foreign_born_share", numerator=part)

    with pytest.raises(UsageError, match=r"who Fodelseregion 'oceanien' are .* GROUPS in etl/demo"):
        write_examples(changed, tmp_path)


def changed_source(catalogue: Catalogue, name: str, **update: Any) -> Catalogue:
    """The catalogue with the first source of one indicator alone, changed."""
    indicator = catalogue.indicator[name]
    segment = indicator.segments[0]
    source = segment.sources[0].model_copy(update=update)
    alone = segment.model_copy(update={"sources": (source,)})
    return replace(catalogue, indicators=(indicator.model_copy(update={"segments": (alone,)}),))


def test_an_area_without_a_size_is_refused(tmp_path: Path) -> None:
    """A new district of the classifications is not of ordinary size by default."""
    for name in ("areas.csv", "places.csv"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("0184,")]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(
        UsageError, match=r"how many live in 0184; add them to etl/demo/places\.csv"
    ):
        invented_places(REGIONS, tmp_path)


def test_a_rate_without_levels_is_refused() -> None:
    """No figures are guessed from an indicator's direction."""
    with pytest.raises(UsageError, match=r"new_rate: .* add rows to etl/demo/rates\.csv"):
        profile(FOLDER / "rates.csv", "new_rate", share=True, better="higher")


def test_what_the_example_knows_is_what_the_catalogue_has(catalogue: Catalogue) -> None:
    """Contents that no indicator has any longer do not stay in the lists."""
    known = [(row["of"], row["content"]) for row in csv_rows(FOLDER / "contents.csv")]

    assert len(known) == len(set(known))
    assert set(known) == {
        (use.source.table if counts_persons(use) else use.indicator.id, contents.text)
        for use in uses(catalogue)
        for contents in use.contents
    }
