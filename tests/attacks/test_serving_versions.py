"""One answer, one version: whatever is published while it is made."""

import io
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import orjson
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.data.versions import Shelf
from dashboard.panels.briefing import briefing_content
from dashboard.server import downloads
from tests.attacks.serving import CALLBACK, get, panel, raised
from tests.dashboard.rendered import question, shown, text
from tests.dashboard.warehouse import FIRST, SECOND, publish

RATE = "employment_rate"
VERSION = re.compile(rb"\d{8}T\d{6}Z-[0-9a-f]{8}")
MARK = re.compile(rb'"mark":"[0-9a-f]{16}"')
SHELLS = ("/om", f"/inbaddad/indikator/{RATE}?region=0126")
CALLBACKS = (("/", "?region=0127"), (f"/indikator/{RATE}", "?region=0127&vy=tabell"),
             (f"/indikator/{RATE}", "?region=01&vy=jamfor&lang=en"))  # fmt: skip
UNNAMED = SHELLS[1:]  # in the frame of another site
API = (f"/api/v1/observations?indicator={RATE}&region=0127", "/api/v1/indicators",
       f"/api/v1/gaps?indicator={RATE}&pair=SE,VXEUEES", "/api/v1/freshness",
       "/api/v1/observations?indicator=population&format=csv")  # fmt: skip
FILES = (f"/ladda-ner/{RATE}.csv?region=0127", f"/ladda-ner/{RATE}.json?region=0127",
         f"/ladda-ner/{RATE}.parquet?omfang=allt", f"/ladda-ner/{RATE}.xlsx?region=0127",
         "/briefing.pptx?region=0127&indikatorer=employment_rate")  # fmt: skip
SWAPS, REQUESTS, READERS, KEPT = 50, 10_000, 4, 5


def address(path: str) -> Callable[[FlaskClient], TestResponse]:
    """What asks for an address."""
    return lambda client: get(client, path)


def callback(path: str, search: str) -> Callable[[FlaskClient], TestResponse]:
    """What asks for a page as a browser does that shows none."""
    return lambda client: client.post(CALLBACK, json=question(path, search))


ASKED: Mapping[str, Callable[[FlaskClient], TestResponse]] = {
    **{path: address(path) for path in (*SHELLS, *API, *FILES)},
    **{f"callback {path}{search}": callback(path, search) for path, search in CALLBACKS},
}


def said(answer: TestResponse) -> bytes:
    """All that an answer says, of a package all that is in it; the headers that name it first."""
    name = answer.headers.get("Content-Disposition", "").encode()
    content = answer.data
    if content.startswith(b"PK"):
        content = b"\n".join(unpacked(content))
    if content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        content = table.schema.metadata[b"version"] + table.to_pandas().to_csv().encode()
    return name + b"\n" + MARK.sub(b"", content)


def unpacked(content: bytes) -> list[bytes]:
    """The parts of a package, and those of the workbooks in it."""
    with ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name) for name in sorted(package.namelist())]
    return [b"\n".join(unpacked(one)) if one.startswith(b"PK") else one for one in parts]


def read(answer: TestResponse) -> tuple[set[bytes], bytes]:
    """Which versions an answer names, and the rest of what it says."""
    content = said(answer)
    rest = VERSION.sub(b"VERSION", content)
    # A workbook says when it was made.
    return set(VERSION.findall(content)), re.sub(rb"<dcterms:\w+[^>]*>[^<]*<", b"", rest)


def point(data: Path, version: str, content: bytes) -> None:
    """Publish a file under a version and keep the newest few, as the pipeline does."""
    file = data / f"warehouse-{version}.duckdb"
    file.write_bytes(content)
    said = {"version": version, "file": file.name, "built": "2026-11-21T08:15:00Z"}
    draft = data / "warehouse.json.draft"
    draft.write_bytes(orjson.dumps(said | {"example": False}))
    draft.replace(data / "warehouse.json")
    for old in sorted(data.glob("warehouse-*.duckdb"))[:-KEPT]:
        old.unlink()


def quiet(folder: Path, content: bytes) -> dict[str, bytes]:
    """What each question is answered by a panel whose data stand still."""
    folder.mkdir()
    point(folder, FIRST, content)
    with panel(folder) as client:
        return {name: read(ask(client))[1] for name, ask in ASKED.items()}


