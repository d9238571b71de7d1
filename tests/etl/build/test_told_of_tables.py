"""What a build tells of a table that is otherwise than declared, and what it calls its regions."""

from collections.abc import Mapping
from pathlib import Path

from etl.build.description import category_rows, region_labels, warning_rows
from etl.catalogue import Catalogue
from tests.etl.documents import Codes, document
from tests.etl.entries import REGION, Entry, table, use
from tests.etl.landed import report_of

AXES: Mapping[str, Codes] = {
    "Region": {"0180": "0180 Stockholm", "0190": "0190 Nystad", "0184": "Solna"},
    "ContentsCode": {"N": "Folkmängd"},
    "Tid": ("2019", "2020"),
}


def test_what_is_otherwise_is_a_warning_of_the_table_however_many_use_it(tmp_path: Path) -> None:
    """A year too many and a new municipality: two warnings for three indicators, and no figures."""
    several = [use().indicator.model_copy(update={"id": f"one_{n}"}) for n in range(3)]
    report = report_of(tmp_path, document(AXES), table(REGION), *several)
    assert report.problems == []
    years, region = warning_rows(report)["text"]
    assert years == "TAB1: it holds 2019-2020, declared are years from 2020 to now: 2019 left out"
    assert region.startswith("TAB1: region 0190 'Nystad' is new and its figures wait: add it to ")
    for _, _, coverage in report.loaded:
        assert coverage.regions == {"0180", "0184"}
        assert coverage.periods == {"2020"}


def test_regions_are_called_by_their_names_without_their_codes(tmp_path: Path) -> None:
    """In some tables the code stands in front of the name."""
    report = report_of(tmp_path, document(AXES), table(REGION), use().indicator)
    assert region_labels(report) == {"0180": "Stockholm", "0184": "Solna"}


def test_groups_that_only_the_source_names_are_called_without_their_codes(tmp_path: Path) -> None:
    """The code in front is left out; years of age stay."""
    groups = {"TOT": "samtliga", "KV": "KV Kvotflyktingar", "20-24": "20-24 år"}
    origin: Entry = {"code": "Grupp", "role": "background", "total": "TOT", "keep": ("KV", "20-24")}
    axes = {"Region": AXES["Region"], "Grupp": groups, **AXES}
    report = report_of(tmp_path, document(axes), table(REGION, origin), use().indicator)
    named = category_rows(Catalogue((), (), (), ()), report).set_index("code")["label_sv"]
    assert (named["KV"], named["20-24"]) == ("Kvotflyktingar", "20-24 år")
