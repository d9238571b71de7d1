"""The words of the overview and of briefings: page, PDF, slides, and taking a view along."""

from dashboard.text.terms import texts

TERMS = texts(
    # overview
    choose_region=("Välj region", "Choose a region"),
    indicator=("Indikator", "Indicator"),
    latest=("Senaste värde", "Latest value"),
    # a row at a glance
    glance_lower=("{difference} lägre än {where}", "{difference} lower than {where}"),
    glance_higher=("{difference} högre än {where}", "{difference} higher than {where}"),
    glance_level=("I nivå med {place}", "Level with {place}"),
    glance_apart=("Går inte att jämföra med {place}", "Not comparable with {place}"),
    glance_missing=("Uppgift saknas {where} {period}", "Not available {where} {period}"),
    glance_change=("{size} sedan {period}", "{size} since {period}"),
    glance_same=("I stort sett oförändrat sedan {period}", "Largely unchanged since {period}"),
    glance_not=("Går inte att jämföra med {period}", "Not comparable with {period}"),
    glance_broken=(
        "Brott i serien {years}: går inte att jämföra med {period}",
        "Break in the series {years}: not comparable with {period}",
    ),
    glance_span=("{size} {span}", "{size} {span}"),
    glance_same_span=("I stort sett oförändrat {span}", "Largely unchanged {span}"),
    glance_short=(
        ", färre än {fewest} år: ingen riktning anges",
        ", fewer than {fewest} years: no direction is stated",
    ),
    glance_caution=(
        ". Bör jämföras med försiktighet ({years})",
        ". Compare with caution ({years})",
    ),
    glance_rising=("Stigande {span}", "Upward {span}"),
    glance_falling=("Fallande {span}", "Downward {span}"),
    glance_none=("Ingen tydlig riktning {span}", "No clear direction {span}"),
    glance_gap=("Skillnad {difference}", "Difference {difference}"),
    glance_gap_level=("I nivå med varandra", "Level with each other"),
    born_here=("Födda i Sverige", "Born in Sweden"),
    born_abroad=("Utrikes födda", "Foreign-born"),
    head_moved=("Över tid", "Over time"),
    head_among_municipality=("Bland kommunerna", "Among the municipalities"),
    head_among_county=("Bland länen", "Among the counties"),
    head_among=("Jämfört med", "Compared with"),
    head_groups=("Inrikes och utrikes födda", "Born in Sweden and abroad"),
    strip_key=(
        "I bilderna: mörkblå punkt den valda regionen, grön linje länet, streckad linje riket.",
        "In the pictures: dark blue dot the chosen region, green line the county, dashed Sweden.",
    ),
    union_key=(
        "Utveckling över tid och grupper står på varje indikators sida.",
        "Change over time and groups are on each indicator's page.",
    ),
    labour_market=("(lokal arbetsmarknad)", "(local labour market)"),
    partial=(
        "beräknad ur {present} av {all}",
        "calculated from {present} of {all}",
    ),
    themes=("Teman", "Themes"),
    collections=("Samlingar", "Collections"),
    whole=("Alla indikatorer", "All indicators"),
    at_a_glance=("I korthet", "At a glance"),
    from_counts=("ur summan av antalen", "from summed counts"),
    tables_there=(
        (
            "Källa: SCB; tabellerna står på varje indikators sida. Skillnader, förändringar, "
            "riktningar och uppgifter för flera regioner: egen bearbetning av data från SCB."
        ),
        (
            "Source: Statistics Sweden; the tables are named on the page of each indicator. "
            "Differences, changes, directions and figures of several regions: own processing of "
            "data from Statistics Sweden."
        ),
    ),
    make_briefing=("Skapa underlag", "Make a briefing"),
    # figures
    no_data=("Indikatorn saknar data", "The indicator has no data"),
    no_data_here=("Uppgift saknas {where}", "Not available {where}"),
    by_group_only=(
        "Redovisas bara efter grupp. Här: {group}.",
        "Given by group only. Here: {group}.",
    ),
    reasons=("Tekniska skäl", "Technical reasons"),
    country=("Riket", "Sweden"),
    county=("Län", "County"),
    municipality=("Kommun i {parent}", "Municipality in {parent}"),
    regso=("RegSO-område i {parent}", "RegSO area in {parent}"),
    stadsdel=("Stadsdel i {parent}", "Neighbourhood in {parent}"),
    group=("Grupp av kommuner", "Group of municipalities"),
    compared_with=("visas bredvid", "shown beside"),
    country_inline=("riket", "Sweden"),
    and_word=("och", "and"),
    level_country=("Riket", "Sweden"),
    level_county=("Län", "Counties"),
    level_municipality=("Kommuner", "Municipalities"),
    level_stadsdel=("Stadsdelar", "Neighbourhoods"),
    level_group=("Grupper av kommuner", "Groups of municipalities"),
    level_regso=("RegSO-områden", "RegSO areas"),
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
    file_briefing=("underlag", "briefing"),
    slide_breaks=(
        "Linjerna är avbrutna vid brott i serien: {years}.",
        "The lines stop at breaks in the series: {years}.",
    ),
    slide_cautions=(
        "Bör jämföras med försiktighet: {years}.",
        "Compare with caution: {years}.",
    ),
    slide_gaps=(
        "En lucka är en uppgift som saknas.",
        "A gap is a figure that is missing.",
    ),
    slide_beside=("Jämfört med", "Compared with"),
    slide_year=("År", "Year"),
    slide_number=("Värde", "Value"),
    slide_none=("Det finns inga uppgifter att visa.", "There are no figures to show."),
    slide_alternative=("Diagrammet i ord", "The chart in words"),
    slide_sentences=("Att säga", "To say"),
    slide_table=(
        "Tabell: senaste uppgift för varje indikator, {region}.",
        "Table: the newest figure of each indicator for {region}.",
    ),
    slide_continued=("{title} ({number})", "{title} ({number})"),
    slide_address=("Länk till underlaget", "Link to the briefing"),
    # what cannot be sent
    slides_gone=(
        "Det finns inga data av den versionen. Utan version i länken görs bilderna av de senaste.",
        "There are no data of that version. Without a version the slides are of the latest.",
    ),
    sheet_number=("Sida {number} av {count}", "Page {number} of {count}"),
    sheet_own=("urval", "selection"),
    sheets_gone=(
        "Det finns inga data av den versionen. Utan version i länken skrivs de senaste ut.",
        "There are no data of that version. A link without a version prints the latest.",
    ),
    sheets_no_browser=(
        (
            "Servern kan inte göra PDF just nu, för den saknar Chromium. Öppna underlaget och "
            "välj Skriv ut i din webbläsare, där du också kan spara som PDF."
        ),
        (
            "The server cannot make PDFs now, as it has no Chromium. Open the briefing and "
            "choose Print in your browser, where you can save it as PDF, too."
        ),
    ),
    sheets_busy=(
        (
            "Servern skriver ut andra underlag just nu. Försök igen om en halv minut, eller "
            "öppna underlaget och välj Skriv ut i din webbläsare."
        ),
        (
            "The server is printing other briefings now. Try again in half a minute, or open "
            "the briefing and choose Print in your browser."
        ),
    ),
    # pictures
    picture_save=("Ladda ner bild:", "Download picture:"),
    picture_as=("{form}: bild av {what}", "{form}: picture of {what}"),
    picture_failed=(
        "Bilden kunde inte göras i den här webbläsaren.",
        "The picture could not be made in this browser.",
    ),
    picture_grey=(
        "Grå yta: uppgift saknas eller kan inte jämföras.",
        "Grey area: no figure, or none that can be compared.",
    ),
    picture_map=(
        "Ju mörkare yta, desto högre värde.",
        "The darker the area, the higher the value.",
    ),
    picture_version=(
        "Integrationspanelen, dataversion {version}",
        "Integrationspanelen, data version {version}",
    ),
    # files
    take_files=("Ladda ner uppgifterna", "Download the figures"),
    take_shown=("Det som visas här", "What is shown here"),
    take_whole=("Hela indikatorn, alla regioner och grupper", "The whole indicator"),
    take_along=("Ta med vyn", "Take the view along"),
    # embedding
    embed=("Bädda in", "Embed"),
    embed_code=("Kod att klistra in på en webbplats", "Code to paste into a site"),
    embed_allowed=(
        "Får visas på: {names}.",
        "May be shown on: {names}.",
    ),
    embed_nobody=(
        "Ingen webbplats har ännu tillåtits att bädda in. Den som driver panelen bestämmer vilka.",
        "No site is allowed to embed yet. Whoever runs the panel decides which are.",
    ),
    embed_self=("panelen själv", "the panel itself"),
    embed_open=("Visa i Integrationspanelen", "Show in Integrationspanelen"),
)
