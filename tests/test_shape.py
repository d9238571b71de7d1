"""The measure of the code's shape, on a tree small enough to count by hand."""

import json
from pathlib import Path

import pytest

from tools.shape import Shape, import_graph, longest_chain, main, read_modules, shape

FILES = {
    "dashboard/__init__.py": '"""Panels."""\n',
    "dashboard/app.py": (
        "import etl.load\n"
        "from dashboard import text  # a module of the package\n"
        "\n"
        "def run():\n"
        '    """\n'
        "    Docstring.\n"
        '    """\n'
        "    from dashboard.parts import title\n"
        "    return title, text, etl\n"
    ),
    "dashboard/text.py": (
        'QUERY = """\nselect\n\nfrom t\n"""\n"""Docstring of QUERY."""\n_HIDDEN = 1\n'
    ),
    "dashboard/parts/__init__.py": "from dashboard.parts.title import title\n",
    "dashboard/parts/title.py": (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        "    from ..text import QUERY\n"
        "def title(): return 1\n"
    ),
    "etl/__init__.py": "",
    "etl/load.py": "LEFT, QUERY = 1, 2\nclass Title: pass\nrun: int = 3\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Folder with both packages."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_the_figures_are_those_counted_by_hand(tree: Path) -> None:
    """A docstring is no code, a text of several lines is; imports count wherever they stand."""
    assert shape(tree) == Shape(
        modules=7,
        loose_dashboard=3,
        loose_etl=2,
        single_importer=3,  # etl.load, dashboard.parts, dashboard.parts.title
        shared_names=1,  # run
        public_names=4,  # QUERY, Title, run, title
        shared_definitions=0,
        public_definitions=3,
        shared_with_unpacked=2,  # and QUERY
        public_with_unpacked=5,  # and LEFT
        longest_chain=4,
        circles=0,
        code_lines=19,
        code_lines_dashboard=16,  # app 5, text 5 + 1, parts 1, title 4
        code_lines_etl=3,
        largest_module=9,
        median_module=3,  # 0 1 1 3 4 7 9
    )
    graph = import_graph(read_modules(tree))
    names = ("dashboard.app", "dashboard.parts", "dashboard.parts.title", "dashboard.text")
    assert longest_chain(graph) == names


def test_a_circle_is_named_and_compared(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It counts with all its modules, and the chain has an end nevertheless."""
    (tree / "etl/__init__.py").write_text("from etl import load\n", encoding="utf-8")
    (tree / "etl/load.py").write_text("from etl import __version__\n", encoding="utf-8")

    main(["--root", str(tree), "--compare", str(tree), "--json"])
    assert json.loads(capsys.readouterr().out)["before"]["circles"] == 1
    main(["--root", str(tree)])
    assert "circle: etl, etl.load\n" in capsys.readouterr().out
