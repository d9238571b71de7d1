"""The catalogue: what it refuses, and how it says so."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.catalogue import CatalogueError
from etl.catalogue.loading import load

Document = dict[str, Any]
TEXT = {"sv": "Text", "en": "Text"}


def small() -> Document:
    """The smallest whole catalogue: one entry of everything."""
    return {
        "themes": [{"id": "work", "title": TEXT, "line": TEXT}],
        "categories": [
            {"dimension": "sex", "code": code, "kind": "sex", "label": TEXT} for code in "12"
        ],
        "tables": [
            {
                "key": "labour",
                "id": "TAB389",
                "label": ["arbetsmarknad"],
                "path": "AA0003",
                "levels": ["county"],
                "years": {"from": 1997, "to": 2021},
                "variables": [
                    {"code": "Region", "role": "region"},
                    {"code": "Kon", "role": "sex", "total": "1+2", "keep": ["1", "2"]},
                ],
            }
        ],
        "indicators": [
            {
                "id": "rate",
                "theme": "work",
                **dict.fromkeys(("title", "definition", "population", "not_captured"), TEXT),
                "unit": TEXT,
                "decimals": 1,
                "measure": "share",
                "better": "higher",
                "union": "none",
                "chart": {"kind": "line"},
                "segments": [segment("rams", 1997, 2021)],
            }
        ],
    }


def segment(name: str, first: int, last: int | None = None) -> Document:
    """A segment with one published source."""
    contents = {"text": "Andel", "unit": "procent", "decimals": 1}
    return {
        "id": name,
        "title": TEXT,
        "years": {"from": first} | ({"to": last} if last else {}),
        "sources": [{"table": "labour", "levels": ["county"], "contents": contents}],
    }


def problems(folder: Path, document: Document | str) -> list[str]:
    """What is wrong with a catalogue, one sentence each."""
    file = folder / "mine.yaml"
    text = document if isinstance(document, str) else yaml.safe_dump(deepcopy(document))
    file.write_text(text, encoding="utf-8")
    try:
        load(file)
    except CatalogueError as error:
        return error.problems
    return []


def only(found: list[str]) -> str:
    """The one problem there is."""
    assert len(found) == 1, found
    return found[0]


def test_the_smallest_whole_catalogue_is_valid(tmp_path: Path) -> None:
    """What the other tests break is in order to begin with."""
    assert problems(tmp_path, small()) == []


def _unknown_key(document: Document) -> None:
    document["indicators"][0]["tilte"] = TEXT


def _missing_language(document: Document) -> None:
    document["indicators"][0]["title"] = {"sv": "Bara svenska"}


def _unknown_dimension(document: Document) -> None:
    document["indicators"][0]["dimensions"] = ["ethnicity"]


def _unknown_category(document: Document) -> None:
    document["tables"][0]["variables"][1]["keep"] = ["1", "3"]


def _unknown_theme(document: Document) -> None:
    document["indicators"][0]["theme"] = "wrok"


def _count_by_origin(document: Document) -> None:
    document["indicators"][0] |= {"subject": "origin", "measure": "index"}


def _unknown_table(document: Document) -> None:
    document["indicators"][0]["segments"][0]["sources"][0]["table"] = "labor"


def _unknown_level(document: Document) -> None:
    document["indicators"][0]["segments"][0]["sources"][0]["levels"] = ["country"]


def _half_a_share(document: Document) -> None:
    document["indicators"][0]["segments"][0]["sources"][0]["numerator"] = {}


def _weight_without_ages(document: Document) -> None:
    people = deepcopy(document["indicators"][0])
    document["indicators"].append(people | {"id": "population", "union": "none"})
    document["indicators"][0]["union"] = "weight"


def _weight_without_population(document: Document) -> None:
    rate = document["indicators"][0]
    rate["union"] = "weight"
    rate["segments"][0]["ages"] = "20-64"


def _break_of_nothing(document: Document) -> None:
    mark = {"period": "2004", "severity": "caution", "text": TEXT, "applies_to": ["sex:9"]}
    document["indicators"][0]["breaks"] = [mark]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_unknown_key, ("indicator rate", "tilte", "not permitted")),
        (_missing_language, ("indicator rate", "title.en", "required")),
        (_unknown_dimension, ("indicator rate", "dimensions", "'ethnicity'", "origin")),
        (_unknown_category, ("table labour", "Kon", "sex '3'", "categories")),
        (_unknown_theme, ("indicator rate", "theme", "'wrok'", "expected one of work")),
        (_count_by_origin, ("indicator rate", "`subject` population", "of shares", "index")),
        (_unknown_table, ("indicator rate", "segment rams", "labor", "expected a key")),
        (_unknown_level, ("indicator rate", "segment rams", "level country", "which has county")),
        (_half_a_share, ("indicator rate", "numerator", "denominator", "both or none")),
        (_weight_without_ages, ("indicator rate", "segment rams", "ages are missing")),
        (_weight_without_population, ("indicator rate", "union weight", "'population'")),
        (_break_of_nothing, ("indicator rate", "break 2004", "sex:9", "no category")),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_problem_names_file_entry_field_and_expectation(
    tmp_path: Path, spoil: Callable[[Document], None], words: tuple[str, ...]
) -> None:
    """Whoever made the mistake finds it from the sentence alone."""
    document = small()
    spoil(document)

    sentence = only(problems(tmp_path, document))

    assert sentence.startswith("mine.yaml: ")
    for word in words:
        assert word in sentence


def test_a_bare_code_is_refused_and_told_to_stand_in_quotes(tmp_path: Path) -> None:
    """0114 is the number 76 to YAML; a code is always text."""
    document = small()
    document["categories"].append(
        {"dimension": "sex", "code": "CODE", "kind": "sex", "label": TEXT}
    )
    text = yaml.safe_dump(document).replace("CODE", "0114")

    sentence = only(problems(tmp_path, text))

    assert "got 76" in sentence
    assert "put quotes around it" in sentence


def test_a_repeated_key_is_refused_where_yaml_would_drop_one(tmp_path: Path) -> None:
    """The last of two equal keys must not win silently."""
    text = yaml.safe_dump(small()).replace("  theme: work\n", "  theme: work\n  theme: play\n")

    assert any("'theme' stands twice" in sentence for sentence in problems(tmp_path, text))


@pytest.mark.parametrize("part", ["themes", "categories", "tables", "indicators"])
def test_an_entry_that_stands_twice_is_refused(tmp_path: Path, part: str) -> None:
    """An id means one thing."""
    document = small()
    document[part].append(deepcopy(document[part][0]))

    assert any("stands 2 times" in sentence for sentence in problems(tmp_path, document))


def test_segments_may_not_overlap(tmp_path: Path) -> None:
    """A year belongs to one register and definition."""
    document = small()
    document["indicators"][0]["segments"].append(segment("bas", 2020))

    found = problems(tmp_path, document)

    assert any("rams and bas overlap in 2020" in sentence for sentence in found)


def test_a_second_segment_begins_at_a_break(tmp_path: Path) -> None:
    """Two definitions are never drawn as one line; a caution is not enough."""
    document = small()
    document["tables"][0]["years"] = {"from": 1997}
    document["indicators"][0]["segments"].append(segment("bas", 2022))
    mark = {"period": "2022", "severity": "caution", "text": TEXT}
    document["indicators"][0]["breaks"] = [mark]
    assert "none at 2022" in only(problems(tmp_path, document))

    mark["severity"] = "break"

    assert problems(tmp_path, document) == []


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Nobody mends a file one message at a time."""
    document = small()
    _unknown_category(document)
    _unknown_theme(document)
    document["themes"][0]["line"] = {"sv": "Bara svenska"}
    document["more"] = []

    found = problems(tmp_path, document)

    for word in ("'more'", "theme work: line.en", "sex '3'", "'wrok'"):
        assert any(word in sentence for sentence in found), word
    assert all(sentence.startswith("mine.yaml: ") for sentence in found)


