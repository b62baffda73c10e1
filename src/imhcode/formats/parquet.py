"""The CSV family as Parquet files, one a table, each column of its type: written only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imhcode.formats import FORMATS
from imhcode.formats.csv_family import CODEBOOK, CODEBOOK_COLUMNS, codebook, family
from imhcode.formats.incoming import Reading
from imhcode.formats.loss import Loss
from imhcode.formats.not_clean import unclean
from imhcode.formats.record import Part, Record
from imhcode.formats.tables.parquet_files import ParquetFiles


@dataclass(frozen=True)
class ParquetFormat:
    """Tables for Arrow, DuckDB, Spark and pandas."""

    name: str = "parquet"
    label: str = "Tables for data science (Parquet)"
    suffixes: tuple[str, ...] = ()
    writes: bool = True

    def losses(self, records: Sequence[Record]) -> list[Loss]:
        """Nothing but letters that are none."""
        return unclean(records)

    def write(self, study_id: str, records: Sequence[Record], folder: Path) -> list[Part]:
        """Write ``codebook``, ``events``, ``links`` and ``ratings``.

        Raises
        ------
        ParquetMissing
            The library is not installed.
        """
        with ParquetFiles(folder) as files:
            files.table(CODEBOOK, CODEBOOK_COLUMNS).add(codebook(records))
            for name, columns, rows in family(study_id, records, folder):
                files.table(name, columns).add(rows)
        return [Part(one.path.name, one.rows) for one in files.tables]

    def read(self, path: Path) -> Reading:
        """Never called: it has no ``suffixes``."""
        raise NotImplementedError(path)


FORMATS.add(ParquetFormat())
