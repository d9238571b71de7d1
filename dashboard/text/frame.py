"""The words of every page: frame, notices about the link, faults."""

from dashboard.text.terms import texts

TERMS = texts(
    # frame
    site=("Integrationspanelen", "Integrationspanelen"),
    skip=("Hoppa till innehållet", "Skip to content"),
    menu=("Huvudmeny", "Main menu"),
    overview=("Översikt", "Overview"),
    language=("Språk", "Language"),
    other_language=("English", "Svenska"),
    loading=("Sidan hämtas …", "Loading …"),
    needs_script=(
        "Panelen behöver JavaScript för att visas.",
        "The panel needs JavaScript to be shown.",
    ),
    example=("Exempeldata – inte statistik", "Example data – not statistics"),
    example_why=(
        "Siffrorna är påhittade för att visa hur panelen fungerar.",
        "The figures are invented to show how the panel works.",
    ),
    footer=(
        "Data: SCB (CC0) · version {version}",
        "Data: Statistics Sweden (CC0) · version {version}",
    ),
    footer_example=("{example} · version {version}", "{example} · version {version}"),
    notices=("Om länken", "About the link"),
    # notices
    unknown_region=(
        "Okänd region i länken: ”{value}”. Resten av sidan visas.",
        "Unknown region in the link: “{value}”. The rest of the page is shown.",
    ),
    unknown_value=(
        "Okänt värde i länken: {key}=”{value}”. Resten av sidan visas.",
        "Unknown value in the link: {key}=“{value}”. The rest of the page is shown.",
    ),
    more_notices=("… och {count} till.", "… and {count} more."),
    no_combination_for=(
        "Kombinationen finns inte i källan för {region}: {what}.",
        "The source has no such combination for {region}: {what}.",
    ),
    too_many=(
        "Högst {count} linjer visas. Utelämnat: {names}.",
        "At most {count} lines are shown. Left out: {names}.",
    ),
    one_breakdown_background=(
        "Länken delar upp på flera sätt. Här visas grupperna.",
        "The link breaks down in several ways. The groups are shown here.",
    ),
    one_breakdown_sex=(
        "Länken delar upp på flera sätt. Här visas könen.",
        "The link breaks down in several ways. The sexes are shown here.",
    ),
    stale=(
        (
            "Uppgifterna för {title} kunde inte uppdateras den {date}. "
            "De senast hämtade uppgifterna visas."
        ),
        ("Figures for {title} could not be updated on {date}. The last ones fetched are shown."),
    ),
    stale_short=(
        "Kunde inte uppdateras; äldre uppgifter visas",
        "Not updated; older figures shown",
    ),
    # menu
    page_compare=("Jämför", "Compare"),
    page_areas=("Områden i kommunen", "Neighbourhoods"),
    page_report=("Rapporten 2010", "The 2010 report"),
    page_briefing=("Underlag", "Briefing"),
    page_data=("Data", "Data"),
    page_about=("Om statistiken", "About the statistics"),
    # versions
    frozen=(
        "Länken är låst till versionen från {date}. Det finns nyare uppgifter.",
        "The link is fixed to the version of {date}. Newer figures are available.",
    ),
    show_newer=("Visa dem", "Show them"),
    # faults
    no_version=("Versionen finns inte kvar", "This version is gone"),
    no_version_why=(
        "Länken är låst till version {version} av uppgifterna, som inte sparas längre.",
        "The link is fixed to version {version} of the figures, which is no longer kept.",
    ),
    to_current=("Visa de senaste uppgifterna", "Show the latest figures"),
    failed=("Något gick fel", "Something went wrong"),
    failed_why=(
        (
            "Sidan kunde inte visas. Felet är panelens, inte ditt, och har antecknats. "
            "Försök igen om en stund."
        ),
        (
            "The page could not be shown. The fault is the panel's, not yours, and has been "
            "noted. Try again in a while."
        ),
    ),
    failed_api=(
        "Svaret kunde inte göras. Felet är panelens och har antecknats.",
        "The answer could not be made. The fault is the panel's and has been noted.",
    ),
    unanswered=(
        "Sidan kunde inte hämtas. Det som visas kan vara gammalt.",
        "The page could not be fetched. What is shown may be out of date.",
    ),
    try_again=("Försök igen", "Try again"),
    not_found=("Sidan finns inte", "Page not found"),
    no_page=(
        "Det finns ingen sida med adressen {path}.",
        "There is no page at the address {path}.",
    ),
    no_indicator=(
        "Det finns ingen indikator som heter ”{id}”.",
        "There is no indicator called “{id}”.",
    ),
    way_on=("Gå till översikten", "Go to the overview"),
    no_warehouse=("Det finns inga data än", "There are no data yet"),
    no_warehouse_why=(
        "Panelen hittar inget datalager. Skapa ett med något av kommandona och ladda om sidan:",
        "The panel finds no warehouse. Make one with either command and reload the page:",
    ),
    command_example=("exempeldata, på en halv minut", "example data, in half a minute"),
    command_real=("riktiga uppgifter från SCB", "real figures from Statistics Sweden"),
)
