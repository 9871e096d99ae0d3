"""The templates: each is used, compiles, writes no address by hand and uses no dangerous attribute."""

import ast
import re

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from tests.maison.sources import RACINE, gabarits, nom, python

PARTIALS = RACINE / "partials"
env = Environment(loader=FileSystemLoader(PARTIALS), autoescape=True)
# Mails have a loader of their own; they are named by their stem: composer("mot_de_passe_oublie").
COURRIELS = "courriels/"
IMPORTS = re.compile(r"{%-?\s*from\s+\"[^\"]+\"\s+import\s+([^%]+?)\s*(?:with(?:out)? context\s*)?-?%}")
DANGERS = re.compile(
    r"hx-boost|hx-on|hx-select|hx-preserve|hx-vars|hx-ext|\bjs:|javascript:|\bstyle=|\son\w+=|\|\s*safe\b|hx-trigger=\"[^\"]*\["
)
ADRESSES = re.compile(r"(?:href|action|src|hx-get|hx-post)=\"(?!\{\{|\{%|#|https://|mailto:)[^\"]*\"")


def chemin(path):
    return path.relative_to(PARTIALS).as_posix()


def arbre(path):
    return env.parse(path.read_text(encoding="utf-8"))


def textes_des_modules():
    """Every string constant of the application."""
    for path in python():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def utilises():
    """Templates named by the code or by another template."""
    names = set(textes_des_modules())
    for path in gabarits():
        mail = chemin(path).startswith(COURRIELS)
        folder = COURRIELS if mail else ""
        names |= {folder + name for name in meta.find_referenced_templates(arbre(path)) if name}
        if mail and path.stem in names:
            names.add(chemin(path))
    return names


def test_every_page_compiles(app):
    for path in gabarits():
        if not chemin(path).startswith(COURRIELS):
            app.jinja_env.get_template(chemin(path))


def test_every_template_is_used():
    used = utilises()
    assert [chemin(path) for path in gabarits() if chemin(path) not in used] == []


def test_every_template_that_is_named_exists():
    present = {chemin(path) for path in gabarits()}
    named = {name for name in utilises() if re.fullmatch(r"[a-z_]+/[\w/-]+\.(html|txt)", name)}
    assert named - present == set()


@pytest.mark.parametrize("path", gabarits(), ids=chemin)
def test_the_template_uses_what_it_imports(path):
    source = path.read_text(encoding="utf-8")
    for match in IMPORTS.finditer(source):
        names = [part.split(" as ")[-1].strip() for part in match[1].split(",")]
        rest = source.replace(match[0], "")
        assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", rest)] == []


@pytest.mark.parametrize("path", gabarits(), ids=chemin)
def test_the_template_is_harmless(path):
    source = path.read_text(encoding="utf-8")
    mail = chemin(path).startswith(COURRIELS)  # mail programs know inline styles only
    found = [text for text in DANGERS.findall(source) if not (mail and text == "style=")]
    assert found == []
    assert ADRESSES.findall(source) == []


def test_every_static_file_is_used():
    sources = "".join(path.read_text(encoding="utf-8") for path in [*gabarits(), *python()])
    files = [path for path in (RACINE / "static").rglob("*") if path.is_file()]
    styles = "".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".css", ".js"))
    assert [nom(path) for path in files if path.name not in sources + styles] == []
