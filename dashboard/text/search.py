"""The words of the search: its field, what it found, and that it found nothing."""

from dashboard.text.terms import texts

TERMS = texts(
    search_label=("Sök indikator eller region", "Search for indicator or region"),
    search_indicators=("Indikatorer", "Indicators"),
    search_regions=("Regioner", "Regions"),
    search_found=(
        "{indicators} och {regions} för ”{text}”.",
        "{indicators} and {regions} for “{text}”.",
    ),
    search_none=(
        "Ingen indikator och ingen region liknar ”{text}”. Pröva ett annat ord eller färre ord.",
        "No indicator and no region resembles “{text}”. Try another word, or fewer words.",
    ),
    count_indicators_none=("ingen indikator", "no indicator"),
    count_indicators_one=("1 indikator", "1 indicator"),
    count_indicators_many=("{count} indikatorer", "{count} indicators"),
    count_regions_none=("ingen region", "no region"),
    count_regions_one=("1 region", "1 region"),
    count_regions_many=("{count} regioner", "{count} regions"),
    search_more=("Visa alla {count} i katalogen", "Show all {count} in the catalogue"),
    search_shown=("De {count} närmaste visas.", "The nearest {count} are shown."),
)
