"""How much work something is, told without seconds: machines are shared and differ."""

import time


def measure(run):
    """How many times the work of a small fixed sum a call takes, both done here and now.

    What counts is the processor's time of this process. On a quiet machine one such sum
    takes less than a hundredth of a second.
    """
    before, work, after = map(time_of, (do_sum, run, do_sum))
    return work / ((before + after) / 2)


def do_sum():
    total = 0
    for number in range(100_000):
        total += number % 7
    return total


def time_of(run):
    start = time.process_time()
    run()
    return time.process_time() - start
