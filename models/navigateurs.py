"""What a browser says of itself, in the words of its owner: « Firefox sur Windows »."""

# In this order: Edge and Opera also say that they are Chrome, Chrome that it is Safari.
NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def navigateur(user_agent: str) -> str:
    """The family of the browser and its system; nothing finer, which would only tell people apart."""
    family = _trouver(NAVIGATEURS, user_agent) or "Navigateur inconnu"
    system = _trouver(SYSTEMES, user_agent)
    return f"{family} sur {system}" if system else family


def _trouver(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
