"""The words about methods, areas, protection, privacy, limits, licence and versions."""

from dashboard.text.terms import texts

TERMS = texts(
    # protection
    about_protection=("Skydd av uppgifter", "Protection of the figures"),
    about_protection_1=(
        (
            "En uppgift som SCB håller tillbaka räknas aldrig fram här, vare sig som rest, ur en "
            "summa eller ur det andra könet."
        ),
        (
            "A figure that Statistics Sweden holds back is never worked out here, neither as a "
            "remainder, nor from a sum, nor from the other sex."
        ),
    ),
    about_protection_2=(
        (
            "Från och med referensåret 2025 läggs slumpmässiga små justeringar på varje antal, "
            "även på totaler (cellnyckelmetoden). Delar behöver därför inte summera till totalen, "
            "och serierna har ett brott där."
        ),
        (
            "From reference year 2025 small random adjustments are made to every count, totals "
            "too (the cell key method). Parts need not add up to totals, and the series break "
            "there."
        ),
    ),
    # methods
    about_methods=("Så räknas och sägs det", "How it is computed and said"),
    about_method_comparison=("Jämförelser", "Comparisons"),
    about_method_direction=("Riktning", "Direction"),
    about_method_ordering=("Ordning", "Order"),
    about_method_judgement=("Bättre och sämre", "Better and worse"),
    about_method_unions=("Områden och kommuner tillsammans", "Areas and municipalities together"),
    about_method_basis=("Område mot kommun, län och riket", "Area and larger regions"),
    about_method_similarity=("Liknande kommuner", "Similar municipalities"),
    about_method_segregation=("Boendesegregation", "Residential segregation"),
    about_methods_1=(
        (
            "Meningarna skrivs av fasta regler ur samma tal som diagrammen. De nämner inga "
            "orsaker. Varje indikator om utfall visar utfall, inte vad som orsakat det eller om "
            "en viss insats haft effekt."
        ),
        (
            "The sentences are written by fixed rules from the same numbers as the charts. They "
            "name no causes. Every outcome indicator shows outcomes, not their cause or whether a "
            "given measure had an effect."
        ),
    ),
    # areas
    about_areas=("Områden", "Areas"),
    about_areas_1=(
        (
            "Minsta nivån är RegSO, SCB:s regionala statistikområden. De finns i två indelningar, "
            "2020 och 2025. Ett område i den ena är ett annat än i den andra och de sätts aldrig "
            "ihop till en serie, om det inte är känt att gränsen är oförändrad."
        ),
        (
            "The smallest level is RegSO, the regional statistical areas of Statistics Sweden. "
            "They exist in two divisions, of 2020 and 2025. An area of the one is another than in "
            "the other, and they are never joined into one series unless the border is known to be "
            "unchanged."
        ),
    ),
    about_areas_2=(
        (
            "Rapporten 2010 beskrev 17 stadsdelar med lokala utvecklingsavtal i Stockholms län. "
            "Deras tabeller finns inte längre. Här visas de som de RegSO-områden vars namn börjar "
            "med stadsdelens. Det är en approximation: gränserna är andra än rapportens, och "
            "områdena är mer blandade. I tabeller med 2025 års områden räknas ett område med när "
            "kod och namn är desamma, med orden att gränsen kan ha justerats 2025. Listan ägs av "
            "den region som driver panelen."
        ),
        (
            "The 2010 report described 17 neighbourhoods with local development agreements in "
            "Stockholm county. Their tables exist no more. They are shown here as the RegSO areas "
            "whose names begin with that of the neighbourhood. This is an approximation: the "
            "borders are others than the report’s, and the areas are more mixed. In tables with "
            "areas of 2025 an area counts where code and name are the same, with the words that "
            "its boundary may have been adjusted in 2025. The list is owned by the region that "
            "runs the panel."
        ),
    ),
    about_area=("Stadsdel", "Neighbourhood"),
    about_members=("RegSO-områden (2020)", "RegSO areas (2020)"),
    about_confirmed=(
        "Listan bekräftades av sin ägare den {date}.",
        "The list was confirmed by its owner on {date}.",
    ),
    about_unconfirmed=(
        "Listan har ännu inte bekräftats av sin ägare.",
        "The list has not been confirmed by its owner yet.",
    ),
    about_areas_3=(
        (
            "Grupper av kommuner är SKR:s nio kommungrupper, lokala arbetsmarknader enligt SCB "
            "(2018), och Södertörn, Nordost och Nordväst. Heby hör i integrationsstatistiken till "
            "Uppsala län alla år. Nykvarn finns från 1999 och Knivsta från 2003."
        ),
        (
            "Groups of municipalities are the nine of SALAR, local labour markets by Statistics "
            "Sweden (2018), and Södertörn, Nordost and Nordväst. In the integration statistics "
            "Heby is in Uppsala county in all years. Nykvarn exists from 1999 and Knivsta from "
            "2003."
        ),
    ),
    # targets
    about_targets=("Mål", "Targets"),
    about_targets_1=(
        (
            "Inga mål följer med panelen. En region kan lägga in sina egna: med mått, åldrar, "
            "ägare, första och sista år och källa. Ett mål visas bara på den del av serien som "
            "har samma mått."
        ),
        (
            "No targets come with the panel. A region may add its own: with measure, ages, owner, "
            "first and last year and source. A target is shown only on the part of a series that "
            "has the same measure."
        ),
    ),
    # privacy
    about_privacy=("Personuppgifter", "Personal data"),
    about_privacy_1=(
        (
            "Panelen innehåller inga personuppgifter. SCB har sammanställt uppgifterna ur register "
            "och skyddat dem innan de publiceras. Panelen sätter inga kakor, följer ingen och "
            "hämtar inget från andra servrar; det du väljer står bara i adressen."
        ),
        (
            "The panel holds no personal data. Statistics Sweden has aggregated the figures from "
            "registers and protected them before publication. The panel sets no cookies, follows "
            "nobody and fetches nothing from other servers; what you choose stands in the address "
            "only."
        ),
    ),
    # not measured
    about_missing=("Vad som inte mäts", "What is not measured"),
    about_missing_1=(
        "Det här efterfrågas ofta och finns inte i någon tabell som vi har hittat:",
        "These are often asked for and are in no table that we have found:",
    ),
    about_missing_a=("diskriminering", "discrimination"),
    about_missing_b=(
        "tillit, nätverk och annat socialt kapital, föreningsliv",
        "trust, networks and other social capital, associations",
    ),
    about_missing_c=(
        "vad insatser och program gör och hur de går till",
        "what programmes do and how they work",
    ),
    about_missing_d=(
        "arbetsgivares rekrytering och validering av utländska meriter",
        "employers’ recruitment and the validation of foreign qualifications",
    ),
    about_missing_e=("ålder när man flyttar hemifrån", "age at leaving home"),
    about_missing_2=(
        (
            "Valdeltagande säger inget om annat deltagande. De som får rösta är inte samma i de "
            "tre valen, som därför inte jämförs med varandra."
        ),
        (
            "Turnout says nothing about other participation. Those entitled to vote are not the "
            "same in the three elections, which are therefore not compared with each other."
        ),
    ),
    # versions
    about_versions=("Versioner och ändringar", "Versions and revisions"),
    about_versions_1=(
        (
            "Varje hämtning blir en version med ett eget namn, som står längst ned på sidan. En "
            "länk kan låsas till en version och visar då samma tal så länge den sparas. SCB ändrar "
            "ibland äldre tal: sidan Data säger hur många som har ändrats sedan förra versionen "
            "och vilka ändringar som är störst. Det som inte kunde uppdateras visas med det senast "
            "hämtade och orden att så är fallet."
        ),
        (
            "Each fetch becomes a version with a name of its own, which stands at the foot of the "
            "page. A link may be fixed to a version and then shows the same figures as long as it "
            "is kept. Statistics Sweden sometimes changes older figures: the page Data says how "
            "many have changed since the previous version and which changes are the largest. What "
            "could not be updated is shown as last fetched, with words that say so."
        ),
    ),
    about_to_data=(
        "Tabeller, datum och ändringar för varje indikator",
        "Tables, dates and changes of each indicator",
    ),
    # licence
    about_licence=("Licens och hänvisning", "Licence and citation"),
    about_licence_1=(
        (
            "SCB:s statistik är fri att använda (CC0). Skriv ”Källa: SCB, tabell TAB…” under tal "
            "som de är publicerade, och ”Egen bearbetning av data från SCB, tabell TAB…” under "
            "det som är räknat ur dem; panelen visar vilket som gäller. Kartornas gränser är SCB:s "
            "(CC0). Programkoden är fri enligt MIT-licensen."
        ),
        (
            "The statistics of Statistics Sweden are free to use (CC0). Write “Source: Statistics "
            "Sweden, table TAB…” under figures as published, and “Own processing of data from "
            "Statistics Sweden, table TAB…” under what is computed from them; the panel shows "
            "which. The borders of the maps are those of Statistics Sweden (CC0). The code is free "
            "under the MIT licence."
        ),
    ),
)
