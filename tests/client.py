"""A browser for tests: it takes endpoints or paths, expects a status, and refuses pages with a defect."""

import copy

from tests import formulaire, swapping
from tests.reading import defauts, soupe, texte

MEME_SITE = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Page:
    """What was answered: `soup` is what the person sees now, htmx's swaps included."""

    def __init__(self, client, response, url):
        self.client, self.response, self.url = client, response, url
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.soup = soupe(self.html)

    @property
    def titre(self):
        return texte(self.soup.h1)

    @property
    def texte(self):
        """All that can be read, spaces folded and made ordinary."""
        return " ".join(self.soup.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())

    @property
    def suite(self):
        """Where the answer leads."""
        return self.response.headers["Location"]

    def champ(self, name):
        """The control called `name`."""
        return self.soup.find(attrs={"name": name})

    def message(self, name):
        """What stands under the control `name`."""
        return texte(self.soup.find(id=f"{name}-message"))

    def liens(self):
        return [link["href"] for link in self.soup.select("a[href]")]

    def suivre(self, status=200):
        """Go where the answer leads."""
        return self.client.get(self.suite, status)

    def cliquer(self, text, status=200):
        """Follow the link that says `text`."""
        for link in self.soup.select("a[href]"):
            if texte(link) == text:
                return self.client.get(link["href"], status)
        raise formulaire.Introuvable(f"no link {text!r}")

    def soumettre(self, bouton, valeurs=None, status=303):
        """Fill in the form of the button that says `bouton` and press it."""
        return self.client.soumettre(self, bouton, valeurs, status)

    def htmx(self, element, valeurs=None, status=200):
        """Do what htmx does for `element` (or its selector) and apply the answer to this page."""
        return self.client.htmx(self, element, valeurs, status)


class PageClient:
    """One person's browser. `typographie=False` for pages that show what a person typed otherwise."""

    def __init__(self, app):
        self.app, self.http = app, app.test_client()
        self.typographie = True

    def connecter(self, compte):
        """Log `compte` in, without the login page; answers the client."""
        from models.sessions import ouvrir_session

        with self.http.session_transaction() as session:
            session["s"] = ouvrir_session(compte)
        return self

    def url(self, where, **values):
        """The path of an endpoint; a path stays what it is."""
        if where.startswith(("/", "http")):
            return where
        with self.app.test_request_context():
            from flask import url_for

            return url_for(where, **values)

    def get(self, where, status=200, headers=None, full=True, **values):
        """`full` is false when a fragment is asked for."""
        url = self.url(where, **values)
        return self.lire(self.http.get(url, headers=MEME_SITE | (headers or {})), url, status, full)

    def post(self, where, data=None, status=303, headers=None, **values):
        url = self.url(where, **values)
        response = self.http.post(url, data=data or {}, headers=MEME_SITE | (headers or {}))
        return self.lire(response, url, status)

    def soumettre(self, page, bouton, valeurs=None, status=303):
        button = formulaire.bouton(page.soup, bouton)
        form = formulaire.formulaire_de(button)
        data = formulaire.lire(form, valeurs, button)
        url = button.get("formaction") or form["action"]
        if form["method"].lower() == "get":
            response = self.http.get(url, query_string=data, headers=MEME_SITE)
        else:
            kind = form.get("enctype", "application/x-www-form-urlencoded")
            response = self.http.post(url, data=data, headers=MEME_SITE, content_type=kind)
        return self.lire(response, url, status)

    def htmx(self, page, element, valeurs=None, status=200):
        """Send what htmx sends for `element`, follow redirects as fetch does, swap the answer into `page`."""
        element = page.soup.select_one(element) if isinstance(element, str) else element
        request = swapping.requete(element, valeurs)
        headers = (
            MEME_SITE | HTMX | {"HX-Source": swapping.nom(element), "HX-Current-URL": f"http://localhost{page.url}"}
        )
        send = {"GET": self.http.get, "POST": self.http.post}[request.method]
        field = "query_string" if request.method == "GET" else "data"
        sent = {field: request.data} if request.data else {}  # the address may carry some already
        url, response = request.url, send(request.url, headers=headers, **sent)
        while response.status_code == 303:
            url = response.headers["Location"]
            response = self.http.get(url, headers=headers)
        answer = self.lire(response, url, status, full=False)
        result = copy.copy(page)
        result.response, result.soup = response, swapping.copie(page.soup)
        result.url = url if request.pousse and status < 400 else page.url
        swapping.appliquer(result.soup, request, response, answer.html)
        return result

    def lire(self, response, url, status, full=True):
        """The page answered; fails on another status than `status`, and on any defect of the page."""
        assert response.status_code == status, f"{response.status} for {url}, expected {status}"
        page = Page(self, response, url)
        if page.html.strip() and not 300 <= status < 400:
            found = defauts(page.html, full, page.soup) + list(entetes(response))
            if not self.typographie:
                found = [
                    complaint for complaint in found if "non-breaking" not in complaint and "straight" not in complaint
                ]
            assert not found, f"{url}: " + "; ".join(found)
        return page


def entetes(response):
    """What is wrong with the headers of a page."""
    headers = response.headers
    if "no-store" not in headers.get("Cache-Control", ""):
        yield "the answer may be stored"
    if "HX-Request-Type" not in headers.get("Vary", ""):
        yield "Vary does not name HX-Request-Type"
    csp = headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in csp or "unsafe" in csp:
        yield f"weak content security policy {csp!r}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "no nosniff"


def egale_page_fraiche(page):
    """Fail unless the page as htmx left it equals the page that a browser gets at its address."""
    fresh = page.client.get(page.url)
    assert swapping.stable(page.soup) == swapping.stable(fresh.soup)
