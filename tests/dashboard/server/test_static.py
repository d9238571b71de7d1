import gzip
import json
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from dashboard.data.kept import KeptFiles
from dashboard.server import static
from dashboard.server.static import BUILT, PLOTLY, bundles, pack_bundles
from tests.dashboard.warehouse import ROOT

YEAR = 31_536_000


def twin(suffix: str) -> bytes:
    """The bytes of plotly.min.js, .br or .gz as committed."""
    return BUILT.with_name(BUILT.name + suffix).read_bytes()


def addresses(client: FlaskClient, path: str) -> list[str]:
    """What the shell of a page loads, in order."""
    return re.findall(r'(?:src|href)="(/[^"]+)"', client.get(path).text)


def test_our_plotly_is_the_version_that_python_writes_figures_for() -> None:
    """A figure never uses what the browser's script does not know."""
    wanted = json.loads((ROOT / "tools/plotly/package.json").read_bytes())["dependencies"]
    head = r"//# allFunctionsCalledOnLoad\n/\*\*\n\* plotly\.js v([\d.]+) "
    named = re.match(head, twin("").decode())

    assert named is not None
    assert named[1] == get_plotlyjs_version() == wanted["plotly.js"]
    assert len(twin("")) < 0.3 * len(get_plotlyjs().encode())


def test_the_compressed_twins_hold_the_same_script() -> None:
    """Every browser runs the same code, whatever it can unpack."""
    assert brotli.decompress(twin(".br")) == twin("")
    assert gzip.decompress(twin(".gz")) == twin("")


def test_a_map_needs_no_outlines_from_elsewhere() -> None:
    """The empty outlines are part of the script, so that none is asked for."""
    assert b"PlotlyGeoAssets={topojson:{world_110m:" in twin("")


@pytest.mark.parametrize(
    ("accepted", "encoding", "suffix"),
    [
        ("gzip, deflate, br, zstd", "br", ".br"),
        ("gzip;q=1.0, br;q=0.1", "br", ".br"),
        ("gzip", "gzip", ".gz"),
        ("br;q=0, gzip", "gzip", ".gz"),
        ("identity", None, ""),
        ("br;q=0, gzip;q=0", None, ""),
        ("", None, ""),
    ],
)
def test_plotly_comes_as_the_browser_can_read_it(
    client: FlaskClient, accepted: str, encoding: str | None, suffix: str
) -> None:
    """Under the address that Dash asks for: Brotli, else gzip, else the plain script."""
    with client.get(PLOTLY, headers={"Accept-Encoding": accepted}) as answer:
        assert answer.data == twin(suffix)
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.mimetype == "text/javascript"


