"""Reads a page like a demanding user: `defauts` lists what is wrong with it, in English, for the test's message."""

import re

import html5lib
from bs4 import BeautifulSoup

BLOCS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "li",
    "dt",
    "label",
    "legend",
    "th",
    "td",
    "button",
    "summary",
    "figcaption",
    "option",
)
CACHES = ("script", "style", "template", "textarea", "code", "pre")
REFERENCES = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "commandfor",
    "popovertarget",
    "list",
    "form",
    "headers",
)
CONTROLES = "input:not([type=hidden], [type=submit], [type=button], [type=image]), select, textarea"
INTERDITS = ("hx-boost", "hx-select", "hx-select-oob", "hx-preserve", "hx-vars", "hx-on", "hx-eval", "hx-ext")
REQUETES = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
NIR = re.compile(r"\b[1-478] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3}(?: ?\d\d)?\b")
TYPOGRAPHIE = (
    (re.compile(r"\w'\w?"), "straight apostrophe"),
    (re.compile(r'"'), "straight quotation mark"),
    (
        re.compile(r"[^\u00a0\u202f\s;!?…«(][;!?»]|[^\u00a0\u202f][ ][;!?»]|^[;!?»]"),
        "no non-breaking space before ; ! ? »",
    ),
    (re.compile(r"(?:[^\u00a0\u202f]):(?=\s|$)"), "no non-breaking space before :"),
    (re.compile(r"«(?![\u00a0\u202f])"), "no non-breaking space after «"),
    (re.compile(r"\d ?[€%]"), "no non-breaking space before € or %"),
    (re.compile(r"\.\.\."), "three dots for …"),
)


def defauts(html, full=True):
    """Everything wrong with a page, or with the fragment that htmx swaps when `full` is false."""
    soup = BeautifulSoup(html, "html5lib")
    checks = [bien_forme, ids, etiquettes, formulaires, htmx, inerte, typographie, discret, titres, modele]
    found = [complaint for check in checks for complaint in check(soup, html)]
    return found + (list(page_entiere(soup, html)) if full else [])


def bien_forme(soup, html):
    parser = html5lib.HTMLParser()
    if html.lstrip().lower().startswith("<!doctype"):
        parser.parse(html)
    else:
        parser.parseFragment(html)
    return [f"HTML error {code} at {place}" for place, code, _ in parser.errors]


def page_entiere(soup, html):
    if soup.html.get("lang") != "fr":
        yield "the page is not said to be French"
    if not soup.select_one("meta[name=viewport]"):
        yield "no viewport"
    if len(soup.select("main#main")) != 1:
        yield "not exactly one main"


def titres(soup, html):
    """One h1, in the title too; levels are not skipped."""
    found = soup.select("h1")
    if soup.main and len(found) != 1:
        yield f"{len(found)} h1 elements"
    if found and soup.title and texte(found[0]) not in texte(soup.title):
        yield f"the title {texte(soup.title)!r} does not hold the heading {texte(found[0])!r}"
    levels = [int(h.name[1]) for h in soup.select("main :is(h1, h2, h3, h4, h5)")]
    if any(after > before + 1 for before, after in zip(levels, levels[1:], strict=False)):
        yield f"heading levels are skipped: {levels}"
    if len(soup.select("main [autofocus]")) > 1:
        yield "two elements want the focus"


def ids(soup, html):
    """No id twice; whatever is referred to exists."""
    present = [element["id"] for element in soup.select("[id]")]
    yield from (f"id {name!r} stands twice" for name in sorted({i for i in present if present.count(i) > 1}))
    if not soup.main:
        return  # a fragment may refer to what is on the page already
    known = set(present)
    for name in REFERENCES:
        for element in soup.select(f"[{name}]"):
            yield from (f"{name}={i!r} leads nowhere" for i in element[name].split() if i not in known)
    for link in soup.select('a[href^="#"]'):
        if link["href"][1:] not in known:
            yield f"link {link['href']} leads nowhere"


