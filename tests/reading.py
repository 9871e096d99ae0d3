"""Reads a page like a demanding user: `defauts` lists what is wrong with it, in English, for the test's message."""

import re
from collections import Counter

import html5lib
from bs4 import BeautifulSoup, Tag
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
ADRESSE = re.compile(r"https?://\S+")
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
    (re.compile(r"[a-zà-ÿ»)][.!?…][A-ZÀ-Ý][a-zà-ÿ]|[a-zà-ÿ»)][,;:][a-zà-ÿ]"), "no space between two words"),
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
    page = Lue(soup, html)
    checks = [bien_forme, ids, etiquettes, formulaires, htmx, inerte, typographie, discret, titres, modele]
    checks += [page_entiere] if full else []
    return [complaint for check in checks for complaint in check(page)]


class Lue:
    """A page and its elements in their order, found once for all checks: each search walks the whole tree."""

    def __init__(self, soup, html):
        self.soup, self.html = soup, html
        self.elements = [node for node in soup.descendants if isinstance(node, Tag)]
        self.main = soup.main

    def nommes(self, *names):
        return [element for element in self.elements if element.name in names]


def dans(element, names):
    """Whether the element stands in one of these."""
    return any(parent.name in names for parent in element.parents)


def bien_forme(page):
    """What a strict parser finds. A fragment has no doctype."""
    whole = page.html.lstrip().lower().startswith("<!doctype")
    errors = [e for e in page.soup.complaints if whole or not e[1].startswith("expected-doctype")]
    return [f"HTML error {code} at {place}" for place, code, _ in errors]


def page_entiere(page):
    if page.soup.html.get("lang") != "fr":
        yield "the page is not said to be French"
    if not any(meta.get("name") == "viewport" for meta in page.nommes("meta")):
        yield "no viewport"
    if len([main for main in page.nommes("main") if main.get("id") == "main"]) != 1:
        yield "not exactly one main"


def titres(page):
    """One h1, in the title too; levels are not skipped."""
    found, title = page.nommes("h1"), page.soup.title
    if page.main and len(found) != 1:
        yield f"{len(found)} h1 elements"
    if found and title and texte(found[0]) not in texte(title):
        yield f"the title {texte(title)!r} does not hold the heading {texte(found[0])!r}"
    levels = [int(h.name[1]) for h in page.nommes("h1", "h2", "h3", "h4", "h5") if dans(h, ("main",))]
    if any(after > before + 1 for before, after in zip(levels, levels[1:], strict=False)):
        yield f"heading levels are skipped: {levels}"
    if len([e for e in page.elements if "autofocus" in e.attrs and dans(e, ("main",))]) > 1:
        yield "two elements want the focus"


def ids(page):
    """No id twice; whatever is referred to exists."""
    present = Counter(element["id"] for element in page.elements if "id" in element.attrs)
    yield from (f"id {name!r} stands twice" for name in sorted(present) if present[name] > 1)
    if not page.main:
        return  # a fragment may refer to what is on the page already
    for element in page.elements:
        for name in REFERENCES:
            if name in element.attrs:
                yield from (f"{name}={i!r} leads nowhere" for i in element[name].split() if i not in present)
        href = element.get("href", "") if element.name == "a" else ""
        if href.startswith("#") and href[1:] not in present:
            yield f"link {href} leads nowhere"


def etiquettes(page):
    """Every control has a label, every button and link a name, every image a text."""
    present = {element["id"] for element in page.elements if "id" in element.attrs}
    named = {label["for"] for label in page.nommes("label") if "for" in label.attrs}
    yield from (f"label for {name!r} which is not there" for name in sorted(named - present))
    for control in page.nommes("input", "select", "textarea"):
        if control.get("type") not in SANS_LABEL and not (control.get("id") in named or nomme(control)):
            yield f"control {control.get('name')!r} has no label"
    for element in page.nommes("button", "a"):
        if (element.name == "button" or "href" in element.attrs) and not (texte(element) or element.get("aria-label")):
            yield f"nameless {element.name}"
    for image in page.nommes("img"):
        if "alt" not in image.attrs:
            yield f"image {image.get('src')} has no alt"


def nomme(control):
    return control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")


def formulaires(page):
    for form in page.nommes("form"):
        if form.get("method", "").lower() not in ("get", "post", "dialog"):
            yield f"form without method: {form.get('action')}"
        if not form.get("action") and form.get("method") != "dialog":
            yield "form without action"
    for control in page.nommes("input", "select", "textarea"):
        if "name" not in control.attrs and dans(control, ("form",)):
            yield f"control {control.get('id')} without name: nothing of it is sent"


def htmx(page):
    """Everything works without htmx too; what was tried and found dangerous is not used."""
    for element in page.elements:
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


def inerte(page):
    """Nothing that the content security policy would refuse."""
    for element in page.elements:
        for name, value in element.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"{name}= on <{element.name}>"
            if isinstance(value, str) and value.strip().lower().startswith(("javascript:", "data:text")):
                yield f"{name}={value[:30]}"
        if element.name in ("script", "img", "iframe", "link") and "//" in (
            element.get("src") or element.get("href") or ""
        ):
            yield f"<{element.name}> from another host"
    if page.nommes("style") or any("src" not in script.attrs for script in page.nommes("script")):
        yield "inline script or style"


def modele(page):
    return [f"{mark} left in the page" for mark in ("{{", "{%", "Undefined") if mark in page.html]


def discret(page):
    """A NIR stands in its control or in an answer that is shown, nowhere else."""
    for element in page.elements:
        for name, value in element.attrs.items():
            if isinstance(value, str) and NIR.search(value) and (element.name, name) != ("input", "value"):
                yield f"a NIR in {name} of <{element.name}>"
    if page.soup.title and NIR.search(texte(page.soup.title)):
        yield "a NIR in the title"


def typographie(page):
    """What people read is set as French wants it."""
    for text in lus(page.elements):
        text = ADRESSE.sub("", text)  # a token is no French
        for pattern, complaint in TYPOGRAPHIE:
            if match := pattern.search(text):
                yield f"{complaint}: {text[max(0, match.start() - 30) : match.end() + 10]!r}"


def lus(elements):
    """The texts that people read: innermost blocks, and attributes that are read out."""
    blocks = [element for element in elements if element.name in BLOCS]
    outer = {id(parent) for block in blocks for parent in block.parents}
    for element in elements:
        if element.name in BLOCS and id(element) not in outer and not dans(element, CACHES):
            yield texte(element)
        yield from (element[name] for name in LUS if name in element.attrs)


def texte(element):
    """The text of an element, ordinary spaces folded, non-breaking ones kept."""
    return re.sub(r"[ \t\r\n]+", " ", element.get_text()).strip(" ")
