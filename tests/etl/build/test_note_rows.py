"""Whom a footnote of the source concerns, in our own codes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.binding.binding import bounds_of, uses
from etl.build.building import Report, TableState
from etl.build.checks import Coverage
from etl.build.description import note_rows
from etl.build.regions import official_regions
from etl.catalogue import Indicator
from etl.catalogue.loading import load
from etl.source.jsonstat import document_dataset
from tests.etl.documents import Codes, Document, document
from tests.etl.entries import PERSONS, REGION, SHARE, Entry, table, use
from tests.etl.landed import landing_record, report_of
from tests.source import ROOT

AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0184"),
    "UtbNiv": ("000", "F", "3", "US"),
    "BakgrVar": ("TOT", "SE", "NORD", "EU"),
    "Civilstand": ("tot", "OG", "G"),
    "ContentsCode": {"N": "Folkmängd", "A": "Andel sysselsatta", "F": "Andel chefer"},
    "Tid": ("2020", "2021"),
}
EDUCATION: Entry = {"code": "UtbNiv", "role": "education", "total": "000", "keep": ("F", "US")}
ORIGIN: Entry = {
    "code": "BakgrVar",
    "role": "background",
    "total": "TOT",
    "keep": ("SE",),
    "sums": {"EUEESXN": ("NORD", "EU")},
}
Place = tuple[str, str]


def rows(
    folder: Path,
    notes: Mapping[Place, str],
    *indicators: Indicator,
    mandatory: frozenset[Place] = frozenset(),
) -> list[tuple[str, str, bool, str, str]]:
    """Indicator, text, mandatory, our column and code of each note that the warehouse gets."""
    whole = document(AXES, eliminable=["Civilstand"])
    for (variable, code), text in notes.items():
        _annotate(whole, variable, code, text, (variable, code) in mandatory)
    without = {name: codes for name, codes in AXES.items() if name != "Civilstand"}
    report = report_of(
        folder,
        whole,
        table(REGION, EDUCATION, ORIGIN),
        *(indicators or (use().indicator,)),
        answer=document(without),
    )
    assert not report.problems
    found = note_rows(report)
    assert set(found["table_id"]) <= {"TAB1"}
    columns = found[["indicator", "text", "mandatory", "variable", "code"]]
    return [tuple(row) for row in columns.itertuples(index=False)]


def _annotate(sent: Document, variable: str, code: str, text: str, mandatory: bool) -> None:
    part = sent["dimension"][variable] if variable else sent
    extension: dict[str, Any] = part.setdefault("extension", {})
    if code:
        part["category"].setdefault("note", {})[code] = [text]
        extension.setdefault("categoryNoteMandatory", {})[code] = {"0": mandatory}
    else:
        part["note"], extension["noteMandatory"] = [text], {"0": mandatory}


@pytest.mark.parametrize(
    ("place", "concerned"),
    [
        (("", ""), ("", "")),
        (("UtbNiv", ""), ("", "")),
        (("UtbNiv", "US"), ("education", "US")),
        (("UtbNiv", "000"), ("education", "_T")),
        (("BakgrVar", "SE"), ("background", "SE")),
        (("BakgrVar", "NORD"), ("background", "EUEESXN")),
        (("Region", "0184"), ("region", "0184")),
        (("Tid", "2021"), ("period", "2021")),
        (("ContentsCode", "N"), ("", "")),
    ],
)
def test_a_note_on_a_code_of_the_source_is_on_ours(
    tmp_path: Path, place: Place, concerned: Place
) -> None:
    """A sum is concerned by a note on any of its members, an indicator by that on its content."""
    assert rows(tmp_path, {place: "Se upp."}) == [("population", "Se upp.", False, *concerned)]


@pytest.mark.parametrize(
    "place",
    [("UtbNiv", "3"), ("Civilstand", ""), ("Civilstand", "OG"), ("ContentsCode", "F")],
)
def test_a_note_on_what_we_do_not_show_is_left_out(tmp_path: Path, place: Place) -> None:
    """A level that is not kept, a variable that is left out, the content of another indicator."""
    assert rows(tmp_path, {place: "Se upp."}) == []


def test_a_content_tells_only_the_indicator_that_is_made_of_it(tmp_path: Path) -> None:
    """Of two indicators of one table, each has the note of its own content and of the table."""
    share = use(contents=dict(SHARE)).indicator.model_copy(update={"id": "employment_rate"})
    notes = {("ContentsCode", "N"): "Personer.", ("ContentsCode", "A"): "Andel.", ("", ""): "Alla."}
    found = {(row[0], row[1]) for row in rows(tmp_path, notes, use().indicator, share)}
    assert found == {
        ("population", "Personer."),
        ("population", "Alla."),
        ("employment_rate", "Andel."),
        ("employment_rate", "Alla."),
    }


def test_contents_by_background_tell_only_their_background(tmp_path: Path) -> None:
    """Where a table has a content for each group, its note is that of the group."""
    wanted = use(
        by_background={"_T": dict(PERSONS), "VXEUEES": dict(SHARE)},
        variables=({**ORIGIN, "role": "other", "keep": (), "sums": {}},),
    ).indicator
    found = rows(tmp_path, {("ContentsCode", "A"): "Se upp."}, wanted)
    assert found == [("population", "Se upp.", False, "background", "VXEUEES")]


def test_the_same_note_stands_once(tmp_path: Path) -> None:
    """What all figures are told is not told again of one group; mandatory once is mandatory."""
    notes = {("", ""): "Se upp.", ("UtbNiv", ""): "Se upp.", ("UtbNiv", "US"): "Se upp."}
    found = rows(tmp_path, notes, mandatory=frozenset({("UtbNiv", "US")}))
    assert found == [("population", "Se upp.", True, "", "")]


@pytest.mark.parametrize(
    ("indicator", "own", "others"),
    [
        ("net_migration", "Flyttningsöverskott beräknas", "Immigrationsöverskott beräknas"),
        ("net_migration_abroad", "Immigrationsöverskott beräknas", "Flyttningsöverskott beräknas"),
    ],
)
def test_recorded_notes_reach_the_indicators_they_are_on(
    shared: Path, indicator: str, own: str, others: str
) -> None:
    """TAB1212 as recorded: the note of the content, of age, of the counties that Heby moved."""
    path = shared / "scb/recorded/autumn2026/v2/TAB1212/metadata.json"
    sent = json.loads(path.read_text(encoding="utf-8-sig"))
    dataset = document_dataset(sent.get("response", sent))
    catalogue = load(ROOT / "indicators.yaml")
    (key,) = (table.key for table in catalogue.tables if table.id == "TAB1212")
    known = official_regions(ROOT / "data/regions")
    bounds, reasons = bounds_of(
        catalogue.table[key], dataset, uses(catalogue, key), known, limit=150_000
    )
    assert not reasons
    metadata = landing_record("metadata", "0" * 16, b"", table="TAB1212")
    declared = catalogue.table[key]
    state = TableState(declared, path.parent, metadata, dataset, {}, bounds, {})
    nothing = Coverage(frozenset(), frozenset(), {})

    found = note_rows(Report(loaded=[(use, state, nothing) for use in bounds]))

    found = found[found["indicator"] == indicator]
    texts = " ".join(found["text"])
    assert own in texts
    assert others not in texts
    assert "Med ålder avses uppnådd ålder" in texts
    on_codes = found[found["code"] != ""]
    assert set(zip(on_codes["variable"], on_codes["code"], strict=True)) == {
        ("region", "03"),
        ("region", "19"),
        ("region", "0331"),
    }
    assert on_codes["mandatory"].all()


def test_a_note_on_two_codes_concerns_both(tmp_path: Path) -> None:
    """A municipality that was split and the one it became are both told."""
    notes = {("Region", "0180"): "Delad 1999.", ("Region", "0184"): "Delad 1999."}
    found = rows(tmp_path, notes, mandatory=frozenset(notes))
    assert [row[1:] for row in found] == [
        ("Delad 1999.", True, "region", "0180"),
        ("Delad 1999.", True, "region", "0184"),
    ]
