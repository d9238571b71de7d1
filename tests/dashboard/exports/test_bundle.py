"""The zip bundle, read back by zipfile and validated by frictionless."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import frictionless
import pytest

from dashboard.exports.extract import Extract
from dashboard.exports.formats import FORMATS
from tests.dashboard.exports.truth import LINK, content


@pytest.fixture(scope="module")
def bundle(whole: Extract) -> bytes:
    """Both indicators with all that belongs to them."""
    return content(FORMATS["zip"], whole)


def test_frictionless_finds_the_package_valid(bundle: bytes, tmp_path: Path) -> None:
    """Types, keys and missing values are what the description says, in every row."""
    with ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert report.flatten(["message"]) == []
    assert report.valid
    assert report.stats["tasks"] == 3


def test_the_bundle_holds_the_machine_csv(bundle: bytes, whole: Extract) -> None:
    """One format of rows, packed or not."""
    with ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "README.txt", "datapackage.json", "segments.csv", "footnotes.csv", "data.csv",
        ]  # fmt: skip
        assert archive.read("data.csv") == content(FORMATS["csv"], whole)


def test_breaks_and_cautions_stand_beside_their_segment(bundle: bytes) -> None:
    """Whoever takes the data takes the warnings: four segments' rows, three marks among them."""
    with ZipFile(io.BytesIO(bundle)) as archive:
        text = archive.read("segments.csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    marks = [
        (row["segment"], row["break_period"], row["severity"], row["applies_to"]) for row in rows
    ]

    assert marks == [
        ("old", "", "", ""),
        ("rams", "2004", "caution", "background:VXEUEES"),
        ("rams", "2019", "break", ""),
        ("bas", "2022", "break", ""),
    ]
    assert rows[-1]["text"] == "Ny källa (BAS), 20–65 år"


def test_the_readme_says_how_to_cite(bundle: bytes) -> None:
    """Source, licence, link and version in words."""
    with ZipFile(io.BytesIO(bundle)) as archive:
        text = archive.read("README.txt").decode()

    for expected in ("Källa: SCB, tabell TAB4881 och TAB6383", "CC0", LINK, "20261121T081500Z"):
        assert expected in text


def test_computed_figures_are_not_cited_as_published(whole: Extract) -> None:
    """What is computed here is our own processing, in the README as in the package."""
    sources = tuple(replace(source, kind="computed") for source in whole.meta.sources)
    made = Extract(whole.batches, replace(whole.meta, sources=sources))
    with ZipFile(io.BytesIO(content(FORMATS["zip"], made))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        text = archive.read("README.txt").decode()

    cited = "Egen bearbetning av data från SCB, tabell TAB4881 och TAB6383"
    assert package["description"] == cited
    assert cited in text
    assert "Källa: SCB" not in text


def test_example_data_say_so_in_every_file_that_speaks(whole: Extract) -> None:
    """The bundle of invented figures cannot be taken for statistics."""
    invented = Extract(whole.batches, replace(whole.meta, example=True))
    with ZipFile(io.BytesIO(content(FORMATS["zip"], invented))) as archive:
        assert json.loads(archive.read("datapackage.json"))["example"] is True
        assert "Exempeldata – inte statistik" in archive.read("README.txt").decode()


def test_the_same_data_give_the_same_bytes(bundle: bytes, whole: Extract) -> None:
    """A file can be compared with the one of yesterday."""
    assert content(FORMATS["zip"], whole) == bundle
