"""Work on many entries, shared out to the machine's processors."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from papers.checks import Each

FEWEST_SHARED = 100  # Fewer are done before other processes would have begun.
AT_A_TIME = 10


@contextmanager
def shared_out(entries: int) -> Iterator[Each]:
    """What examine_review() takes as `each`, for a command that has no other thread.

    The other processes are copies of this one, with all that it has read and compiled.
    They look at plain values alone: no connection to the database is theirs to use.
    """
    if entries < FEWEST_SHARED or (os.cpu_count() or 1) == 1:
        yield map
    else:
        with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
            yield partial(pool.map, chunksize=AT_A_TIME)
