"""The words for taking a view along: pictures, files, embedding."""

from dashboard.text.terms import texts

TERMS = texts(
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
