"""What other programs' tables cannot take."""

from imhcode.domain.errors import Refused


class TooManyRows(Refused):
    """More rows than a sheet of a workbook has."""

    sentence = "The sheet “{sheet}” would need more than the {most:,} rows that Excel has."
    next_step = "Write the tables as csv or parquet, or fewer sessions at a time."


class ParquetMissing(Refused):
    """An installation without the library for it."""

    sentence = "Parquet files need the library pyarrow, which is not installed."
    next_step = "Install it with “pip install imhcode[parquet]”, or write csv or xlsx."
