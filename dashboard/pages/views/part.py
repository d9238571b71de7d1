"""What a view gives to the page of its indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.components import Content
from dashboard.goals import Goal
from dashboard.wording import Voice


@dataclass(frozen=True)
class Part:
    """
    One view: its heading, its content and the rows that stand in it.

    Sources, symbols and notes of the page follow from `rows`. `said` are notices about the
    link, `shown` what the controls say, `lede` the sentences under the indicator's title,
    `empty` whether a cell has neither number nor symbol, `aims` the targets that are drawn.
    """

    heading: str
    body: Content
    rows: pd.DataFrame
    controls: Content = ()
    said: Sequence[str] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)
    lede: str = ""
    empty: bool = False
    aims: Sequence[Goal] = ()
    voice: Voice | None = None
