"""The words of briefings: page, PDF and slides."""

from dashboard.text.terms import texts

TERMS = texts(
    briefing_title=("{region}: {what}", "{region}: {what}"),
    briefing_beside=("Bredvid {names}", "Beside {names}"),
    briefing_own=("ett urval", "a selection"),
    briefing_usual=("läget i korthet", "the situation in brief"),
    briefing_left_out=(
        "Ett underlag rymmer {count} indikatorer. Utelämnat: {names}.",
        "A briefing holds {count} indicators. Left out: {names}.",
    ),
    briefing_count=(
        "Antal visas bara bredvid regioner av samma slag.",
        "Numbers are shown beside regions of the same kind only.",
    ),
    briefing_label=("Underlag", "Briefing"),
    statement=("{title}: {value} {period}", "{title}: {value} in {period}"),
    statement_missing=("{title}: {missing}", "{title}: {missing}"),
    briefing_figures=("Nyckeltal", "Headline figures"),
    briefing_not=("Vad måtten inte visar", "What the measures do not show"),
    briefing_sources=("Källor och version", "Sources and version"),
    briefing_version=(
        "Version {version} av uppgifterna. Underlaget är gjort ur panelen {date}.",
        "Version {version} of the figures. The briefing was made from the panel of {date}.",
    ),
    briefing_pdf=("Ladda ner PDF", "Download PDF"),
    briefing_pptx=("Ladda ner PowerPoint", "Download PowerPoint"),
    briefing_large=("Stor text", "Large type"),
    briefing_normal=("Vanlig text", "Normal type"),
    link_rolling=("Länk som följer senaste året", "Link to the latest year"),
    link_frozen=("Låst länk", "Fixed link"),
    briefing_ways=("Ta med underlaget", "Take the briefing along"),
    briefing_choose=("Innehåll", "Contents"),
)
