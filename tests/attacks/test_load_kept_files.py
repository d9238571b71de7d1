"""Large files are made once, lie on disk as they are sent, and are never another's."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data import kept
from dashboard.data.context import opened
from dashboard.data.settings import SettingsError, settings
from dashboard.exports import delimited, formats
from dashboard.exports.extract import Extract
from dashboard.exports.formats import FORMATS
from dashboard.server.app import create_app
from tests.dashboard.data.test_kept import full_disk
from tests.dashboard.warehouse import CATALOGUE, publish

WHOLE = "/ladda-ner/employment_rate.csv?omfang=allt"
Panel = Callable[..., FlaskClient]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The versions of the CSV files that were written; every file counts as large."""
    versions: list[str] = []

    def write(extract: Extract) -> Iterator[bytes]:
        versions.append(extract.meta.version)
        yield from delimited.write(extract)

    monkeypatch.setattr(kept, "_LARGE", 10)
    known = {
        name: replace(one, write=write) if name == "csv" else one for name, one in FORMATS.items()
    }
    monkeypatch.setattr(formats, "FORMATS", known)
    return versions


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def panel(data: Path, cache: Path) -> Panel:
    """Makes the panel as one process sees it, with other settings where they are given."""

    def one(**given: Any) -> FlaskClient:
        chosen = settings(**{"cache": str(cache), **given})
        client: FlaskClient = create_app(
            opened(data, CATALOGUE, settings=chosen)
        ).server.test_client()
        return client

    return one


def files(cache: Path) -> list[Path]:
    """The large files that are kept."""
    return sorted(cache.rglob("*.file"))


def test_a_large_file_is_made_once_for_all_processes(
    panel: Panel, cache: Path, made: list[str]
) -> None:
    """Another worker sends the same bytes under the same headers, and makes nothing."""
    first, second = panel().get(WHOLE), panel().get(WHOLE)

    assert len(made) == 1
    assert first.data == second.data == panel(cache="").get(WHOLE).data
    for answer in (first, second):
        del answer.headers["X-Request-ID"]
    assert first.headers == second.headers
    (file,) = files(cache)
    assert file.read_bytes() == first.data, "as it is sent: a server before the panel may send it"


def test_other_questions_formats_and_versions_have_files_of_their_own(
    data: Path, panel: Panel, cache: Path, made: list[str]
) -> None:
    """What is published anew is never answered with what was kept of before."""
    reader = panel()
    words = {reader.get(WHOLE).data, reader.get(f"{WHOLE}&flavour=excel").data}
    publish(data, version="20261201T081500Z-2b3c4d5e")
    after = reader.get(WHOLE)

    assert len(words) == 2
    assert made == ["20261121T081500Z-1a2b3c4d", "20261201T081500Z-2b3c4d5e"]
    assert "20261201T081500Z-2b3c4d5e" in after.headers["Content-Disposition"]
    assert len(files(cache)) == 3


def test_who_has_the_file_is_told_so(panel: Panel, made: list[str]) -> None:
    """304, as it is without a folder."""
    reader = panel()
    tag = reader.get(WHOLE).headers["ETag"]
    again = reader.get(WHOLE, headers={"If-None-Match": tag})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert len(made) == 1


@pytest.mark.parametrize("damage", ["cut", "changed", "about", "gone"])
def test_a_damaged_file_is_made_anew(
    panel: Panel, cache: Path, made: list[str], damage: str
) -> None:
    """Nobody gets half a file, or one in which a digit is another."""
    reader = panel()
    right = reader.get(WHOLE).data
    (file,) = files(cache)
    if damage == "cut":
        file.write_bytes(right[:-1])
    elif damage == "changed":
        file.write_bytes(right[:-20] + bytes(20))
    else:
        file.with_suffix(".about").unlink() if damage == "gone" else file.with_suffix(
            ".about"
        ).write_text("{}")

    assert reader.get(WHOLE).data == right
    assert panel().get(WHOLE).data == right
    assert len(made) == 2


def test_on_a_full_disk_a_file_is_sent_as_it_is_made(
    panel: Panel, cache: Path, made: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Whole, from what was written already and the rest; no half file is left."""
    right = panel(cache="").get(WHOLE).data
    reader = panel()
    with full_disk(free=100):
        found = reader.get(WHOLE).data

    assert found == right
    assert [path for path in cache.rglob("*") if path.is_file()] == []
    assert "nothing can be kept" in caplog.text
    assert reader.get(WHOLE).data == right
    assert len(files(cache)) == 1


def test_what_is_larger_than_the_folder_may_be_is_sent_as_it_is_made(
    panel: Panel, cache: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, and nothing of it is left in the folder."""
    monkeypatch.setattr(kept, "_LARGEST", 0.0001)  # of a megabyte: less than the file

    assert panel(cache_mb="1").get(WHOLE).data == panel(cache="").get(WHOLE).data
    assert files(cache) == []


@pytest.mark.parametrize("failure", [ValueError("no figures"), OSError("no figures")])
def test_a_file_that_fails_while_it_is_made_leaves_nothing(cache: Path, failure: Exception) -> None:
    """It is never taken for a file that has come to its end; the next reader gets it whole."""
    some = kept.KeptFiles(cache, "one", 100_000_000)

    def fails() -> Iterator[bytes]:
        yield bytes(2_000_000)
        raise failure

    with pytest.raises(type(failure), match="no figures"):
        some.keep_file(("key",), fails(), {})
    assert [path for path in cache.rglob("*") if path.is_file()] == []
    after = some.keep_file(("key",), iter([bytes(2_000_000)]), {})
    assert isinstance(after, kept.KeptFile)
    assert b"".join(after.blocks()) == bytes(2_000_000)


def test_the_server_before_the_panel_is_told_which_file_to_send(
    panel: Panel, cache: Path, made: list[str]
) -> None:
    """No body, the headers of the file, and its place there; only where the setting names one."""
    told, plain = panel(accel="/kept/").get(WHOLE), panel().get(WHOLE)
    place = told.headers["X-Accel-Redirect"]

    assert told.data == b""
    assert (cache / place.removeprefix("/kept/")).read_bytes() == plain.data
    for name in ("Content-Type", "Content-Disposition", "ETag", "Cache-Control"):
        assert told.headers[name] == plain.headers[name]
    assert "X-Accel-Redirect" not in plain.headers


@pytest.mark.parametrize("wrong", ["kept", "/kept", "/../", "/a b/", "//"])
def test_a_place_that_is_none_is_told_at_the_start(wrong: str) -> None:
    """With what was expected."""
    with pytest.raises(SettingsError, match="expected a path between slashes"):
        settings(cache="somewhere", accel=wrong)


def test_a_place_without_a_folder_is_told_at_the_start() -> None:
    """There would be nothing in it."""
    with pytest.raises(SettingsError, match="give cache"):
        settings(accel="/kept/")
