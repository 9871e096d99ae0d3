"""What htmx 4 sends for an element, and what it does to the page with the answer."""

import copy
from typing import NamedTuple

from bs4 import BeautifulSoup

from tests import formulaire

REMPLACE = ("outerHTML", "outerMorph")
VERBES = {"hx-get": "GET", "hx-post": "POST"}


class Requete(NamedTuple):
    method: str
    url: str
    data: dict
    element: object
    pousse: bool


def nom(element):
    """The element as the header HX-Source names it."""
    return f"{element.name}#{element['id']}" if element.get("id") else element.name


def requete(element, values=None):
    """The request of `element`. A GET sends its own control only, a POST the whole form around it."""
    source = ecoute(element)
    verb = next(verb for verb in VERBES if verb in source.attrs)
    if source.name == "form":
        data = formulaire.lire(source, values, element if element.name == "button" else None)
    elif verb == "hx-get":
        own = source.name in ("input", "select", "textarea")
        data = {source["name"]: [(values or {}).get(source["name"], source.get("value", ""))]} if own else {}
    else:
        data = formulaire.lire(formulaire.formulaire_de(source), values, None)
    return Requete(VERBES[verb], source[verb], data, source, source.get("hx-push-url") == "true")


def ecoute(element):
    """The element whose request it is: a button submits its form, any other event rises to who listens."""
    verbs = set(VERBES)
    if element.name == "button" and not verbs & set(element.attrs):
        return formulaire.formulaire_de(element)
    while not verbs & set(element.attrs):
        element = element.parent
    return element


def cible(soup, request, response):
    """The element that is swapped."""
    where = response.headers.get("HX-Retarget") or regle(request, response, "target") or "this"
    if where == "this":
        return soup.find(id=request.element["id"])
    if where.startswith("closest "):
        return request.element.find_parent(where.removeprefix("closest "))
    return soup.select_one(where)


def appliquer(soup, request, response, html):
    """Apply the answer to `soup`: title, out-of-band pieces, then what is left into the target."""
    answer = BeautifulSoup(html, "html5lib")
    if answer.title:
        soup.title.string = answer.title.get_text()
        answer.title.decompose()
    for piece in answer.select("[hx-swap-oob]"):
        del piece["hx-swap-oob"]
        place = soup.find(id=piece["id"])
        if place:
            place.replace_with(copy.copy(piece))
        piece.decompose()
    style = (response.headers.get("HX-Reswap") or regle(request, response, "swap") or "innerHTML").split()[0]
    if style != "none":
        deposer(cible(soup, request, response), style, list(answer.body.contents))


def regle(request, response, what):
    """The `swap` or `target` that the element wants, for this status first."""
    status = str(response.status_code)
    for pattern in (status, f"{status[:2]}x", f"{status[0]}xx"):
        for word in request.element.get(f"hx-status:{pattern}", "").split():
            if word.startswith(f"{what}:"):
                return word.removeprefix(f"{what}:")
    return request.element.get(f"hx-{what}")


def deposer(target, style, pieces):
    assert target is not None, "the target of the swap is not on the page"
    if style in REMPLACE:
        for piece in pieces:
            target.insert_before(piece)
        target.decompose()
    elif style == "beforeend":
        target.extend(pieces)
    else:
        target.clear()
        target.extend(pieces)


def copie(soup):
    """Another page with the same elements; `copy.copy` would put an empty one before it."""
    return BeautifulSoup(str(soup), "html5lib")


def stable(soup):
    """The page as a text, without what is new at each request: announcements, one-time keys, spaces."""
    soup = copie(soup)
    for element in soup.select("p.avis, #session, #enregistrement"):
        element.decompose()
    for control in soup.select("input[name=cle]"):
        control["value"] = ""
    return [line for line in (" ".join(line.split()) for line in soup.prettify().splitlines()) if line]