@pytest.mark.slow
@pytest.mark.timeout(3000)  # seconds of a busy machine
def test_ten_thousand_answers_during_fifty_swaps_are_each_of_the_version_that_they_name(
    tmp_path: Path,
) -> None:
    """Every second version has other figures throughout; no answer fails, none mixes two."""
    contents = [publish(tmp_path / "a").read_bytes(),
                publish(tmp_path / "b", observations=raised(7)).read_bytes()]  # fmt: skip
    expected = [quiet(tmp_path / f"quiet{n}", content) for n, content in enumerate(contents)]
    differing = [name for name in ASKED if expected[0][name] != expected[1][name]]
    versions = [f"20261121T08{n // 60:02d}{n % 60:02d}Z-{n:08x}" for n in range(SWAPS + 1)]
    which = {version.encode(): n % 2 for n, version in enumerate(versions)}
    data = tmp_path / "data"
    data.mkdir()
    point(data, versions[0], contents[0])
    wrong: Counter[str] = Counter()
    asked: Counter[bytes] = Counter()
    tags: dict[tuple[str, str], bytes] = {}
    swapping = threading.Lock()
    published = iter(range(1, SWAPS + 1))
    names = list(ASKED)

    def one(client: FlaskClient, number: int) -> None:
        if number % (REQUESTS // SWAPS) == REQUESTS // SWAPS // 2:
            with swapping:
                place = next(published)
                point(data, versions[place], contents[place % 2])
        name = names[number % len(names)]
        answer = ASKED[name](client)
        named, rest = read(answer)
        if answer.status_code != 200:
            wrong[f"{answer.status_code} {name}"] += 1
        elif len(named) > 1 or (not named and name not in UNNAMED):
            wrong[f"names {len(named)} versions: {name}"] += 1
        elif not named and rest not in {one[name] for one in expected}:
            wrong[f"of neither: {name}"] += 1
        elif named and rest != expected[which[min(named)]][name]:
            wrong[f"mixed: {name}"] += 1
        tag = answer.headers.get("ETag", "")
        if named and tag and tags.setdefault((name, tag), min(named)) != min(named):
            wrong[f"a tag of two versions: {name}"] += 1
        asked.update(named)

    with panel(data) as client:
        application: Any = client.application

        def reader(start: int) -> None:
            own = application.test_client()
            for number in range(start, REQUESTS, READERS):
                one(own, number)

        with ThreadPoolExecutor(READERS) as pool:
            list(pool.map(reader, range(READERS)))

    assert wrong == {}
    assert next(published, None) is None
    assert len(asked) > SWAPS // 2  # the versions were read, not only published
    assert set(ASKED) - set(differing) == {SHELLS[0], API[1], API[3]}  # which hold no figures


def swap_after(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    """From now on another version is published whenever the program has asked which is newest."""
    newest = Shelf.newest
    turns = iter([SECOND, FIRST] * 50)

    def swapped(shelf: Shelf) -> str:
        answer = newest(shelf)
        version = next(turns)
        publish(data, version=version, observations=raised(7) if version == SECOND else None)
        return answer

    monkeypatch.setattr(Shelf, "newest", swapped)


@pytest.mark.parametrize("path", [*FILES[:3], *API[:1]])
def test_a_tag_never_names_another_version_than_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Who has a file of one version is never told by 304 that it is the other one."""
    tagged = {}
    for folder, version, by in (("a", FIRST, 0), ("b", SECOND, 7)):
        publish(tmp_path / folder, version=version, observations=raised(by))
        with panel(tmp_path / folder) as client:
            answer = get(client, path)
            tagged[answer.headers["ETag"]] = read(answer)[1]
    publish(tmp_path)
    with panel(tmp_path) as client:
        swap_after(monkeypatch, tmp_path)
        for _ in range(6):
            answer = get(client, path)
            assert answer.status_code == 200
            assert read(answer)[1] == tagged[answer.headers["ETag"]]


def test_the_status_of_a_page_is_that_of_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that goes while its page is made: 200 with its figures, or 410 without any."""
    older = publish(tmp_path)
    publish(tmp_path, version=SECOND, observations=raised(7))
    newest = Shelf.newest

    def gone(shelf: Shelf) -> str:
        older.unlink(missing_ok=True)
        return newest(shelf)

    with panel(tmp_path) as client:
        monkeypatch.setattr(Shelf, "newest", gone)
        answer = get(client, f"/indikator/{RATE}?region=0127&version={FIRST}")
        assert answer.status_code == (200 if b'"type":"Graph"' in answer.data else 410)


def test_slides_are_of_the_version_that_their_name_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published while they are made: name, foot and figures are still of one version."""
    publish(tmp_path)
    made = briefing_content

    def swapped(visit: Any) -> Any:
        publish(tmp_path, version=SECOND, observations=raised(7))
        return made(visit)

    monkeypatch.setattr(downloads, "briefing_content", swapped)
    with panel(tmp_path) as client:
        answer = get(client, "/briefing.pptx?region=0127&indikatorer=employment_rate")
        content = said(answer)
        assert set(VERSION.findall(content)) == {FIRST.encode()}
        assert b"70,7 procent" in content
        assert b"77,7" not in content


def test_the_address_that_is_printed_names_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chromium is sent to the version of the name and the foot, whatever is current by then."""
    publish(tmp_path)
    with panel(tmp_path) as client:
        printer = client.application.extensions["printer"]
        printer._named = "true"  # any program: nothing is started
        sent: list[str] = []

        def pdf(address: str, *, footer: str, most: int) -> bytes:
            assert FIRST in footer
            publish(tmp_path, version=SECOND, observations=raised(7))
            sent.append(address)
            return b""

        monkeypatch.setattr(printer, "pdf", pdf)
        answer = get(client, "/briefing.pdf?region=0127&indikatorer=employment_rate")
        assert FIRST in answer.headers["Content-Disposition"]
        sheet, _, search = sent[0].partition("?")
        page = text(shown(client, sheet, f"?{search}"))
        assert FIRST in page
        assert "70,7 procent" in page
        assert "77,7" not in page
