import multiprocessing
import time

import pytest

from papers.records.pace import Busy, Pace


class Clock:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self, now=1_000_000.0):
        self.now, self.slept = now, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def make_pace(tmp_path, clock, seconds=3):
    return Pace(tmp_path / "data" / "turn", seconds, clock.time, clock.sleep)


def test_the_first_asks_at_once_and_the_next_after_three_seconds(tmp_path):
    clock = Clock()
    pace = make_pace(tmp_path, clock)

    for _ in range(3):
        pace.wait(5)

    assert clock.slept == [3, 3]


def test_who_asks_late_does_not_wait(tmp_path):
    clock = Clock()
    pace = make_pace(tmp_path, clock)
    pace.wait(5)
    clock.now += 10

    pace.wait(0)

    assert clock.slept == []


def test_a_turn_that_comes_too_late_is_not_waited_for_and_not_taken(tmp_path):
    clock = Clock()
    pace = make_pace(tmp_path, clock)
    pace.wait(5)

    with pytest.raises(Busy):
        pace.wait(2)
    pace.wait(3)

    assert clock.slept == [3]


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf", "9999999999.0", "\0" * 99])
def test_a_file_that_makes_no_sense_stops_nobody(tmp_path, text):
    clock = Clock()
    pace = make_pace(tmp_path, clock)
    pace.file.parent.mkdir()
    pace.file.write_text(text)

    pace.wait(0)
    pace.wait(3)

    assert clock.slept == [3]


def ask_twice(file, turns):
    for _ in range(2):
        Pace(file, 0.1).wait(10)
        turns.put(time.time())


def test_processes_keep_the_pace_together(tmp_path):
    context = multiprocessing.get_context("fork")
    turns = context.Queue()
    asking = [
        context.Process(target=ask_twice, args=(tmp_path / "turn", turns))
        for _ in range(3)
    ]

    for each in asking:
        each.start()
    taken = sorted(turns.get() for _ in range(6))
    for each in asking:
        each.join()

    # Six turns have five pauses between them; each is put down a moment after it came.
    assert taken[-1] - taken[0] >= 0.4