def test_a_browser_that_has_plotly_is_told_so(client: FlaskClient) -> None:
    """304 to the tag of the same encoding, and the whole script to that of another."""
    with client.get(PLOTLY, headers={"Accept-Encoding": "br"}) as first:
        known = {"If-None-Match": first.headers["ETag"]}
        assert first.cache_control.max_age == 600
    with client.get(PLOTLY, headers={"Accept-Encoding": "br", **known}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get(PLOTLY, headers={"Accept-Encoding": "gzip", **known}) as other:
        assert other.status_code == 200


def test_what_changes_its_address_keeps_for_a_year(client: FlaskClient) -> None:
    """Every script and style sheet of the shell is asked for once: a second visit has them."""
    found = [one for one in addresses(client, "/indikator/employment_rate") if "." in one]
    assert len(found) == 4  # the icon, the style sheets, plotly.js, all other scripts
    for address in found:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert answer.cache_control.max_age == YEAR
            assert answer.cache_control.immutable


@pytest.mark.parametrize(
    "path", ["/assets/style.css", "/_dash-component-suites/dash/dcc/async-graph.js"]
)
def test_what_keeps_its_address_is_soon_asked_for_again(client: FlaskClient, path: str) -> None:
    """Ten minutes, then a question by tag, answered with 304, compressed or not."""
    for accepted in ("br", "gzip", "identity"):
        headers = {"Accept-Encoding": accepted}
        with client.get(path, headers=headers) as first:
            assert first.cache_control.max_age == 600
            assert not first.cache_control.immutable
            headers["If-None-Match"] = first.headers["ETag"]
        with client.get(path, headers=headers) as again:
            assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("suffix", ["css", "js"])
def test_content_that_the_address_does_not_name_is_not_kept_for_good(
    client: FlaskClient, suffix: str
) -> None:
    """A page of the next release, answered by a replica of this one, is mended soon."""
    with client.get(f"/panel.{suffix}?m=0123456789abcdef") as answer:
        assert answer.status_code == 200
        assert answer.cache_control.max_age == 600
        assert not answer.cache_control.immutable


def test_an_asset_that_is_not_there_is_not_kept(client: FlaskClient) -> None:
    """A file that comes later is found."""
    with client.get("/assets/nothing.css?m=1") as answer:
        assert answer.status_code == 404
        assert answer.cache_control.max_age is None


def test_only_a_page_with_a_chart_fetches_plotly_early(client: FlaskClient) -> None:
    """Nobody pays for a chart that is not drawn."""
    fetched = re.compile(rf'<script async src="{PLOTLY}\?m=\w+">')

    assert fetched.search(client.get("/indikator/employment_rate?region=0127").text)
    assert not fetched.search(client.get("/nowhere").text)


def test_no_page_loads_what_none_uses(client: FlaskClient) -> None:
    """
    One script holds React, Dash's renderer and ours, and no more.

    Dash's own components, those of Bootstrap, its tables and its polyfills are 1.5 MB that no page
    needs.
    """
    (address,) = [one for one in addresses(client, "/") if one.startswith("/panel.js")]
    with client.get(address) as answer:
        script = answer.data.decode()

    for held in ("react.production.min.js", "DashRenderer", "integrationspanelen"):
        assert held in script
    assert len(script) < 500_000
    assert "dash_table" not in script.replace("window.dash_table", "")


@pytest.mark.parametrize("suffix", ["css", "js"])
def test_what_is_sent_is_ours_without_remarks_and_indentation(
    client: FlaskClient, suffix: str
) -> None:
    """Each rule and statement once, in its order; what only readers of the code need stays here."""
    with client.get(f"/panel.{suffix}") as answer:
        sent = answer.data.decode()
    remarks = r"/\*.*?\*/" if suffix == "css" else r"(?m)^\s*//.*$"
    for file in sorted((ROOT / "assets").glob(f"*.{suffix}")):
        text = re.sub(remarks, "", file.read_text(), flags=re.DOTALL if suffix == "css" else 0)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert "\n".join(lines) in "\n".join(
            line.strip() for line in sent.splitlines() if line.strip()
        )
        assert not re.search(r"`[^`\n]*\n[^`]*`", re.sub(r"`[^`\n]*`", "", file.read_text()))
    assert "\n  " not in sent or suffix == "js"
    assert "/* " not in sent or suffix == "js"


def test_what_is_sent_together_is_as_small_as_can_be(client: FlaskClient) -> None:
    """For every reader, by the encoding that he can read."""
    for path in ("/panel.js", "/panel.css"):
        whole = client.get(path).data
        answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert brotli.decompress(answer.data) == whole
        assert len(answer.data) < 0.95 * len(brotli.compress(whole, brotli.MODE_TEXT, 5))
        assert answer.headers["Content-Encoding"] == "br"
        assert "Accept-Encoding" in answer.vary
        tagged = {"Accept-Encoding": "br", "If-None-Match": answer.headers["ETag"]}
        assert client.get(path, headers=tagged).status_code == 304
        gzipped = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(gzipped.data) == whole


def test_scripts_are_packed_once_for_all_that_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is started again finds them, and sends the same bytes."""
    contents = []
    for start in range(2):
        server = Flask("panel")
        address = bundles(server, ROOT / "assets", "")["js"]
        pack_bundles(server, KeptFiles(tmp_path, "edition", 100_000_000))
        answer = server.test_client().get(address, headers={"Accept-Encoding": "br"})
        contents.append(answer.data)
        if start == 0:
            monkeypatch.setattr(static, "_packed", pytest.fail)
    plain = server.test_client().get(address, headers={"Accept-Encoding": "identity"})

    assert contents[0] == contents[1]
    assert brotli.decompress(contents[0]) == plain.data
