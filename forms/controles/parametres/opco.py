"""IDCC of AKTO as published in November 2024: used when the register of IDCC does not tell; to be refreshed."""

IDCC_AKTO = frozenset(
    "0158 0275 0573 0635 0731 1266 1311 1351 1383 1391 1413 1501 1516 1671 1944 1979 2002 2060 2101 2147 2149 2378 "
    "2408 2583 2691 3043 3218 3219 7509 7520".split()
)
