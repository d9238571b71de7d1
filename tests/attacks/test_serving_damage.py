"""Damaged data are told truly: never as a fault of the program, and never as "no data yet"."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from tests.attacks.serving import THIRD, get, panel, raised
from tests.dashboard.rendered import shown, text
from tests.dashboard.warehouse import FIRST, SECOND, publish

PAGES = ("/?region=0127", "/data", "/om", "/inbaddad/indikator/employment_rate?region=0127")
FILES = ("/ladda-ner/employment_rate.csv?region=0127", "/ladda-ner/katalogen.parquet",
         "/briefing.pptx?region=0127")  # fmt: skip
CSV = "/ladda-ner/employment_rate.csv?region=0127"
API = ("/api/v1/indicators", "/api/v1/observations?indicator=employment_rate&region=0127",
       "/api/v1/gaps?indicator=employment_rate&pair=SE,VXEUEES")  # fmt: skip
LIVE = ("/api/v1/versions", "/api/v1/freshness")
OFFERED = ("/fraga.json?sok=botkyrka", "/regioner.json?sok=botkyrka")
STANDS_IN = ("De senaste uppgifterna kan inte läsas just nu",
             "The latest figures cannot be read at the moment")  # fmt: skip
UNREADABLE = ("Uppgifterna kan inte läsas", "The figures cannot be read")


def overwrite(file: Path) -> None:
    """Another program's bytes from the first on."""
    file.write_bytes(b"no database" * 1000)


def blank(file: Path) -> None:
    """All but the head of the file is zeros: it opens, and its blocks have wrong checksums."""
    content = file.read_bytes()
    file.write_bytes(content[:270_000] + bytes(len(content) - 270_000))


def cut(file: Path) -> None:
    """The disk was full, or a copy was broken off."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def empty(file: Path) -> None:
    """A database without a table."""
    made = file.with_name("empty")
    duckdb.connect(made).close()
    made.replace(file)


def lose(file: Path) -> None:
    """The file is gone, and the pointer still names it."""
    file.unlink()


def forbid(file: Path) -> None:
    """What stands there cannot be read as a file at all."""
    file.unlink()
    file.mkdir()


DAMAGES = (overwrite, blank, cut, empty, lose, forbid)


def told_everywhere(
    client: FlaskClient, lost: str, shown_version: str, *, briefly: bool = False
) -> None:
    """
    Every kind of answer is whole, of the version that stands in, and says that it does.

    `briefly`: one of each kind.
    """
    pages, files, api = (kind[:1] if briefly else kind for kind in (PAGES, FILES, API))
    for path in (*pages, *LIVE, "/health"):
        assert get(client, path).status_code == 200, path
    for path in pages:
        sheet, _, search = path.partition("?")
        for lang, said in zip(("sv", "en"), STANDS_IN, strict=True):
            page = text(shown(client, sheet, f"?{search}&lang={lang}"))
            assert said in page, path
            assert f"(version {shown_version})" in page, path
    for path in (*files, *api, *OFFERED):
        answer = get(client, path)
        assert answer.status_code == 200, path
        assert answer.headers["Unreadable-Version"] == lost, path
    assert get(client, "/health").json == {
        "status": "older version", "version": shown_version, "example": False, "unreadable": lost
    }  # fmt: skip
    assert get(client, LIVE[0]).get_json()["meta"] == {"current": shown_version, "unreadable": lost}
    assert get(client, LIVE[1]).get_json()["unreadable"] == lost


def values(client: FlaskClient) -> list[str]:
    """The figures of Botkyrka as its file has them."""
    answer = get(client, CSV)
    assert answer.status_code == 200
    head, *lines = answer.text.splitlines()
    place = head.split(",").index("value")
    return [line.split(",")[place] for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_version_before_stands_in_for_a_damaged_one(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Its own figures and no others, in pages, files and API, and all say that it stands in."""
    publish(tmp_path)
    with panel(tmp_path) as client:
        before = values(client)
    damage(publish(tmp_path, version=SECOND, observations=raised(7)))
    with panel(tmp_path) as client:
        assert values(client) == before
        told_everywhere(client, SECOND, FIRST)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_while_the_version_is_open_is_no_fault_of_the_program(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """An answer is whole, of the version that was read before or of the one that stands in."""
    publish(tmp_path)
    current = publish(tmp_path, version=SECOND, observations=raised(7))
    with panel(tmp_path) as client:
        assert shown(client, "/om")
        damage(current)
        for path in (*FILES, *API, *LIVE, *OFFERED, *PAGES, "/health"):
            answer = get(client, path)
            assert answer.status_code == 200, path
            if path.startswith("/api/v1/observations"):
                first = {FIRST: 72.0, SECOND: 79.0}[answer.get_json()["meta"]["version"]] - 6.5
                assert answer.get_json()["data"][0]["value"] == first
    with panel(tmp_path) as client:
        told_everywhere(client, SECOND, FIRST, briefly=True)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("is_open", [False, True], ids=["before", "while it is open"])
def test_without_any_other_version_it_is_said_that_the_figures_cannot_be_read(
    tmp_path: Path, damage: Callable[[Path], None], is_open: bool
) -> None:
    """503 in both languages: no fault of the program, and no invitation to make example data."""
    only = publish(tmp_path)
    with panel(tmp_path) as client:
        if is_open:
            assert shown(client, "/om")
            damage(only)
            statuses = {get(client, path).status_code for path in (*FILES, *API, *PAGES)}
            assert statuses <= {200, 503}
    if not is_open:
        damage(only)
    with panel(tmp_path) as client:
        for path in (CSV, *PAGES, *FILES, *API, *LIVE, *OFFERED, "/health"):
            # What opens is found damaged when a page needs what is damaged of it.
            assert get(client, path).status_code == 503, path
        for lang, said in zip(("sv", "en"), UNREADABLE, strict=True):
            page = text(shown(client, "/jamfor", f"?lang={lang}"))
            assert said in page
            assert "etl demo" not in page
            assert said in get(client, f"{CSV}&lang={lang}").text
        assert UNREADABLE[1] in get(client, API[0]).get_json()["detail"]
        assert get(client, "/health").get_json()["status"] == "unreadable"


@pytest.mark.parametrize(
    "pointer",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 1, "file": 2, "built": 3, "example": 4}',
     json.dumps({"version": SECOND, "file": "../warehouse.duckdb", "built": "", "example": False})
     .encode(), b"[" * 100_000, None, Path()],
    ids=["empty", "broken off", "a list", "no text", "numbers", "out of the folder", "deep",
         "gone", "a folder"],
)  # fmt: skip
def test_a_damaged_or_lost_pointer_hides_no_figures(
    tmp_path: Path, pointer: bytes | Path | None
) -> None:
    """The newest version that can be read is shown, and that which one is meant is not known."""
    publish(tmp_path)
    publish(tmp_path, version=SECOND, observations=raised(7))
    file = tmp_path / "warehouse.json"
    file.unlink()
    if isinstance(pointer, Path):
        file.mkdir()
    elif pointer is not None:
        file.write_bytes(pointer)
    with panel(tmp_path) as client:
        told_everywhere(client, "warehouse.json", SECOND, briefly=True)


