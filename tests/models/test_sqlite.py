"""Writers of one SQLite file, in several threads and processes: each in its turn, none lost."""

import multiprocessing
import threading

import peewee
import pytest

from models.sqlite import SqliteEnLigne

FOIS, FILS, PROCESSUS = 25, 4, 2


def compter(path):
    """Read and write back, often, in every thread."""
    database = SqliteEnLigne(path, pragmas={"journal_mode": "wal"})

    def thread():
        for _ in range(FOIS):
            with database.atomic():
                (value,) = database.execute_sql("select n from compteur").fetchone()
                database.execute_sql("update compteur set n = ?", (value + 1,))
        database.close()

    threads = [threading.Thread(target=thread) for _ in range(FILS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


@pytest.fixture
def fichier(tmp_path):
    path = str(tmp_path / "base.db")
    database = SqliteEnLigne(path, pragmas={"journal_mode": "wal"})
    database.execute_sql("create table compteur (n int)")
    database.execute_sql("insert into compteur values (0)")
    database.close()
    return path


def valeur(path):
    database = SqliteEnLigne(path)
    try:
        return database.execute_sql("select n from compteur").fetchone()[0]
    finally:
        database.close()


def test_no_write_is_lost_between_threads_and_processes(fichier):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=compter, args=(fichier,)) for _ in range(PROCESSUS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSUS
    assert valeur(fichier) == FOIS * FILS * PROCESSUS


def test_a_failed_transaction_gives_its_place_up(fichier):
    first, second = SqliteEnLigne(fichier), SqliteEnLigne(fichier)
    with pytest.raises(peewee.OperationalError), first.atomic():
        first.execute_sql("no such statement")
    with second.atomic():
        second.execute_sql("update compteur set n = 7")
    first.close()
    second.close()
    assert valeur(fichier) == 7


def test_a_transaction_within_another_keeps_the_place(fichier):
    database = SqliteEnLigne(fichier)
    with database.atomic():
        with database.atomic():
            database.execute_sql("update compteur set n = 1")
        other = SqliteEnLigne(fichier, timeout=0.01)
        started = threading.Event()

        def wait():
            started.set()
            with other.atomic():
                other.execute_sql("update compteur set n = n + 10")
            other.close()

        thread = threading.Thread(target=wait)
        thread.start()
        started.wait()
        database.execute_sql("update compteur set n = n + 1")
    thread.join()
    database.close()
    assert valeur(fichier) == 12
