"""
Which origins a code of a population table stands for.

Pure: variable, code and label in; a mask over `people.ORIGINS` out.
"""

import re

import numpy as np
from numpy.typing import NDArray

from etl.demo.people import ORIGINS
from etl.errors import SourceError
from etl.names import normalised

ALL = "tot|tot.*|totalt.*|samtliga.*"
BORN_ABROAD = frozenset({"nordic", "europe", "world"})
BORN_HERE = frozenset(ORIGINS) - BORN_ABROAD
# What SCB calls each group in its tables, by code or by text; the first that fits.
KNOWN: tuple[tuple[str, frozenset[str]], ...] = (
    (ALL, frozenset(ORIGINS)),
    (r"utlbakgrund 1|utländsk bakgrund", BORN_ABROAD | {"sweden_2"}),
    (r"utlbakgrund 2|svensk bakgrund", frozenset({"sweden_0", "sweden_1"})),
    (r"\w+ 08|utrikes född.*|född.* utomlands", BORN_ABROAD),
    (r"\w+ 4|.*två utrikes födda.*", frozenset({"sweden_2"})),
    (r"\w+ 5|.*en inrikes och en utrikes.*", frozenset({"sweden_1"})),
    (r"\w+ 6|.*två inrikes födda.*", frozenset({"sweden_0"})),
    (r"\w+ (sv|se)|född.* i sverige|inrikes född.*|sverige", BORN_HERE),
    (r"\w+ (öv|vxeuees)|.*övriga världen|.*utanför europa|afrika|asien", frozenset({"world"})),
    (r"\w+ eu|.*europa.*|.*eu.*", frozenset({"nordic", "europe"})),
)


def origins(variable: str, code: str, label: str) -> NDArray[np.bool_]:
    """
    Return which origins a code takes.

    Raises:
        SourceError: when nothing is known of it.

    """
    for pattern, taken in KNOWN:
        if any(
            re.fullmatch(pattern, text, re.IGNORECASE)
            for text in (f"{variable} {code}", code, normalised(label))
        ):
            return np.array([origin in taken for origin in ORIGINS])
    raise SourceError(
        f"the example does not know who {variable} {code!r} ({label!r}) are; "
        "add them to etl.demo.origins.KNOWN"
    )
