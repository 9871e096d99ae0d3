"""Taking turns: one at a time, and nobody waits for a neighbour who waits."""

import threading

from models.tour import dehors, tour

PATIENCE = 10  # seconds, before a test says that it hangs


def test_one_computes_at_a_time():
    inside, most, lock = 0, 0, threading.Lock()

    def work():
        nonlocal inside, most
        for _ in range(50):
            with tour():
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert most == 1


def test_who_waits_outside_lets_the_others_pass():
    passed = threading.Event()

    def other():
        with tour():
            passed.set()

    with tour():
        thread = threading.Thread(target=other)
        thread.start()
        assert not passed.wait(0.05)
        with dehors():
            assert passed.wait(PATIENCE)
    thread.join(PATIENCE)


def test_outside_of_a_turn_there_is_nothing_to_give_up():
    with dehors(), tour():
        pass


def test_an_error_gives_the_turn_back():
    for _ in range(2):
        try:
            with tour(), dehors():
                raise KeyError
        except KeyError:
            pass
    with tour():
        pass
