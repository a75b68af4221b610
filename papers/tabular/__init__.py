"""Tables as values: read from CSV, from what is pasted, and from what has lost its form.

Everything here is plain text in, plain values out; what cannot be read is a ValueError
in words for an editor.
"""

from papers.tabular.cells import is_nothing, parse_date, parse_number
from papers.tabular.pasted import read_pasted
from papers.tabular.reading import (
    Cell,
    Column,
    Kind,
    Table,
    find_odd_cells,
    read_table,
    to_csv,
    to_download,
)
from papers.tabular.repair import Proposal, find_starts, propose, propose_table

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Proposal",
    "Table",
    "find_odd_cells",
    "find_starts",
    "is_nothing",
    "parse_date",
    "parse_number",
    "propose",
    "propose_table",
    "read_pasted",
    "read_table",
    "to_csv",
    "to_download",
]
