"""Reads a page like a demanding user: `defauts` lists what is wrong with it, in English, for the test's message."""

import re
from collections import Counter

import html5lib
from bs4 import BeautifulSoup
from bs4.builder import HTML5TreeBuilder

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
LUS = ("title", "placeholder", "aria-label", "alt")
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
SANS_LABEL = ("hidden", "submit", "button", "image")
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


class Arbre(HTML5TreeBuilder):
    """Keeps what the parser complains of, so that a page is parsed once only."""

    def feed(self, markup):
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup).original_encoding = None
        self.underlying_builder.parser = None
        self.soup.complaints = parser.errors


def soupe(html):
    """The page as a tree."""
    return BeautifulSoup(html, builder=Arbre)


def defauts(html, full=True, soup=None):
    """Everything wrong with a page, or with the fragment that htmx swaps when `full` is false.

    soup: what `soupe` made of it, when the caller has it.
    """
    soup = soupe(html) if soup is None else soup
    checks = [bien_forme, ids, etiquettes, formulaires, htmx, inerte, typographie, discret, titres, modele]
    found = [complaint for check in checks for complaint in check(soup, html)]
    return found + (list(page_entiere(soup, html)) if full else [])


def bien_forme(soup, html):
    """What a strict parser finds. A fragment has no doctype."""
    whole = html.lstrip().lower().startswith("<!doctype")
    errors = [e for e in soup.complaints if whole or not e[1].startswith("expected-doctype")]
    return [f"HTML error {code} at {place}" for place, code, _ in errors]


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
    elements = soup.find_all(True)
    present = Counter(element["id"] for element in elements if "id" in element.attrs)
    yield from (f"id {name!r} stands twice" for name in sorted(present) if present[name] > 1)
    if not soup.main:
        return  # a fragment may refer to what is on the page already
    for element in elements:
        for name in REFERENCES:
            if name in element.attrs:
                yield from (f"{name}={i!r} leads nowhere" for i in element[name].split() if i not in present)
        href = element.get("href", "") if element.name == "a" else ""
        if href.startswith("#") and href[1:] not in present:
            yield f"link {href} leads nowhere"


def etiquettes(soup, html):
    """Every control has a label, every button and link a name, every image a text."""
    present = {element["id"] for element in soup.find_all(id=True)}
    named = {label["for"] for label in soup.find_all("label", attrs={"for": True})}
    yield from (f"label for {name!r} which is not there" for name in sorted(named - present))
    for control in soup.find_all(("input", "select", "textarea")):
        if control.get("type") not in SANS_LABEL and not (control.get("id") in named or nomme(control)):
            yield f"control {control.get('name')!r} has no label"
    for element in soup.find_all(("button", "a")):
        if (element.name == "button" or "href" in element.attrs) and not (texte(element) or element.get("aria-label")):
            yield f"nameless {element.name}"
    for image in soup.find_all("img", alt=False):
        yield f"image {image.get('src')} has no alt"


def nomme(control):
    return control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")


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
    for element in soup.find_all(True):
        if element.name in BLOCS and not element.find(BLOCS) and not element.find_parent(CACHES):
            yield texte(element)
        yield from (element[name] for name in LUS if name in element.attrs)


def texte(element):
    """The text of an element, ordinary spaces folded, non-breaking ones kept."""
    return re.sub(r"[ \t\r\n]+", " ", element.get_text()).strip(" ")
