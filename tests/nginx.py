"""nginx of this machine as `deploy/nginx.conf` sets it up, before a panel."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.attacks.slowness import free_port, until
from tests.source import ROOT

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def under(path: str, text: str) -> str:
    """The configuration with what it says of a path of a host in place of `location /`."""
    part = text[text.index("        # location = /integration ") : text.index("# Nothing is comp")]
    uncommented = re.sub(r"(?m)^(\s*)# ?", r"\1", part).replace("/integration", path)
    return text.replace(
        "        location / {\n            proxy_pass http://panel;\n        }", uncommented
    )


@contextmanager
def nginx(
    folder: Path, panel: int, cache: Path | None = None, *, path: str = "", text: str = ""
) -> Iterator[int]:
    """The port of nginx before the panel on a port, under a path of its host where one is given."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("nginx is not here")
    port = free_port()
    text = text or NGINX
    text = under(path, text) if path else text
    text = text.replace("web:8050", f"127.0.0.1:{panel}").replace(
        "listen 80;", f"listen {port};", 2
    )
    text = text.replace(f"#     listen {port};", "#").replace("/srv/deploy", str(DEPLOY))
    text = text.replace("/srv/cache", str(cache or folder))
    text = text.replace("http {", f"http {{ {_paths(folder)}", 1)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    quiet = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; user root;"
    process = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf", "-g", quiet,
                                "-e", folder / "error.log"])  # fmt: skip
    try:
        until(lambda: _listens(port))
        yield port
    finally:
        process.terminate()
        process.wait()


def _paths(folder: Path) -> str:
    """Where nginx keeps what it writes, for a user who may write nowhere else."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds) + " access_log off;"


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
