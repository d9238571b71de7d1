"""Behind nginx as it is deployed: large files, callbacks, a path of the host, what is not open."""

import re
import shutil
import socket
import subprocess
import threading
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import Settings, settings
from dashboard.server.app import create_app
from tests.attacks import slowness
from tests.browser.serving import chromium, running
from tests.dashboard.large import publish_large
from tests.dashboard.rendered import question
from tests.dashboard.warehouse import CATALOGUE
from tests.nginx import DEPLOY, NGINX, nginx
from tests.test_deploy import UNITS, unit

PREFIX = "/integration"
WHOLE = "/ladda-ner/employment_rate.csv?omfang=allt"
BY_API = "/api/v1/observations?indicator=employment_rate&format=csv"
ORIGIN = "https://pages.example"
PAGES = ("/", "/om", "/data", "/jamfor", "/indikator/employment_rate?region=0127", "/briefing",
         "/inbaddad/indikator/employment_rate", "/nothing", "/fraga?sok=arbete")  # fmt: skip
SECURE = 3.0  # of systemd's own scale, on which 10 is a service without any limits


def believing(data: Path, given: Settings | None = None) -> FlaskClient:
    """A panel that believes one server before it."""
    chosen = given or settings(proxies="1")
    client: FlaskClient = create_app(opened(data, CATALOGUE, settings=chosen)).server.test_client()
    return client


def under(client: FlaskClient, path: str, prefix: str = PREFIX, **headers: str) -> Any:
    """An answer to a server that has the panel under a prefix."""
    given = {"X-Forwarded-Prefix": prefix, "Accept-Encoding": "identity", **headers}
    return client.get(path, headers=given)


def outside(text: str) -> set[str]:
    """The paths of a page that do not begin with the prefix."""
    found = re.findall(r'(?<!\\)"(/(?!integration/)[a-z?#_"][^"]*)', text)
    return {path for path in found if path != '/"'}


@pytest.mark.parametrize("path", PAGES)
def test_every_path_of_a_page_begins_with_the_prefix(data: Path, path: str) -> None:
    """Links, scripts, styles, pictures, what is asked for and framed; as many as without one."""
    client = believing(data)
    plain = client.get(path, headers={"Accept-Encoding": "identity"}).text
    text = under(client, path).text

    assert outside(text) == set()
    assert text.replace(f"{PREFIX}/", "/").replace("\\u002f", "/") == plain.replace("\\u002f", "/")
    assert f'"requests_pathname_prefix":"{PREFIX}/"' in text or "_dash-config" not in text


@pytest.mark.parametrize("path", ["/fraga", "/data"])
def test_what_a_reader_writes_stays_as_it_is(data: Path, path: str) -> None:
    """Also where it begins as a path does: in the field, and in what the next choice is made of."""
    text = under(believing(data), f"{path}?sok=/abc").text

    assert re.search(r'"(text|value)":"/abc"', text)
    assert f"{PREFIX}/abc" not in text


def test_a_click_under_the_prefix_is_answered_with_its_paths(data: Path) -> None:
    """The browser tells the path with the prefix; the page is that of the path within."""
    client, headers = believing(data), {"X-Forwarded-Prefix": PREFIX, "Accept-Encoding": "identity"}
    plain = client.post("/_dash-update-component", json=question("/om")).text
    for asked in (f"{PREFIX}/om", f"{PREFIX}/om"):
        text = client.post("/_dash-update-component", json=question(asked), headers=headers).text
        assert outside(text) == set()
        assert text.replace(f"{PREFIX}/", "/") == plain


def test_readers_with_and_without_a_prefix_never_get_each_others_links(data: Path) -> None:
    """Also of an answer that is remembered."""
    client = believing(data)
    texts = [under(client, "/om", prefix).text for prefix in ("/a", "/b", "", "/a", "/b", "")]

    assert texts[:3] == texts[3:]
    assert len(set(texts)) == 3
    assert 'href="/b/' not in texts[0]


def test_a_moved_address_leads_to_where_it_is_under_the_prefix(data: Path) -> None:
    """Not to the root of a host that has other things."""
    moved = under(believing(data), "/?sok=arbete")

    assert moved.status_code == 308
    assert moved.headers["Location"].startswith(f"{PREFIX}/fraga")


@pytest.mark.parametrize(
    "prefix", ["//evil.example", '/"><script>', "javascript:1", "/a b", "/..", "/%22", "evil/"]
)
def test_a_prefix_that_is_no_path_is_passed_over(data: Path, prefix: str) -> None:
    """It would be written into every link."""
    client = believing(data)

    assert under(client, "/om", prefix).text == under(client, "/om", "").text


@pytest.mark.parametrize("header", ["X-Forwarded-Prefix", "X-Forwarded-Host", "X-Forwarded-Proto"])
def test_nobody_is_believed_unless_a_setting_says_so(data: Path, header: str) -> None:
    """Anybody can send these headers to a panel without a server before it."""
    client = create_app(opened(data, CATALOGUE)).server.test_client()
    for path in ("/om", "/api/v1/indicators"):
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        other = client.get(path, headers={"Accept-Encoding": "identity", header: "/evil"})
        assert other.data == plain.data


