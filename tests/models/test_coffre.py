"""The file store: whole, encrypted, and nothing left of what failed."""

import hashlib
import io
import os
import time

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import coffre, crypto

LIMITE = 3 * coffre.MORCEAU


@pytest.fixture
def lieu(tmp_path):
    crypto.charger([Fernet.generate_key().decode()], "index")
    coffre.installer(tmp_path / "pieces")
    return tmp_path / "pieces"


class Coupe(io.RawIOBase):
    """A stream that gives a little more than one chunk, then dies."""

    def __init__(self):
        self.left = 2

    def read(self, size=-1):
        self.left -= 1
        if self.left < 0:
            raise ConnectionResetError
        return b"a" * size


@pytest.mark.parametrize(
    "size",
    [0, 1, coffre.MORCEAU - 1, coffre.MORCEAU, coffre.MORCEAU + 1, 2 * coffre.MORCEAU, LIMITE],
)
def test_what_is_read_is_what_was_put(lieu, size):
    content = os.urandom(1000) * (size // 1000 + 1)
    content = content[:size]
    kept = coffre.ranger(io.BytesIO(content), LIMITE)
    assert kept.taille == size
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert b"".join(coffre.lire(kept.id)) == content
    assert [p.name for p in lieu.iterdir()] == [kept.id]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(parts=st.lists(st.binary(max_size=300), max_size=8))
def test_a_stream_may_give_less_than_it_is_asked_for(lieu, parts):
    class Avare(io.RawIOBase):
        def __init__(self):
            self.parts = [p for p in parts if p]

        def read(self, size=-1):
            return self.parts.pop(0) if self.parts else b""

    assert b"".join(coffre.lire(coffre.ranger(Avare(), LIMITE).id)) == b"".join(parts)


def test_nothing_clear_is_on_the_disk(lieu):
    kept = coffre.ranger(io.BytesIO(b"le salaire de Camille" * 100), LIMITE)
    assert b"Camille" not in (lieu / kept.id).read_bytes()


def test_one_byte_too_many_leaves_nothing(lieu):
    with pytest.raises(coffre.TropLourd):
        coffre.ranger(io.BytesIO(b"a" * (LIMITE + 1)), LIMITE)
    assert list(lieu.iterdir()) == []


def test_a_cut_upload_leaves_nothing(lieu):
    with pytest.raises(ConnectionResetError):
        coffre.ranger(Coupe(), LIMITE)
    assert list(lieu.iterdir()) == []


def lignes(lieu, file_id):
    return (lieu / file_id).read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    "alter",
    [
        lambda lines: lines[:-1],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, lines[2]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[0], lines[2]],
        lambda lines: [lines[0], lines[1][:-20], lines[2]],
        lambda lines: [],
        lambda lines: [b"gAAAA\n"],
    ],
    ids=["cut", "reordered", "repeated-end", "headless", "repeated", "damaged", "emptied", "garbage"],
)
def test_an_altered_file_is_refused(lieu, alter):
    kept = coffre.ranger(io.BytesIO(os.urandom(2 * coffre.MORCEAU + 7)), LIMITE)
    (lieu / kept.id).write_bytes(b"".join(alter(lignes(lieu, kept.id))))
    with pytest.raises(coffre.Altere):
        list(coffre.lire(kept.id))


def test_a_chunk_of_another_file_is_refused(lieu):
    one, other = (coffre.ranger(io.BytesIO(text), LIMITE) for text in (b"un", b"deux"))
    (lieu / one.id).write_bytes((lieu / other.id).read_bytes())
    with pytest.raises(coffre.Altere):
        list(coffre.lire(one.id))


@pytest.mark.parametrize("file_id", ["", "../cles.json", "0" * 31, "0" * 32, "/etc/passwd", "G" * 32, "0" * 32 + "\n"])
def test_an_unknown_id_opens_nothing(lieu, file_id):
    with pytest.raises(coffre.Altere):
        coffre.lire(file_id)


def test_a_file_survives_a_new_key(lieu):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    crypto.charger([old], "index")
    kept = coffre.ranger(io.BytesIO(b"avant"), LIMITE)
    crypto.charger([new, old], "index")
    assert b"".join(coffre.lire(kept.id)) == b"avant"


def test_a_removed_file_is_gone_and_may_be_removed_again(lieu):
    kept = coffre.ranger(io.BytesIO(b"a"), LIMITE)
    coffre.jeter(kept.id)
    coffre.jeter(kept.id)
    assert list(lieu.iterdir()) == []


def test_sweeping_takes_only_old_files_without_a_row(lieu):
    known, orphan, young = (coffre.ranger(io.BytesIO(b"a"), LIMITE).id for _ in range(3))
    partial = lieu / ("f" * 32 + coffre.PARTIEL)
    partial.write_bytes(b"half")
    foreign = lieu / "lisez-moi.txt"
    foreign.write_text("not ours")
    old = time.time() - coffre.DELAI_RAMASSAGE - 60
    for path in (lieu / known, lieu / orphan, partial, foreign):
        os.utime(path, (old, old))
    assert coffre.ramasser({known}) == 2
    assert {p.name for p in lieu.iterdir()} == {known, young, foreign.name}
