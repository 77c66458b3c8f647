"""Formats: bytes in, plain rows and errors out. Knows no tables, no settings, no reference data."""

from .documenting import import_page
from .errors import CellError, and_more
from .kinds import KINDS
from .lookups import Lookups
from .parsing import Parsed, Unmapped, parse
from .reading import MAX_BYTES, MAX_ROWS, Limits, read_table
from .tables import Note, Table
from .writing import as_cells, columns_of, template_csv, to_csv, to_xlsx

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "MAX_ROWS",
    "CellError",
    "Limits",
    "Lookups",
    "Note",
    "Parsed",
    "Table",
    "Unmapped",
    "and_more",
    "as_cells",
    "columns_of",
    "import_page",
    "parse",
    "read_table",
    "template_csv",
    "to_csv",
    "to_xlsx",
]
