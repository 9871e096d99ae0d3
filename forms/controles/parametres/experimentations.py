"""Types of qualification that are open between two dates of conclusion only (notice 51650#09)."""

from datetime import date
from typing import NamedTuple


class Experimentation(NamedTuple):
    """Both days included; `au` None: no end is known."""

    type_qualification: str
    depuis: date
    source: str
    au: date | None = None

    def ouverte(self, le: date) -> bool:
        """Whether a contract concluded on that day may aim at this type."""
        return self.depuis <= le and (self.au is None or le <= self.au)


EXPERIMENTATIONS = (
    Experimentation("4", date(2018, 9, 5), "loi 2018-771 du 05/09/2018, art. 28", date(2023, 12, 28)),
    Experimentation("8", date(2023, 5, 28), "loi 2022-1598, art. 11 ; décret 2023-408", date(2026, 2, 28)),
)
