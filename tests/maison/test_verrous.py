"""The lock files: every package pinned with its hashes, no host, so that anyone installs the same from anywhere."""

import re

import pytest

from tests.maison.sources import RACINE

VERROUS = {"requirements": 20, "requirements-dev": 40, "requirements-parquet": 1}  # how many packages at least


def paquets(name):
    """Package → the text of its entry."""
    text = (RACINE / f"{name}.lock").read_text()
    entries = re.findall(r"^([a-z0-9][\w.\[\]-]*)==(.*?)(?=^[a-z0-9]|\Z)", text, re.M | re.S | re.I)
    return dict(entries)


@pytest.mark.parametrize("name", VERROUS)
def test_the_lock_file_names_no_host(name):
    text = (RACINE / f"{name}.lock").read_text()
    assert re.findall(r"^.*(?:://|--(?:extra-)?index|--find-links|--trusted-host).*$", text, re.M) == []


@pytest.mark.parametrize("name", VERROUS)
def test_every_package_is_pinned_with_its_hashes(name):
    found = paquets(name)
    assert len(found) >= VERROUS[name]
    assert [package for package, text in found.items() if "--hash=sha256:" not in text] == []


@pytest.mark.parametrize("name", VERROUS)
def test_everything_asked_for_is_locked(name):
    lines = (RACINE / f"{name}.in").read_text().splitlines()
    wanted = [line.split("[")[0] for line in lines if not line.startswith("-")]
    locked = {package.split("[")[0].lower() for package in paquets(name)}
    assert [package for package in wanted if package.lower() not in locked] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-parquet"])
def test_tests_run_on_the_versions_that_are_served(name):
    served, tested = paquets(name), paquets("requirements-dev")
    versions = {package: text.split()[0] for package, text in served.items()}
    assert {package: tested[package].split()[0] for package in versions} == versions
