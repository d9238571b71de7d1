"""Versions, pins, the README and what a committed file may name."""

import re
import subprocess
import tomllib

import pytest

import etl
from tests.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = (
    "validate",
    "resolve",
    "fetch",
    "build",
    "run",
    "demo",
    "status",
    "path",
    "use",
    "trace",
)
# Package registries, and folders that exist on one machine only.
ELSEWHERE = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|anaconda\.org"
    r"|(?:extra-)?index[-]url\b|--find[-]links\b"
    r"|(?<![\w.:/-])/(?:root|home|Users|work)/\w"
)


def normalised(requirement: str) -> str:
    """Name of the package in a requirement, as registries compare names."""
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_version_is_the_same_everywhere() -> None:
    """The user agent, the page and the package name one version."""
    assert PROJECT["version"] == etl.__version__
    assert f"## [{etl.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_is_pinned_to_one_version_and_no_place() -> None:
    """Everybody installs the same versions, from wherever they install packages."""
    extras = PROJECT["optional-dependencies"]
    asked = {normalised(one) for one in [*PROJECT["dependencies"], *extras["test"], *extras["dev"]]}

    assert asked - {normalised(pin) for pin in PINS} == {PROJECT["name"]}
    assert [pin for pin in PINS if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def test_the_readme_says_of_every_dependency_what_it_is_for() -> None:
    """Nothing is installed that nobody explains, and nothing explained that is gone."""
    extras = PROJECT["optional-dependencies"]
    part = {"": PROJECT["dependencies"], "tests": extras["test"], "development": extras["dev"]}
    table = README.split("## Dependencies")[1].split("|---|---|")[1]
    rows = re.findall(r"^\| (?:\*(\w+):\* )?([\w ,-]+) \|", table, re.MULTILINE)

    told = {(kind, normalised(name)) for kind, names in rows for name in names.split(", ")}
    asked = {(kind, normalised(one)) for kind, every in part.items() for one in every}
    assert told == asked - {("development", PROJECT["name"])}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    """Whoever runs the pipeline finds each command in one place."""
    assert re.search(rf"python -m etl {command}\b", README)


def test_the_readme_names_the_commands_of_the_panel() -> None:
    """Serving and printing are found in the same place."""
    assert re.search(r"^python -m dashboard +\[--data DIR\]", README, re.MULTILINE)
    assert re.search(r"^python -m dashboard briefing\b.*--county", README, re.MULTILINE)


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
def test_the_readme_names_every_make_target(target: str) -> None:
    """What make can do is written down."""
    assert re.search(rf"`make {target}\b", README)


def test_committed_files_name_no_registry_and_no_folder_of_one_machine() -> None:
    """A clone works elsewhere."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    found: list[str] = []
    for name in filter(None, listed.stdout.decode().split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            hits = ELSEWHERE.findall(content.decode("utf-8", errors="replace"))
            found += [f"{name}: {hit}" for hit in hits]

    assert found == []
