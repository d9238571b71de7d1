"""The words of two years side by side: the key of the dots, and why two are not compared."""

from dashboard.text.terms import texts

TERMS = texts(
    pair_key=("○ {first}   ● {last}", "○ {first}   ● {last}"),
    pair_break=("Går inte att jämföra: brott {years}", "Not comparable: break in {years}"),
    pair_segment=("Går inte att jämföra: annat register", "Not comparable: another register"),
    pair_division=("Går inte att jämföra: annan indelning", "Not comparable: another division"),
    pair_indicator=("Går inte att jämföra: annat mått", "Not comparable: another measure"),
    pair_respects=("Går inte att jämföra: annan grupp", "Not comparable: another group"),
    pair_members=("Går inte att jämföra: andra delar", "Not comparable: other members"),
    pair_median=("Går inte att jämföra: en median", "Not comparable: a median"),
    pair_class=("Klasser har ingen skillnad i tal", "Classes have no difference in numbers"),
)
