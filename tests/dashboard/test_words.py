"""`python -m dashboard words`: every pattern in one list, with what fills it."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.__main__ import panel_commands
from dashboard.pages.about import METHOD_TEXTS
from dashboard.text import terms
from dashboard.words import blanks_of, patterns

RUN = CliRunner()


@pytest.fixture(scope="module")
def listed() -> str:
    """What the command prints."""
    answer = RUN.invoke(panel_commands, ["words"])
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_every_pattern_stands_in_the_list_in_both_languages(listed: str) -> None:
    """None is left out, none stands twice."""
    keys = re.findall(r"^## (\S+)$", listed, re.MULTILINE)

    assert keys == [*terms(), *(f"method_{key}" for key in METHOD_TEXTS)]
    for key, words in terms().items():
        assert f"## {key}\n\n- sv: {words.sv}\n" in listed
        assert f"- en: {words.en}\n" in listed


def test_every_pattern_tells_where_it_is_said_and_what_fills_it(listed: str) -> None:
    """A pattern that no function names is one that nobody says."""
    found = patterns()
    assert [one.key for one in found if not one.uses] == []
    (level,) = [one for one in found if one.key == "level_share"]

    assert level.uses == ("dashboard.sentences.figures._level",)
    assert level.blanks["where"] == ("wording.locative(observation.region)",)
    assert list(level.blanks) == blanks_of(level.text.sv)
    assert "- {where}: `wording.locative(observation.region)`" in listed


def test_with_data_patterns_have_a_sentence_that_they_made(example_data: Path) -> None:
    """How a region stands to another, as its pages say it."""
    answer = RUN.invoke(panel_commands, ["words", "--data", str(example_data)])

    assert answer.exit_code == 0, answer.output
    (section,) = re.findall(r"^## differs$(.*?)^## ", answer.stdout, re.MULTILINE | re.DOTALL)
    assert re.search(r"as in: Det var \d.* än i .*, där .* var \d.*\.", section)
    assert re.search(r"as in: This was \d.* than in .*, where .* was \d.*\.", section)


def test_wrong_use_says_what_is_wrong(tmp_path: Path) -> None:
    """No data, and a region that nobody knows."""
    assert RUN.invoke(panel_commands, ["words", "--data", str(tmp_path)]).exit_code == 4
