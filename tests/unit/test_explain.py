"""Explanations: their arithmetic is true as printed, in any scenario; they are plain, and stand on rows of the record."""

from __future__ import annotations

import ast
import dataclasses
import operator
import random
import re
from collections.abc import Callable

import pytest

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.procurement.terms import Terms
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.explain.catalogue import EXPLAINED, explain
from ramp155.text.explain.grammar.arithmetic import Amount, Line, evaluate, work_out
from ramp155.text.explain.grammar.explanation import Explanation
from ramp155.text.explain.grammar.names import NAMES
from ramp155.text.glossary.terms import find_term
from ramp155.text.numbers import say_percent, say_rounds, say_rounds_range
from tests.wording import LEAST_EASE, find_style_faults, measure_ease

DRAWS = 30
SCENARIOS = 200
# What nothing of a view moves is looked at once: it takes long, and no lever acts on it.
FIXED = {
    "track",
    "misses",
    "targets",
    "starts",
    "slips",
    "silence",
    "asap",
    "prices",
    "assumed",
    "weak_events",
}
FIXED |= {"without_rate", "openings", "capacity_2025", "output_2025", "makers", "pinned"}
MOVING = sorted(set(EXPLAINED) - FIXED)
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)( million| %)?((?: [A-Za-z]+)*)")
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, draws=DRAWS)


def calculate(printed: str) -> float:
    """What printed arithmetic comes to, read by Python's own grammar and not by the product's."""
    printed = printed.replace("−", "-").replace("least of (", "min(").replace(";", ",,")
    text = NUMBER.sub(_read_number, printed.replace("×", "*")).replace(",,", ",")
    return _walk(ast.parse(text.strip(), mode="eval").body)


def _read_number(match: re.Match[str]) -> str:
    number = float(match[1].replace(",", ""))
    number *= {" million": 1e6, " %": 0.01}.get(match[2], 1.0)
    for unit in match[3].split():
        number *= {"t": 1e3, "bn": 1e9}.get(unit, 1.0)
    return repr(number)


def _walk(node: ast.expr) -> float:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp):
        inner = _walk(node.operand)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        assert node.func.id == "min"
        return min(map(_walk, node.args))
    assert isinstance(node, ast.BinOp), ast.dump(node)
    return OPERATORS[type(node.op)](_walk(node.left), _walk(node.right))


def measure_last_digit(printed: str) -> float:
    """Half a unit of the last digit that a left side shows; of rounds never more than the page rounds by."""
    number, scale, units = NUMBER.search(printed).groups()  # type: ignore[union-attr]
    decimals = len(number.partition(".")[2])
    whole = number.replace(",", "").partition(".")[0]
    zeros = 0 if decimals else min(len(whole) - len(whole.rstrip("0")), len(whole) - 1, 4)
    half = 0.5 * 10.0 ** (zeros - decimals) * {" million": 1e6, " %": 0.01}.get(scale, 1.0)
    for unit in units.split():
        half *= {"t": 1e3, "bn": 1e9}.get(unit, 1.0)
    return half


def check_arithmetic(explanation: Explanation) -> None:
    """Every line gives its left side within the digits shown; the numbers below are those above."""
    for line in explanation.formula:
        left, sign, right = line.partition(" = ")
        assert sign, line
        rounding = measure_last_digit(left)
        assert abs(calculate(right) - calculate(left)) <= rounding * (1 + 1e-6), line
    shown = " ".join(explanation.formula)
    for figure, words in explanation.terms:
        assert figure in shown, (explanation.name, figure)
        assert words


def draw_view(chance: random.Random) -> View:
    """Any view: levers, a month, whose figures, demand."""
    scenario = Scenario(
        nitrocellulose=chance.choice([0.0, 1.0, 2.0, chance.randrange(0, 201) / 100]),
        explosive=chance.choice([1.0, 0.5, 1.3]),
        linters=chance.choice([1.0, 1.0, 0.0, 0.6]),
        propellant_per_round=chance.choice([1.0, 1.0, 0.8, 1.2]),
        shifts=chance.choice([1.0, 1.0, 1.2]),
        start=chance.choice(MONTHS[50:70]),
        months=chance.choice([0, 0, 6, 18]),
        extra_delay=chance.choice([0, 0, 12]),
    )
    return View(
        scenario,
        chance.choice([month for month in MONTHS if month >= "2026-01"]),
        Comparison(
            calibres=chance.choice(["155", "all", "quoted"]),
            made=chance.choice(["refurbished", "new"]),
            counts=chance.choice(["output", "nameplate"]),
        ),
        Terms(preference=chance.choice([0.0, 0.65])),
        spend=chance.choice([0.5, 1.0, 2.5]),
    )


# What there is


def test_every_picture_and_many_figures_are_explained() -> None:
    assert set(CATALOGUE) <= set(EXPLAINED)
    assert len(EXPLAINED) >= 50
    assert set(NAMES) == set(EXPLAINED)
    assert len(set(NAMES.values())) == len(NAMES)


