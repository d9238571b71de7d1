"""
The settings of a panel: origins that may ask and frame it, the contact of readers, its address.

Pure. Knows how each setting is written. It reads no environment: the edges hand over text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

ANYBODY = "*"
SELF = "'self'"
HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ORIGIN = re.compile(rf"https?://(?:{HOST}|\[[0-9A-Fa-f:]+\])(?::[0-9]{{1,5}})?")
_SITE = re.compile(rf"{_ORIGIN.pattern}(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
_ANCESTOR = re.compile(rf"https?://(?:\*\.)?{HOST}(?::(?:[0-9]{{1,5}}|\*))?")
_EMAIL = re.compile(r"[^\s@;<>]+@[^\s@;<>]+\.[^\s@;<>]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,}")
_PLACE = re.compile(r"/(?:[A-Za-z0-9_-]+/)+")
_DIGIT = re.compile(r"[0-9]")
_MEGABYTES = re.compile(r"[1-9][0-9]{0,8}")


class SettingsError(ValueError):
    """One or more settings cannot be used; `problems` lists every one."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Take the problems, one sentence each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Contact:
    """Whom a reader turns to about the panel and its accessibility; "" where there is no phone."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Settings:
    """
    What is decided where the panel runs; nothing of it is needed.

    `origins`: pages whose scripts may read the API, ("*",) for all, () for none. `ancestors`:
    pages that may frame an embedded view. `address`: where readers find the panel, as
    "https://example.org" without a final slash; "" where no link tells it. `chromium`: name or
    path of the browser that prints PDFs; "" for the first one found. `cache`: the folder for what
    is made once of a version; "" keeps nothing on disk. `cache_mb`: how many megabytes of it.
    `accel`: under which address the server before the panel has that folder, as "/kept/"; "" where
    the panel sends files itself. `proxies`: how many servers before the panel tell the truth about
    whom they ask for (X-Forwarded-For, -Proto, -Host and -Prefix); 0 believes nobody.
    """

    origins: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    contact: Contact | None = None
    address: str = ""
    chromium: str = ""
    cache: str = ""
    cache_mb: int = 2000
    accel: str = ""
    proxies: int = 0


def settings(
    *,
    cors: str = "",
    frame_ancestors: str = "",
    contact: str = "",
    address: str = "",
    chromium: str = "",
    cache: str = "",
    cache_mb: str = "",
    accel: str = "",
    proxies: str = "",
) -> Settings:
    """
    The settings as they are written; "" leaves one out.

    Args:
        cors: origins separated by spaces or commas, or "*".
        frame_ancestors: the same, where a host may begin with "*."; "self" for the panel itself.
        contact: "name; e-mail; phone", the phone may be left out.
        address: scheme, host and, where the panel has one, path, as a browser shows them.
        chromium: a name or a path; whether it is there shows when it is needed.
        cache: path of a folder, which is made where it is missing.
        cache_mb: megabytes, a whole number.
        accel: a path that begins and ends with a slash; needs a cache.
        proxies: a whole number up to 9.

    Raises:
        SettingsError: with every problem.

    """
    problems: list[str] = []
    origins = _listed(cors, "cors", _origin, problems)
    if ANYBODY in origins and len(origins) > 1:
        problems.append("cors: '*' stands beside other origins; give '*' alone, or only the others")
    result = Settings(
        origins=origins,
        ancestors=_listed(frame_ancestors, "frame_ancestors", _ancestor, problems),
        contact=_contact(contact, problems),
        address=_address(address, problems),
        chromium=chromium.strip(),
        cache=cache.strip(),
        cache_mb=_megabytes(cache_mb, problems),
        accel=_place(accel, cache, problems),
        proxies=_count(proxies, problems),
    )
    if problems:
        raise SettingsError(problems)
    return result


def _listed(
    text: str, name: str, read_entry: Callable[[str], str | None], problems: list[str]
) -> tuple[str, ...]:
    """The entries of a list, each once, in its order; what cannot be read is a problem."""
    entries = {entry: read_entry(entry) for entry in text.replace(",", " ").split()}
    problems += [
        f"{name}: {entry!r} is no origin; expected scheme and host as in 'https://example.org'"
        for entry, origin in entries.items()
        if origin is None
    ]
    return tuple(dict.fromkeys(filter(None, entries.values())))


def _origin(text: str) -> str | None:
    bare = text.rstrip("/").lower()
    return bare if bare == ANYBODY or _ORIGIN.fullmatch(bare) else None


def _ancestor(text: str) -> str | None:
    if text.strip("'").lower() == "self":
        return SELF
    bare = text.rstrip("/").lower()
    return bare if _ANCESTOR.fullmatch(bare) else None


def _contact(text: str, problems: list[str]) -> Contact | None:
    if not text.strip():
        return None
    parts = [part.strip() for part in text.split(";")]
    wrong = list(_contact_problems(parts))
    problems += [f"contact: {problem}" for problem in wrong]
    return None if wrong else Contact(*parts)


def _contact_problems(parts: Sequence[str]) -> Iterator[str]:
    if len(parts) not in {2, 3}:
        yield f"has {len(parts)} parts; expected 'name; e-mail' or 'name; e-mail; phone'"
        return
    if not parts[0]:
        yield "the name is empty; say who answers"
    if not _EMAIL.fullmatch(parts[1]):
        yield f"{parts[1]!r} is no e-mail address; expected one as in 'somebody@example.org'"
    if parts[2:] and not _PHONE.fullmatch(parts[2]):
        yield f"{parts[2]!r} is no phone number; expected digits, spaces and '-', or leave it out"


def _address(text: str, problems: list[str]) -> str:
    bare = text.strip().rstrip("/")
    if bare and not _SITE.fullmatch(bare):
        problems.append(
            f"address: {text!r} is no address of a panel; expected scheme and host, and a path"
            " where it has one, as in 'https://example.org' or 'https://example.org/integration'"
        )
        return ""
    return bare


def _place(text: str, cache: str, problems: list[str]) -> str:
    bare = text.strip()
    if bare and not _PLACE.fullmatch(bare):
        problems.append(
            f"accel: {text!r} is no place of the server before the panel; expected a path between"
            " slashes, as '/kept/'"
        )
    if bare and not cache.strip():
        problems.append("accel: there are no files to send without a folder for them; give cache")
    return bare


def _count(text: str, problems: list[str]) -> int:
    bare = text.strip()
    if bare and not _DIGIT.fullmatch(bare):
        problems.append(
            f"proxies: {text!r} is no number of servers before the panel; expected one as in '1'"
        )
    return int(bare) if _DIGIT.fullmatch(bare) else Settings.proxies


def _megabytes(text: str, problems: list[str]) -> int:
    bare = text.strip()
    if bare and not _MEGABYTES.fullmatch(bare):
        problems.append(f"cache_mb: {text!r} is no number of megabytes; expected one as in '2000'")
    return int(bare) if _MEGABYTES.fullmatch(bare) else Settings.cache_mb
