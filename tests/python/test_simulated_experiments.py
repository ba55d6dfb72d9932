"""A fast part of `python -m scripts.experiments simulate`, with bounds as wide as it is small."""

from __future__ import annotations

import math

import pytest

from scripts.experiments.simulation import (
    EFFECTS,
    compile_readouts,
    coverage,
    false_positives,
)

EXPERIMENTS = 300
# Three standard errors of a share of 5 %, which a rate of so few experiments may be off by luck.
LUCK = 3 * math.sqrt(0.05 * 0.95 / EXPERIMENTS)


@pytest.fixture(scope="module")
def query() -> str:
    return compile_readouts()


def test_methods_cry_wolf_as_rarely_as_they_say_and_naive_ones_do_not(query: str) -> None:
    rates = {one.method: one.rate for one in false_positives(query, EXPERIMENTS, seed=3)}
    naive = {"ratio as if binomial", "mean, 10 looks"}
    assert naive < rates.keys()
    for method, rate in rates.items():
        if method in naive:
            assert rate > 0.05 + 2 * LUCK, method
        else:
            assert rate < 0.05 + LUCK, method


def test_intervals_hold_the_planted_effect_as_often_as_they_say(query: str) -> None:
    rates = {one.method: one.rate for one in coverage(query, EXPERIMENTS, seed=4)}
    assert rates.keys() == EFFECTS.keys()
    for method, rate in rates.items():
        assert rate == pytest.approx(0.95, abs=LUCK), method
