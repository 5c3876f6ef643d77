"""Two real openings: the worked examples EX-1 (±3 %) and EX-2 (±2 %, A value)."""

from typing import Any

ONE: dict[str, Any] = {
    "base_amount": 141_614_000,
    "estimated_price": 128_740_000,
    "a_value": 0,
    "range_low": "-3",
    "range_high": "3",
    "price_unit": 100,
    "floor_rate": "89.745",
}
ONE_RATES = (
    "101.997", "98.298", "101.116", "99.578", "101.530", "99.199", "100.755", "102.480", "97.730",
    "98.762", "97.136", "97.955", "102.998", "99.943", "100.345",
)  # fmt: skip
ONE_PRICES = (
    144_442_100, 139_203_800, 143_194_500, 141_016_400, 143_780_700, 140_479_700, 142_683_200,
    145_126_100, 138_399_400, 139_860_900, 137_558_200, 138_718_000, 145_859_600, 141_533_300,
    142_102_600,
)  # fmt: skip
ONE_COUNTS = (1, 3, 4, 2, 8, 3, 7, 4, 3, 3, 5, 0, 2, 1, 0)

TWO: dict[str, Any] = {
    "base_amount": 105_700_000,
    "estimated_price": 96_090_909,
    "a_value": 23_988_821,
    "range_low": "-2",
    "range_high": "2",
    "price_unit": 100,
    "floor_rate": "89.745",
}
#: 15, 3, 4 and 8 are recovered from the published prices, the others lie one in each cell
TWO_RATES = (
    "98.100", "98.300", "99.570", "101.644", "98.600", "98.900", "99.300", "99.833", "100.000",
    "100.200", "100.500", "100.800", "101.300", "101.900", "101.174",
)  # fmt: skip
TWO_COUNTS = (1, 1, 6, 5, 1, 1, 1, 5, 1, 1, 0, 0, 0, 0, 7)
