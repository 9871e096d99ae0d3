"""The README names every setting with its default, and no other."""

import re

from config import REGLAGES, reglages
from tests.maison.sources import RACINE


def tableau():
    """Setting → default, from the table of the README."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", (RACINE / "README.md").read_text(encoding="utf-8"), re.M)
    return {name: default.strip("`").strip() for name, default in rows}


def test_the_readme_lists_every_setting_with_its_default():
    assert tableau() == {reglage.name: reglage.default for reglage in REGLAGES}


def test_every_default_works_on_one_machine(tmp_path):
    values = reglages({"DATA_DIR": str(tmp_path)})
    assert set(values) == {reglage.name for reglage in REGLAGES}
    assert all(values[name] for name in ("SECRET_KEYS", "CIPHER_KEYS", "INDEX_KEY"))


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path):
    first = reglages({"DATA_DIR": str(tmp_path)})
    assert reglages({"DATA_DIR": str(tmp_path)}) == first
    assert (tmp_path / "cles.json").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["cles.json"]
