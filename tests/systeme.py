"""`python -m tests.systeme PACKAGE...`: the Debian packages that the tests need, installed when they are missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def chromium() -> str | None:
    """The browser of the system: playwright's own cannot be had everywhere."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def initdb() -> str | None:
    """PostgreSQL's server tools are not on the PATH of Debian: the newest version wins."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]), reverse=True)
    return str(versions[0]) if versions else shutil.which("initdb")


FIND = {"chromium": chromium, "postgresql": initdb, "wrk": lambda: shutil.which("wrk")}


def apt_get(*words: str) -> None:
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *words], env=environ, check=True, stdout=sys.stderr)  # noqa: S603, S607 fixed words


def main(packages: list[str]) -> str | None:
    """Install what is missing of `packages`; answers the line to complain with when that is not possible."""
    missing = [package for package in packages if not FIND[package]()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        apt_get("update")
        apt_get("install", "-y", "--no-install-recommends", *missing)
        missing = [package for package in missing if not FIND[package]()]
    return f"Missing: {', '.join(missing)}. Install: apt-get install {' '.join(missing)}" if missing else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
