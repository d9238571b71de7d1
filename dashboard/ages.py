"""
Which age groups stand side by side without counting anybody twice.

Pure. It knows codes such as "20-24" and "65+", no figures.
"""

import re
from collections.abc import Iterable

SPAN = re.compile(r"(\d+)(?:-(\d+)|\+)")
OLDEST = 120
Chain = tuple[tuple[int, int, str], ...]  # first and last age, and the code


def tiled(codes: Iterable[str], most: int) -> tuple[str, ...]:
    """
    At most `most` ages that follow on each other, youngest first.

    Of all such chains the one that covers most years, then the one of most groups; codes that are
    no ages are left out.
    """
    spans = sorted(found for code in codes if (found := _span(code)))
    chains: list[Chain] = []
    for span in reversed(spans):
        after = [chain for chain in chains if chain[0][0] == span[1] + 1 and len(chain) < most]
        chains += [(span,), *((span, *chain) for chain in after)]
    return tuple(code for _, _, code in max(chains, key=_worth, default=()))


def _worth(chain: Chain) -> tuple[int, int]:
    return sum(last - first + 1 for first, last, _ in chain), len(chain)


def _span(code: str) -> tuple[int, int, str] | None:
    found = SPAN.fullmatch(code)
    return (int(found[1]), int(found[2] or OLDEST), code) if found else None
