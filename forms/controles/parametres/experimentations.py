"""Types of qualification that are open between two dates of conclusion only (notice 51650#09)."""

from datetime import date
from typing import NamedTuple


class Experimentation(NamedTuple):
    """Both days included; `du` None: no known beginning."""

    type_qualification: str
    du: date | None
    au: date
    source: str


EXPERIMENTATIONS = (
    Experimentation("4", None, date(2023, 12, 28), "loi 2018-771, art. 28"),
    Experimentation("8", date(2023, 5, 28), date(2026, 2, 28), "loi 2022-1598, art. 11 ; décret 2023-408"),
)
