"""Every word of the interface is said somewhere."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import yaml

from dashboard.text import terms
from tests.source import ROOT

FEWEST = 3  # letters that a key made of parts has in the source
# Those of `content.count_sentence`, and those of periods in `format.term_by_length`.
FORM = re.compile(r"_(none_alone|none|one|of|alone|empty|quarter|month)$")


def texts() -> Iterator[ast.Constant | ast.JoinedStr]:
    """The texts of the dashboard's code, whole and put together, but for the terms themselves."""
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr | ast.Constant):
                yield node


def shape(text: ast.JoinedStr) -> str:
    """What a text that is put together looks like, as a regular expression."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
        for part in text.values
    )


def test_every_term_is_said_somewhere() -> None:
    """A term that no code asks for is translated and kept for nobody."""
    found = list(texts())
    whole = {one.value for one in found if isinstance(one, ast.Constant)}
    shapes = {shape(one) for one in found if isinstance(one, ast.JoinedStr)}
    made = re.compile("|".join(one for one in shapes if len(re.sub(r"\\.|\W", "", one)) >= FEWEST))

    def said(key: str) -> bool:
        return key in whole or made.fullmatch(key) is not None

    assert [key for key in terms() if not said(key) and not said(FORM.sub("", key))] == []


def test_no_term_stands_twice() -> None:
    """YAML keeps the last of two equal keys in silence: a reader would get the wrong words."""
    keys: Counter[str] = Counter()
    for path in (ROOT / "dashboard" / "text").glob("*.yaml"):
        document = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert isinstance(document, yaml.MappingNode)
        keys.update(key.value for key, _ in document.value)

    assert [key for key, count in keys.items() if count > 1] == []
    assert keys.keys() == terms().keys()
