"""`etl resolve`: what it says of tables and of the contents that are lost in a table it found."""

from dataclasses import replace
from pathlib import Path

from tests.etl.running import CATALOGUE, Run, etl
from tests.pxweb_server import Pack, serving
from tests.scb.facts import table_of
from tests.scb.tables import packs, table_pack

COUNTIES = "labour_rams_county"


def resolved(served: list[Pack], data: Path) -> Run:
    """Resolve the shipped catalogue against some tables."""
    with serving(served, calls=100_000) as server:
        return etl("resolve", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)


def test_all_that_is_documented_is_found(tmp_path: Path) -> None:
    """Nothing is missing and nothing lost: 0."""
    run = resolved(packs(), tmp_path)

    assert run.code == 0
    assert "missing" not in run.output
    assert "lost" not in run.output


def test_an_indicator_that_loses_its_content_is_named_though_the_table_is_found(
    tmp_path: Path,
) -> None:
    """Exit 3; the others of the table are not spoken of."""
    table = table_of(COUNTIES)
    renamed = replace(
        table,
        contents=tuple(
            replace(one, texts=("Något helt annat",)) if "managers_share" in one.gives else one
            for one in table.contents
        ),
    )
    others = [pack for pack in packs() if pack.id != table.served_id]

    run = resolved([*others, table_pack(renamed)], tmp_path)

    assert run.code == 3
    told = " ".join(run.output.split())
    (lost,) = [part for part in told.split("lost ")[1:] if "managers_share" in part]
    assert "1 indicator: managers_share" in lost
    assert f"{COUNTIES} (indicators.yaml:" in lost
    assert "missing" not in told
