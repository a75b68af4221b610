"""A catalogue's pace: so many seconds between two requests, in all processes together.

The processes agree by a file in the folder of the site's data; each machine that has a
folder of its own keeps the pace by itself.
"""

import fcntl
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


class Busy(Exception):
    """The turn does not come in time."""


@dataclass(frozen=True)
class Pace:
    """`seconds` between two requests; the clock is one that all processes share."""

    file: Path
    seconds: float
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def wait(self, patience: float) -> None:
        """Wait for the turn to ask, and take it. Raise Busy where that takes longer.

        Whoever waits has not reserved a turn: nobody is behind one who gave up.
        """
        until = self.clock() + patience
        while (left := self.take()) > 0:
            if self.clock() + left > until:
                raise Busy
            self.sleep(left)

    def take(self) -> float:
        """Take the turn; or else say in how many seconds it may come."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            now, last = self.clock(), read_time(file.read(50))
            # A time that is ahead was written by a clock that has been put back.
            if last <= now < last + self.seconds:
                return last + self.seconds - now
            file.truncate(0)
            file.write(repr(now))
        return 0.0


def read_time(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