@pytest.mark.parametrize("name", sorted(EXPLAINED))
def test_an_explanation_is_whole_plain_and_stands_on_the_record(model: Model, name: str) -> None:
    explanation = explain(name, model, View())
    assert explanation.name == name
    assert explanation.value
    assert explanation.formula
    check_arithmetic(explanation)
    words = [explanation.what, explanation.counted, explanation.not_said]
    for text in (*words, *(meaning for _, meaning in explanation.terms)):
        assert find_style_faults(text) == []
    assert measure_ease(" ".join(words)) >= LEAST_EASE
    if explanation.term:
        assert find_term(explanation.term).key == explanation.term
    record, sources = model.record, explanation.sources
    assert sources.assumptions or sources.claims or sources.sources
    assert set(sources.assumptions) <= set(record.assumptions["assumption_id"])
    assert set(sources.claims) <= set(record.claims["claim_id"])
    assert set(sources.sources) <= set(record.source_of)


def test_a_name_that_is_none_is_refused(model: Model) -> None:
    with pytest.raises(KeyError):
        explain("weather", model, View())


# That it is true


@pytest.mark.parametrize("seed", range(SCENARIOS))
def test_the_arithmetic_gives_the_figure_shown(model: Model, seed: int) -> None:
    """Output's figures in every scenario, the others in turn."""
    view = draw_view(random.Random(seed))
    reading = read_outlook(model, view.scenario, view.month)
    shown = {
        "headline": say_rounds(reading.told[0]),
        "rate": say_rounds(reading.rounds),
        "range": say_rounds_range(reading.p10, reading.p90),
        "nameplate": say_rounds(reading.nameplate),
        "limit": say_percent(reading.shares[reading.bottleneck]),
    }
    names = [*shown, "change", "odds", "tonne_gain", "loss", *MOVING[seed % 4 :: 4]]
    for name in dict.fromkeys(names):
        explanation = explain(name, model, view)
        check_arithmetic(explanation)
        if name in shown:
            assert explanation.value == shown[name]
            first = explanation.formula[0].partition(" = ")[0]
            assert first in explanation.value or name == "range"


def test_a_run_is_followed_back_through_stores_to_tonnes(model: Model) -> None:
    """While the safety stock lasts, a run makes what it is given and what it takes of the stock."""
    cut = Scenario(nitrocellulose=0.5, start="2026-06")
    views = [View(cut, month) for month in MONTHS if "2026-12" <= month <= "2027-06"]
    explained = [explain("rate", model, view) for view in views]
    lines = [line for explanation in explained for line in explanation.formula]
    words = [words for explanation in explained for _, words in explanation.terms]
    assert any(" t × 0.5 / 12 months / (" in line and "kg" in line for line in lines)
    assert any(re.search(r"rounds = [\d,.]+ rounds \+ ", line) for line in lines)
    assert any("safety stock" in text for text in words)


def test_assumptions_of_ones_own_are_explained_too(model: Model) -> None:
    view = View(Scenario(nitrocellulose=0.63, assume=(("nitrocellulose_fraction", 0.7),)))
    for name in ("headline", "rate", "range", "change", "limit", "odds", "ratio", "stages"):
        check_arithmetic(explain(name, model, view))


def test_false_arithmetic_is_refused() -> None:
    half = Line(Amount(3.0), "{0} / {1}", (Amount(4.0), Amount(2.0)))
    with pytest.raises(ValueError, match="not true"):
        work_out(half)


def test_digits_are_as_few_as_are_true() -> None:
    line = Line(
        Amount(1_104_321.0, say=say_rounds),
        "{0} × {1} / {2}",
        (Amount(12_883.5, "t"), Amount(0.78), Amount(9.0996, "kg")),
    )
    assert work_out(line).lines == ("1.1 million = 12,880 t × 0.78 / 9.1 kg",)


@pytest.mark.parametrize(
    ("printed", "result"),
    [
        ("12,900 t × 0.78 / 9.1 kg", 1_105_714.29),
        ("(1.05 million rounds + 1.07 million rounds) / 2", 1.06e6),
        ("430 runs / 1,000 runs", 0.43),
        ("least of (5 rounds / 2 tonnes; 3 rounds)", 2.5),
        ("800 bn euro × 1 % / 4,000 euro", 2e6),
        ("-340,000 × 0.4 - 265,000 × 0.6", -295_000),
    ],
)
def test_the_two_readers_of_arithmetic_agree(printed: str, result: float) -> None:
    assert evaluate(printed) == pytest.approx(result)
    assert calculate(printed) == pytest.approx(result)


def test_an_estimate_without_a_figure_says_so(model: Model) -> None:
    """Where an estimate names nothing for the month there is nothing to work out."""
    for russia in model.record.estimates.query("actor == 'RU'")["estimate_id"].unique():
        comparison = dataclasses.replace(Comparison(), russia=russia)
        explanation = explain("gap_title", model, View(comparison=comparison))
        check_arithmetic(explanation)
        assert explanation.formula or "no figure" in explanation.value
