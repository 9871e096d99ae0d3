"""The files of the project that the house tests read."""

import ast
from pathlib import Path

RACINE = Path(__file__).parents[2]
ETAGES = ("blueprints", "tasks", "forms", "pdf", "models")


def python(*folders):
    """The modules of the application, or of the folders named; migrations are frozen and not counted."""
    files = [RACINE / "app.py", RACINE / "config.py"] if not folders else []
    for folder in folders or ETAGES:
        files += sorted((RACINE / folder).rglob("*.py"))
    return [path for path in files if "migrations" not in path.parts]


def gabarits():
    return sorted((RACINE / "partials").rglob("*.*"))


def nom(path):
    return str(path.relative_to(RACINE))


def lignes(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def fonctions(path):
    """Every function of a module, with its number of lines, decorators aside."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.end_lineno - node.lineno + 1
