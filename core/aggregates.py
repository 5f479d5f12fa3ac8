"""What PostgreSQL reckons over ordered rows and the ORM has no words for."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, FloatField


class Percentiles(Aggregate):
    """The values below which these shares of the rows lie, in one array, such as (0.5, 0.9).

    Nothing for no rows. PostgreSQL draws a line between the two values around a share.
    """

    function = "PERCENTILE_CONT"
    template = "%(function)s(ARRAY[%(shares)s]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(FloatField())

    def __init__(self, expression: Any, shares: tuple[float, ...], **extra: Any) -> None:
        numbers = ", ".join(f"{float(share)!r}" for share in shares)
        super().__init__(expression, shares=numbers, **extra)


class Mode(Aggregate):
    """The value that stands there most often."""

    function = "MODE"
    template = "%(function)s() WITHIN GROUP (ORDER BY %(expressions)s)"