def test_after_a_roll_back_the_version_that_was_left_does_not_come_back(tmp_path: Path) -> None:
    """Whoever rolled back had a reason: an older version stands in, not the newer one."""
    publish(tmp_path)
    publish(tmp_path, version=THIRD, observations=raised(9))
    middle = publish(tmp_path, version=SECOND, observations=raised(7))
    overwrite(middle)
    with panel(tmp_path) as client:
        told_everywhere(client, SECOND, FIRST, briefly=True)


def test_two_damaged_versions_are_passed_over(tmp_path: Path) -> None:
    """The second is found out only while it stands in."""
    publish(tmp_path)
    middle = publish(tmp_path, version=SECOND, observations=raised(7))
    newest = publish(tmp_path, version=THIRD, observations=raised(9))
    blank(middle)
    blank(newest)
    with panel(tmp_path) as client:
        assert get(client, API[1]).get_json()["meta"]["version"] == FIRST
        told_everywhere(client, THIRD, FIRST, briefly=True)


def test_a_version_that_is_restored_is_shown_again(tmp_path: Path) -> None:
    """Without a restart: another file stands in the place of the damaged one."""
    publish(tmp_path)
    current = publish(tmp_path, version=SECOND, observations=raised(7))
    whole = current.read_bytes()
    with panel(tmp_path) as client:
        assert shown(client, "/om")
        blank(current)
        assert get(client, API[1]).get_json()["meta"]["version"] == FIRST
        copy = tmp_path / "restored"
        copy.write_bytes(whole)
        copy.replace(current)

        assert get(client, API[1]).get_json()["meta"]["version"] == SECOND
        assert get(client, "/health").json == {"status": "ok", "version": SECOND, "example": False}
        assert STANDS_IN[0] not in text(shown(client, "/om"))


@pytest.mark.parametrize("damage", [overwrite, blank])
def test_a_fixed_link_to_a_damaged_version_says_that_it_cannot_be_read(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """503 and not 410, for its file may come back; other links answer as before."""
    older = publish(tmp_path)
    publish(tmp_path, version=SECOND, observations=raised(7))
    damage(older)
    with panel(tmp_path) as client:
        for path in ("/indikator/employment_rate?region=0127", CSV, API[1]):
            assert get(client, f"{path}&version={FIRST}").status_code == 503, path
            answer = get(client, path)
            assert answer.status_code == 200
            assert "Unreadable-Version" not in answer.headers
        page = text(shown(client, "/indikator/employment_rate", f"?region=0127&version={FIRST}"))
        assert UNREADABLE[0] in page


def test_what_changed_since_a_damaged_version_is_no_fault_of_the_program(tmp_path: Path) -> None:
    """A comparison reads two files; the day is answered by what can be read, or 503."""
    older = publish(tmp_path)
    publish(tmp_path, version=SECOND, observations=raised(7))
    blank(older)
    with panel(tmp_path) as client:
        for path in ("/data?region=0127&sedan=2026-11-21",
                     "/ladda-ner/andringar.csv?region=0127&sedan=2026-11-21",
                     "/api/v1/changes?since=2026-11-21&region=0127"):  # fmt: skip
            answer = get(client, path)
            assert answer.status_code in {200, 410, 503}, path
            assert answer.status_code != 503 or any(said in answer.text for said in UNREADABLE)