SHAPES = ("", "- a list", "themes: {}", "a: [", "themes: 7", "? [a]\n: 1")
VALUES = ("themes: 2001-13-45", "themes: !!int zero", "themes: &all\n  - *all")


@pytest.mark.parametrize("text", [*SHAPES, *VALUES, "themes: [&one {id: *one}]"])
def test_a_file_of_another_shape_is_an_error_of_ours(tmp_path: Path, text: str) -> None:
    """Whatever the file holds, the answer is sentences and never a stack trace."""
    assert problems(tmp_path, text)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is anything else that cannot be read."""
    with pytest.raises(CatalogueError, match="cannot be read"):
        load(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is the commonest mistake."""
    with pytest.raises(CatalogueError, match=r"none\.yaml: the file does not exist"):
        load(tmp_path / "none.yaml")


def test_an_indicator_holds_one_length_of_period_and_so_does_a_table(tmp_path: Path) -> None:
    """A table cannot be read for years by one indicator and for months by another."""
    document = small()
    monthly = deepcopy(document["indicators"][0]) | {"id": "rate_monthly", "frequency": "month"}
    document["indicators"].append(monthly)

    assert only(problems(tmp_path, document)) == (
        "mine.yaml: table labour: is read for years by rate and months by rate_monthly; "
        "a table holds periods of one length"
    )


@pytest.mark.parametrize(
    ("length", "right", "wrong"),
    [("year", "2010", "2010M01"), ("quarter", "2010K1", "2010"), ("month", "2010M01", "2010K1")],
)
def test_a_break_stands_at_a_period_of_the_indicator(
    tmp_path: Path, length: str, right: str, wrong: str
) -> None:
    """Where a segment of months begins in January 2010 the series breaks at 2010M01."""
    document = small()
    (indicator,) = document["indicators"]
    indicator["frequency"] = length
    indicator["segments"] = [segment("old", 1997, 2009), segment("new", 2010, 2021)]
    for period in (right, wrong):
        indicator["breaks"] = [{"period": period, "severity": "break", "text": TEXT}]
        found = problems(tmp_path, document)
        assert bool(found) == (period == wrong)
    starts, of_length = found
    assert f"breaks: none at {right}, where segment new begins" in starts
    assert f"break {wrong}: is no {length}, expected one such as 2024" in of_length
