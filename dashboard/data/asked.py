"""
What readers call things, as `data/questions.yaml` tells: the words of the question box.

Knows the shape of the file. Names, titles and synonyms are in the catalogue and the warehouse.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import orjson
import yaml
from pydantic import Field

from dashboard.codes import AddressLevel, ViewName
from etl.catalogue import Spec, Text

QUESTION_WORDS = Path(__file__).parents[2] / "data" / "questions.yaml"
Role = Literal[
    "versus", "since", "until", "own_county", "own_municipality", "similar", "group", "by"
]


class AskedFor(Spec):
    """
    What some words mean: regions, groups, indicators, a view, a page, or a role in the question.

    `told` is how what there is differs from what is asked for; an entry with nothing else is of
    what the panel does not have. `several`: all the codes together, and not the first that exists.
    """

    words: tuple[str, ...] = Field(min_length=1)
    regions: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    backgrounds: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    educations: tuple[str, ...] = ()
    several: bool = False
    indicators: tuple[str, ...] = ()
    view: ViewName | None = None
    level: AddressLevel | None = None
    path: str = ""
    collection: str = ""
    theme: str = ""
    role: Role | None = None
    kind: str = ""
    told: Text | None = None

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The codes by dimension, of the dimensions that the words say something of."""
        codes = {
            "background": self.backgrounds,
            "sex": self.sexes,
            "age": self.ages,
            "education": self.educations,
        }
        return {dimension: found for dimension, found in codes.items() if found}


class QuestionWords(Spec):
    """
    The whole file.

    `idle`: words that say nothing of what is asked for. `leading`: ids of the indicators that
    stand for all of them where a question names none.
    """

    idle: tuple[str, ...]
    asked: tuple[AskedFor, ...]
    leading: tuple[str, ...]


@cache
def question_words() -> QuestionWords:
    """The words of the file, read once."""
    document: Any = yaml.load(QUESTION_WORDS.read_bytes(), Loader=yaml.CSafeLoader)
    return QuestionWords.model_validate_json(orjson.dumps(document))  # its lists become tuples