def etiquettes(soup, html):
    """Every control has a label, every button and link a name, every image a text."""
    for label in soup.select("label[for]"):
        if not soup.find(id=label["for"]):
            yield f"label for {label['for']!r} which is not there"
    for control in soup.select(CONTROLES):
        labelled = control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")
        if not labelled and not (control.get("id") and soup.find("label", attrs={"for": control["id"]})):
            yield f"control {control.get('name')!r} has no label"
    for element in soup.select("button, a[href]"):
        if not texte(element) and not element.get("aria-label"):
            yield f"nameless {element.name}"
    for image in soup.select("img:not([alt])"):
        yield f"image {image.get('src')} has no alt"


def formulaires(soup, html):
    for form in soup.find_all("form"):
        if form.get("method", "").lower() not in ("get", "post", "dialog"):
            yield f"form without method: {form.get('action')}"
        if not form.get("action") and form.get("method") != "dialog":
            yield "form without action"
    for control in soup.select("form :is(input, select, textarea):not([name])"):
        yield f"control {control.get('id')} without name: nothing of it is sent"


def htmx(soup, html):
    """Everything works without htmx too; what was tried and found dangerous is not used."""
    for element in soup.find_all(True):
        names = set(element.attrs)
        for name in names:
            if name.split(":")[0] in INTERDITS:
                yield f"forbidden attribute {name}"
        if names & set(REQUETES):
            yield from requete_htmx(element)


def requete_htmx(element):
    name = f"<{element.name} {element.get('id') or element.get('name') or ''}>"
    form = element if element.name == "form" else element.find_parent("form")
    if not (element.get("href") or (form and form.get("action"))):
        yield f"{name} does nothing without htmx"
    if "[" in element.get("hx-trigger", ""):
        yield f"{name}: trigger filters need unsafe-eval"
    if "input" in element.get("hx-trigger", "") and not element.get("hx-sync"):
        yield f"{name}: a search without hx-sync shows stale results"
    if element.name == "form" and "hx-sync" not in element.attrs:
        yield f"{name}: a form without hx-sync is posted twice"
    if "js:" in element.get("hx-vals", ""):
        yield f"{name}: js: in hx-vals"


def inerte(soup, html):
    """Nothing that the content security policy would refuse."""
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"{name}= on <{element.name}>"
            if isinstance(value, str) and value.strip().lower().startswith(("javascript:", "data:text")):
                yield f"{name}={value[:30]}"
        if element.name in ("script", "img", "iframe", "link") and "//" in (
            element.get("src") or element.get("href") or ""
        ):
            yield f"<{element.name}> from another host"
    if soup.select("script:not([src]), style"):
        yield "inline script or style"


def modele(soup, html):
    return [f"{mark} left in the page" for mark in ("{{", "{%", "Undefined") if mark in html]


def discret(soup, html):
    """A NIR stands in its control or in an answer that is shown, nowhere else."""
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if isinstance(value, str) and NIR.search(value) and (element.name, name) != ("input", "value"):
                yield f"a NIR in {name} of <{element.name}>"
    if soup.title and NIR.search(texte(soup.title)):
        yield "a NIR in the title"


def typographie(soup, html):
    """What people read is set as French wants it."""
    for text in lus(soup):
        for pattern, complaint in TYPOGRAPHIE:
            if match := pattern.search(text):
                yield f"{complaint}: {text[max(0, match.start() - 30) : match.end() + 10]!r}"


def lus(soup):
    """The texts that people read: innermost blocks, and attributes that are read out."""
    for element in soup.find_all(BLOCS):
        if not element.find(BLOCS) and not element.find_parent(CACHES):
            yield texte(element)
    for name in ("title", "placeholder", "aria-label", "alt"):
        yield from (element[name] for element in soup.select(f"[{name}]"))


def texte(element):
    """The text of an element, ordinary spaces folded, non-breaking ones kept."""
    return re.sub(r"[ \t\r\n]+", " ", element.get_text()).strip(" ")
