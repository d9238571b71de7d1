"""The questions whose growth is measured are those that pages ask, and as they ask them."""

from functools import partial
from inspect import signature
from typing import cast

import pytest

from tests.benchmarks.questions import questions


@pytest.mark.parametrize("name", questions())
def test_a_measured_question_can_be_asked(name: str) -> None:
    """The measurement takes minutes and is seldom made: what it would trip over is told here."""
    question = cast("partial[object]", questions()[name])

    signature(question.func).bind("warehouse", *question.args, **question.keywords)
