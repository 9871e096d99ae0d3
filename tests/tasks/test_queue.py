"""The doorbell: it rings where the settings say, its failures hurt nobody, its log names nobody."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from huey.exceptions import CancelExecution
from huey.storage import SqliteStorage

from models.base import db
from tasks import queue

NIR = "185057800608436"


@pytest.fixture
def file_locale(tmp_path):
    previous = queue.huey.storage
    queue.brancher({"DATABASE_URL": f"sqlite:///{tmp_path}/dossiers.db", "QUEUE_PATH": tmp_path / "queue.db"})
    yield tmp_path / "queue.db"
    queue.huey.storage.close()
    queue.huey.storage = previous


@pytest.fixture
def tache():
    """A task that fails with a NIR in its text, and a NIR as its argument."""

    @queue.huey.task(name="echec")
    def echec(nir, kind=ValueError):
        raise kind(nir)

    yield echec
    queue.huey._registry.unregister(echec.task_class)


def journalise(caplog):
    return "\n".join(f"{r.getMessage()} {r.exc_text or ''} {r.exc_info or ''}" for r in caplog.records) + caplog.text


def test_before_it_is_given_a_store_it_rings_nowhere_and_touches_no_file(tmp_path):
    ring = "from tasks.queue import huey; huey.task(name='x')(print)()"
    environ = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", ring], cwd=tmp_path, env=environ, check=True)  # noqa: S603 our own line
    assert list(tmp_path.iterdir()) == []


def test_the_queue_has_a_file_of_its_own(file_locale):
    assert isinstance(queue.huey.storage, SqliteStorage)
    assert file_locale.is_file()
    assert queue.huey.storage.sql("pragma synchronous", results=True) == [(0,)]
    assert not queue.huey.results


def test_plugging_it_twice_takes_the_last_place(file_locale, tmp_path):
    queue.brancher({"DATABASE_URL": "sqlite:///x", "QUEUE_PATH": tmp_path / "other.db"})
    assert (tmp_path / "other.db").is_file()
    assert queue.huey.pending_count() == 0


@pytest.mark.parametrize("kind", [ValueError, CancelExecution])
def test_neither_the_text_of_an_exception_nor_an_argument_reaches_the_log(file_locale, base, tache, caplog, kind):
    caplog.set_level(logging.DEBUG)
    tache(NIR, kind)
    queue.huey.execute(queue.huey.dequeue())
    assert "echec" in journalise(caplog)
    assert NIR not in journalise(caplog)


def test_the_log_keeps_the_class_of_the_exception(file_locale, base, tache, caplog):
    tache(NIR)
    queue.huey.execute(queue.huey.dequeue())
    assert "[ValueError]" in caplog.text


def test_every_logger_of_huey_is_filtered(file_locale):
    queue.huey.create_consumer()
    ours = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "huey"]
    emitters = [name for name in ours if isinstance(logging.root.manager.loggerDict[name], logging.Logger)]
    assert set(emitters) <= set(queue.LOGGERS)
    for name in queue.LOGGERS:
        assert [f for f in logging.getLogger(name).filters if isinstance(f, queue.SansDonnees)]


def test_a_task_has_the_database_open_and_leaves_it_closed(file_locale, base):
    seen = []

    @queue.huey.task(name="regarde")
    def regarde():
        seen.append(db.is_closed())

    regarde()
    queue.huey.execute(queue.huey.dequeue())
    queue.huey._registry.unregister(regarde.task_class)
    assert seen == [False]
    assert db.is_closed()


def test_a_task_that_fails_leaves_the_database_closed_too(file_locale, base, tache):
    tache(NIR)
    queue.huey.execute(queue.huey.dequeue())
    assert db.is_closed()
