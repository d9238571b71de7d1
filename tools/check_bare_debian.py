"""
Try the Debian packages that README and Dockerfile name: `python -m tools.check_bare_debian`.

Makes a bare Debian by debootstrap from the mirrors that apt uses here, installs what the README
says that the panel needs and prints a briefing without Chromium, which must end with 5 and say
why; then what Dockerfile and README say that PDFs need, and prints again, without any network.
The Python packages are those that run this: only the system below them is new. Exits 0 when all
is as it should be and when it cannot be tried here, with the reason; 1 when a package is missing.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

ROOT = Path(__file__).parents[1]
_INSTALL = re.compile(r"apt-get install --yes --no-install-recommends ([a-z0-9.+ -]+)")
_TARGETS = "$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)"
_BRIEFING = ("python3", "-m", "dashboard", "briefing", "--region", "0127")
_OUT = "/srv/briefing.pdf"
_NO_CHROMIUM = 5
# The mounts are gone with the last process that sees them.
_INSIDE = """set -e
mount -t proc proc "$1/proc"
for one in null zero random urandom; do
  touch "$1/dev/$one"; mount --bind "/dev/$one" "$1/dev/$one"
done
mkdir -p "$1/dev/shm" "$1/srv/panel" "$1/srv/packages" "$1/srv/data"
mount -t tmpfs tmpfs "$1/dev/shm"
mount --bind "$2" "$1/srv/panel"
mount --bind "$3" "$1/srv/packages"
root=$1
shift 3
exec chroot "$root" "$@"
"""


def packages(text: str) -> list[tuple[str, ...]]:
    """The packages of every line that installs some, in a Dockerfile or a README."""
    return [tuple(one.split()) for one in _INSTALL.findall(text)]


_README = (ROOT / "README.md").read_text(encoding="utf-8")
(_PDF,) = packages((ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"))
_VERSION = "import sys; print('{}.{}'.format(*sys.version_info))"


def hindrance() -> str:
    """Why it cannot be tried here; "" when it can."""
    if os.geteuid() != 0:
        return "only root can make a Debian in a folder"
    for program in ("debootstrap", "apt-get", "unshare", "chroot"):
        if not shutil.which(program):
            return f"{program} is not installed"
    return "" if mirrors() else "apt has no mirror of Debian; run `apt-get update`"


def mirrors() -> list[tuple[str, str, str]]:
    """Address, release and part of each Debian mirror that apt uses here."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", _TARGETS, "Created-By: Packages"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rows = [line.split() for line in told.splitlines()]
    return [(row[1], row[2], row[3]) for row in rows if len(row) == 4 and row[0] == "Debian"]


def make_bare(root: Path) -> None:
    """Make a Debian of the release that runs here, with apt's mirrors and settings of this one."""
    release = min({release for _, release, _ in mirrors()}, key=len)
    (mirror,) = {address for address, name, _ in mirrors() if name == release}
    bootstrap = ["debootstrap", "--variant=minbase", release, str(root), mirror]
    subprocess.run(bootstrap, check=True, stdout=subprocess.DEVNULL)
    lines = [f"deb {' '.join(one)}\n" for one in mirrors()]
    (root / "etc/apt/sources.list").write_text("".join(lines), encoding="utf-8")
    settings = subprocess.run(
        ["apt-config", "dump", "Acquire::http", "Acquire::https"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    (root / "etc/apt/apt.conf.d/90mirror").write_text(settings, encoding="utf-8")
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    install(root, ())


def install(root: Path, wanted: Sequence[str]) -> None:
    """Install packages in a Debian, without those that are only recommended."""
    action = ["install", "--yes", "--no-install-recommends", *wanted] if wanted else ["update"]
    done = inside(root, "apt-get", "-qq", *action, network=True)
    if done.returncode:
        raise RuntimeError(f"apt-get {' '.join(action)}: {done.stderr}")


def inside(root: Path, *command: str, network: bool = False) -> subprocess.CompletedProcess[str]:
    """What a command does in a Debian, from the folder of the panel."""
    alone = ["unshare", "--mount", *([] if network else ["--net"])]
    places = [str(root), str(ROOT), sysconfig.get_path("purelib")]
    settings = {
        **{name: text for name, text in os.environ.items() if name.lower().endswith("_proxy")},
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/tmp",  # noqa: S108  # of the new Debian
        "DEBIAN_FRONTEND": "noninteractive",
        "PYTHONPATH": "/srv/panel:/srv/packages",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [*alone, "sh", "-c", _INSIDE, "sh", *places, "env", "-C", "/srv/panel", *command],
        env=settings, capture_output=True, text=True, check=False,
    )  # fmt: skip


def install_base(root: Path) -> str:
    """Install what the README says that the panel needs; why no more can be tried, or ""."""
    install(root, [name for line in packages(_README) if line != _PDF for name in line])
    theirs = inside(root, "python3", "-c", _VERSION).stdout.strip()
    ours = "{}.{}".format(*sys.version_info)
    return "" if theirs == ours else f"python3 is {theirs} there and {ours} here; run this by that"


def problems(root: Path) -> list[str]:
    """What is missing for PDFs in a Debian that can run the panel, in sentences."""
    demo = inside(root, "python3", "-m", "etl", "demo", "--data", "/srv/data")
    if demo.returncode:
        return [f"etl demo ended with {demo.returncode}: {demo.stderr}"]
    command = (*_BRIEFING, "--data", "/srv/data", "--out", _OUT)
    bare = inside(root, *command)
    found = []
    if bare.returncode != _NO_CHROMIUM or "Traceback" in bare.stderr:
        found.append(f"without Chromium: ended with {bare.returncode}, not 5: {bare.stderr}")
    install(root, _PDF)
    whole = inside(root, *command)
    file = root / _OUT[1:]
    if whole.returncode or not file.is_file() or not file.read_bytes().startswith(b"%PDF-"):
        found.append(f"with {' '.join(_PDF)}: ended with {whole.returncode}: {whole.stderr}")
    return found


def main() -> None:
    """Try the packages, say what came of it, and end with 1 when one is missing."""
    if reason := hindrance():
        typer.echo(f"skipped: {reason}")
        return
    with tempfile.TemporaryDirectory(prefix="bare-debian-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "root"
        make_bare(root)
        if reason := install_base(root):
            typer.echo(f"skipped: {reason}")
            return
        found = problems(root)
    typer.echo("\n".join(found) or "a bare Debian prints a briefing with the packages named")
    raise typer.Exit(bool(found))


if __name__ == "__main__":
    typer.run(main)
