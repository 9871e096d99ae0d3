"""The reader of pages sees each defect: a check that cannot fail would let all pages pass."""

import pytest

from tests.reading import defauts

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{titre} – Mon Espace</title>
<meta name="viewport" content="width=device-width"></head>
<body><main id="main">{main}</main></body></html>"""
TITRE = "<h1>Salarié</h1>"
FORM = '<form method="post" action="/x">{}</form>'


def page(main, titre="Salarié"):
    return PAGE.format(main=main, titre=titre)


@pytest.mark.parametrize(
    "main",
    [
        TITRE + "<p>Que faire\u00a0? Rien\u202f: «\u00a0Suivant\u00a0» est là, l’heure aussi (21:04), 3\u00a0%…</p>",
        TITRE + FORM.format('<label for="nir">NIR</label><input id="nir" name="nir" value="105037511234537">'),
        TITRE + "<dl><dt>NIR</dt><dd>105037511234537</dd></dl>",
        TITRE + FORM.format('<button hx-post="/x">Envoyer</button>'),
        TITRE + '<h2 id="a">Un</h2><h3>Deux</h3><p><a href="#a">Un</a></p>',
    ],
)
def test_a_good_page_passes(main):
    assert defauts(page(main)) == []


@pytest.mark.parametrize(
    ("main", "complaint"),
    [
        ("", "0 h1"),
        (TITRE * 2, "2 h1"),
        ("<h1>Autre</h1>", "does not hold the heading"),
        (TITRE + "<h3>Trop bas</h3>", "levels are skipped"),
        (TITRE + "<p id=a></p><p id=a></p>", "stands twice"),
        (TITRE + '<p aria-describedby="rien">x</p>', "leads nowhere"),
        (TITRE + '<p><a href="#rien">x</a></p>', "leads nowhere"),
        (TITRE + "<p><a href='/x'></a></p>", "nameless a"),
        (TITRE + "<p>ouvert <b>gras</p>", "HTML error"),
        (TITRE + FORM.format('<input name="nu">'), "has no label"),
        (TITRE + FORM.format('<label for="b">x</label>'), "not there"),
        (TITRE + '<form action="/x"></form>', "without method"),
        (TITRE + '<form method="post"></form>', "without action"),
        (TITRE + '<p hx-get="/x">x</p>', "without htmx"),
        (TITRE + FORM.format('<label>x<input name="q" hx-get="/q" hx-trigger="input"></label>'), "hx-sync"),
        (TITRE + '<form method="post" action="/x" hx-post="/x"></form>', "posted twice"),
        (TITRE + '<p hx-boost="true">x</p>', "forbidden attribute"),
        (TITRE + '<p hx-on:click="x()">x</p>', "forbidden attribute"),
        (TITRE + '<p style="color:red">x</p>', "style="),
        (TITRE + '<p onclick="x()">x</p>', "onclick="),
        (TITRE + '<p><a href="javascript:x()">x</a></p>', "javascript:"),
        (TITRE + "<script>x()</script>", "inline script"),
        (TITRE + '<p><img src="https://exemple.fr/x.png" alt="x"></p>', "another host"),
        (TITRE + '<p><img src="/x.png"></p>', "no alt"),
        (TITRE + "<p>{{ nom }}</p>", "left in the page"),
        (TITRE + "<p>l'heure</p>", "straight apostrophe"),
        (TITRE + "<p>Que faire?</p>", "before ; ! ?"),
        (TITRE + "<p>Que faire ?</p>", "before ; ! ?"),
        (TITRE + "<p>Nom : Durand</p>", "before :"),
        (TITRE + "<p>« Suivant\u00a0»</p>", "after «"),
        (TITRE + "<p>12 %</p>", "before € or %"),
        (TITRE + "<p>Choisissez...</p>", "three dots"),
        (TITRE + '<p><a href="/dossiers/105037511234537">x</a></p>', "a NIR in href"),
    ],
)
def test_a_defect_is_seen(main, complaint):
    found = defauts(page(main))
    assert [text for text in found if complaint in text], found


def test_a_page_in_another_language_is_seen():
    assert "the page is not said to be French" in defauts(page(TITRE).replace('lang="fr"', 'lang="en"'))
