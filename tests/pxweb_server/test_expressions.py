"""Selection expressions, against the cases of the real server's own tests."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pxweb_server import expressions

CASES_IN_SOURCE = 93


def cases(shared: Path, kind: str) -> list[dict[str, Any]]:
    """The recorded cases of one kind of question."""
    path = shared / "scb/spec/server/selection_expression_cases.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["cases"]
    assert len(listed) == CASES_IN_SOURCE
    return [case for case in listed if case["kind"] == kind]


def test_every_kind_of_question_in_the_source_is_asked(shared: Path) -> None:
    """The 93 cases fall into the three kinds tested here, and no other."""
    asked = [len(cases(shared, kind)) for kind in ("recognised", "syntax", "expand")]
    assert sum(asked) == CASES_IN_SOURCE
    assert all(asked)


def test_an_expression_is_recognised_as_the_real_server_recognises_it(shared: Path) -> None:
    """A text belongs to a kind of expression exactly where the real server says so."""
    for case in cases(shared, "recognised"):
        found = expressions.recognised(case["expression_type"], case["input"])
        assert found == case["recognised"], case


def test_an_expression_is_well_written_where_the_real_server_accepts_it(shared: Path) -> None:
    """The syntax is the real server's, to the letter."""
    for case in cases(shared, "syntax"):
        found = expressions.well_written(case["expression_type"], case["input"])
        assert found == case["valid"], case


def test_an_expression_means_the_codes_that_the_real_server_selects(shared: Path) -> None:
    """Counts, chosen codes and refusals are the real server's; what was selected stays selected."""
    for case in cases(shared, "expand"):
        kind, text, codes = case["expression_type"], case["input"], case["codes"]
        selected = list(case["already_selected"])
        try:
            added = expressions.expanded(kind, text, codes, is_time=case["is_time"])
        except LookupError:
            assert case["accepted"] is False or case["resulting_count"] is None, case
            added = []
        else:
            assert case["accepted"] is not False, case
            assert case["resulting_count"] is not None, case
        selected += [code for code in added if code not in selected]
        if case["resulting_count"] is not None:
            assert len(selected) == case["resulting_count"], case
        for at, code in case["resulting_values_at"].items():
            assert selected[int(at)] == code, case


@pytest.mark.parametrize(
    ("text", "kind"),
    [("0180", None), ("12*", "wildcard"), ("?1", "questionmark"), ("To(2)", "to"), ("1+2", None)],
)
def test_a_plain_code_is_no_expression(text: str, kind: str | None) -> None:
    """What looks like no expression is a code, whatever signs are in it."""
    assert expressions.kind_of(text) == kind


def test_at_most_two_stars_and_only_at_the_ends() -> None:
    """`*4*`, `4*`, `*4` and `*` are wildcards; a star inside is illegal."""
    written = {
        text: expressions.well_written("wildcard", text) for text in ("*", "4*", "*4", "*4*")
    }
    assert all(written.values()), written
    assert not expressions.well_written("wildcard", "4*4")
    assert not expressions.well_written("wildcard", "*4*4*")


def test_the_latest_periods_come_back_in_the_order_of_time() -> None:
    """TOP on time is the latest n, ascending; BOTTOM on time the oldest."""
    years = ["2019", "2020", "2021", "2022"]
    assert expressions.expanded("top", "TOP(2)", years, is_time=True) == ["2021", "2022"]
    assert expressions.expanded("bottom", "BOTTOM(2)", years, is_time=True) == ["2019", "2020"]
    assert expressions.expanded("top", "TOP(2)", years, is_time=False) == ["2019", "2020"]