@pytest.mark.slow
def test_a_large_file_is_sent_by_nginx_as_the_panel_would(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same bytes and headers, parts of it on request, and no way to it but by the panel."""
    figures, cache = tmp_path_factory.mktemp("figures"), tmp_path_factory.mktemp("cache")
    cache.chmod(0o755)
    publish_large(figures, regions=50)
    given = {
        "INTEGRATION_CACHE": str(cache),
        "INTEGRATION_ACCEL": "/kept/",
        "INTEGRATION_PROXIES": "1",
        "INTEGRATION_CORS": ORIGIN,
    }
    with (
        slowness.gunicorn(figures, **given) as panel,
        nginx(tmp_path_factory.mktemp("nginx"), panel, cache) as port,
    ):
        shared = slowness.asked(port, BY_API, {"Origin": ORIGIN})
        refused = slowness.asked(port, BY_API, {"Origin": "https://other.example"})
        plain = slowness.asked(panel, "/api/v1/regions", {"Origin": ORIGIN})
        for file in cache.rglob("*.*"):
            file.unlink()
        first = slowness.asked(port, WHOLE)
        second = slowness.asked(port, WHOLE)
        part = slowness.asked(port, WHOLE, {"Range": "bytes=0-9"})
        known = slowness.asked(port, WHOLE, {"If-None-Match": first[1]["ETag"]})
        (file,) = cache.rglob("*.file")
        direct = slowness.asked(port, f"/kept/{file.parent.name}/{file.name}")
        watched, own = slowness.asked(port, "/metrics")[0], slowness.asked(panel, "/metrics")[0]

    assert first[0] == 200
    assert first[2] == second[2] == file.read_bytes()
    for name in ("Content-Type", "Content-Disposition", "ETag", "Cache-Control",
                 "X-Content-Type-Options", "Content-Security-Policy",
                 "Permissions-Policy"):  # fmt: skip
        assert second[1].get(name), name
    assert shared[0] == refused[0] == 200
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Vary"):
        assert shared[1].get(name) == plain[1][name], name
    assert "Access-Control-Allow-Origin" not in refused[1]
    assert (part[0], part[2]) == (206, first[2][:10])
    assert known[0] == 304
    assert (direct[0], direct[2] == first[2]) == (503, False)
    assert (watched, own) == (403, 200)


def test_a_callback_whose_replica_dies_is_asked_of_another(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It only reads: nobody sees that the first one hung up in the middle of it."""
    heard: list[str] = []
    with (
        socket.create_server(("127.0.0.1", 0)) as dying,
        socket.create_server(("127.0.0.1", 0)) as well,
    ):

        def hang_up() -> None:
            one, _ = dying.accept()
            heard.append(one.recv(10_000).decode())
            one.close()

        def answer() -> None:
            one, _ = well.accept()
            heard.append(one.recv(10_000).decode())
            one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            one.close()

        for target in (hang_up, answer):
            threading.Thread(target=target, daemon=True).start()
        first, second = (one.getsockname()[1] for one in (dying, well))
        text = NGINX.replace(
            "server web:8050 max_conns=128 max_fails=0;",
            f"server 127.0.0.1:{first}; server 127.0.0.1:{second} backup;",
        )
        with nginx(tmp_path_factory.mktemp("nginx"), first, text=text) as port:
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("POST", "/_dash-update-component", "{}")
            found = connection.getresponse()
            status, content = found.status, found.read()
            connection.close()

    assert (status, content) == (200, b"{}")
    assert len(heard) == 2


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_a_unit_may_do_little(name: str) -> None:
    """Under 3.0 on systemd's own scale of exposure, from 0 to 10."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here")
    ran = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(DEPLOY / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    (level,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", ran.stdout)

    assert float(level) < SECURE


def test_the_panel_has_no_way_out_of_its_machine() -> None:
    """It is asked over localhost, and asks nobody; the run that fetches figures may."""
    panel, run = (unit(name) for name in UNITS[:2])

    assert (panel["IPAddressDeny"], panel["IPAddressAllow"]) == (["any"], ["localhost"])
    assert "IPAddressDeny" not in run
    for one in (panel, run):
        assert one["CapabilityBoundingSet"] == [""]
        assert one["PrivateUsers"] == ["true"]


@pytest.mark.browser
@pytest.mark.slow
def test_the_panel_runs_under_a_path_of_a_host(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In a browser: pages, clicks, menus, scripts, files; nothing is asked for outside the path."""
    given = {"INTEGRATION_CATALOGUE": str(CATALOGUE), "INTEGRATION_PROXIES": "1"}
    with (
        slowness.gunicorn(data, **given) as panel,
        nginx(tmp_path_factory.mktemp("nginx"), panel, path=PREFIX) as port,
        running(chromium()) as browser,
    ):
        page = browser.new_page()
        asked: list[tuple[str, int]] = []
        page.on("response", lambda one: asked.append((one.url, one.status)))
        site = f"http://127.0.0.1:{port}{PREFIX}"
        page.goto(f"{site}/?region=0127")
        page.wait_for_selector("h1")
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        page.click(f'nav a[href^="{PREFIX}/jamfor"]')
        page.wait_for_url(f"{site}/jamfor**")
        page.wait_for_selector("h1")
        page.goto(f"{site}/indikator/employment_rate?region=0127")
        page.wait_for_selector(".js-plotly-plot, svg")
        file = page.get_attribute(f'a[href^="{PREFIX}/ladda-ner/"]', "href")
        answer = page.request.get(f"http://127.0.0.1:{port}{file}")
        words = answer.text()
        page.goto(f"{site}")
        page.wait_for_selector("h1")
        ended = page.url

    own = [url for url in links if url.startswith(f"http://127.0.0.1:{port}")]
    assert own
    assert [url for url in own if not url.startswith(f"{site}/")] == []
    assert [(url, status) for url, status in asked if not url.startswith(site)] == []
    assert [(url, status) for url, status in asked if status >= 400] == []
    assert any("_dash-update-component" in url for url, _ in asked)
    assert "Botkyrka" in words
    assert ended == f"{site}/"
