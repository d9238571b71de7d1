"""
Sentences about the gap between two groups: how it changed.

Pure. The rules are in `rules.gap_changes`.
"""

from collections.abc import Sequence

from dashboard.rules.gap_changes import gap_change
from dashboard.rules.gaps import Gap, gap_stretches
from dashboard.sentences.figures import Sentence, with_cautions
from dashboard.sentences.wording import Wording, difference_size
from dashboard.text import format, term


def gap_change_sentence(series: Sequence[Gap], wording: Wording) -> Sentence | None:
    """How the difference changed over the latest stretch; None for under two years."""
    stretches = gap_stretches(series, wording.indicator)
    changed = gap_change(stretches[-1], wording.indicator) if stretches else None
    if changed is None:
        return None
    turned, lang = changed.verdict == "turned", wording.lang
    start, end = changed.start, changed.end
    sign = format.MINUS if turned and end < 0 else ""
    start_number = format.number(start if turned else abs(start), wording.indicator.decimals, lang)
    blanks = {
        "first": format.periods(changed.period.first[0], changed.period.first[-1], lang),
        "last": format.periods(changed.period.last[0], changed.period.last[-1], lang),
        "start": start_number,
        "end": sign + difference_size(end, stretches[-1][-1].first.segment, wording),
    }
    if turned:
        text = term("gap_turned", lang, **blanks)
    elif changed.verdict == "unchanged":
        text = term("gap_kept", lang, **blanks)
    else:
        word = term("gap_grew" if changed.verdict == "widening" else "gap_shrank", lang)
        text = term("gap_moved", lang, word=word, **blanks)
    return with_cautions(text, changed.cautions, wording)
