"""Figures of stories that the model computes: output, supply, demand, and the gap to Russia."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from ramp155.answers.gap.ratios import Gap
from ramp155.answers.goal.odds import find_target_rounds, tabulate_odds_by_supply
from ramp155.answers.output.reading import Reading, read_outlook
from ramp155.answers.procurement.flows import HORIZON, Tally, compute_flows
from ramp155.answers.stages.locks import find_locks, share_limits
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.model.model import Model
from ramp155.pictures.gap.estimates import compare_named_estimates
from ramp155.pictures.gap.us import list_us_claims
from ramp155.pictures.levers.response import list_response_rows
from ramp155.pictures.view import View, compare_pictured_gap
from ramp155.text.numbers import (
    say_chance,
    say_month,
    say_percent,
    say_rounds,
    say_times,
)
from ramp155.text.stages import name_stages

_EARLY = "2028-12"  # until then new plants can hardly help
_OFTEN, _SELDOM = 0.6, 0.25  # shares of runs from which a stage is called the limit, or hardly one
_STILL = 0.05  # a ratio that moves less in a year stands still


def _read(model: Model, view: View) -> Reading:
    return read_outlook(model, view.scenario, view.month)


def say_return(lost: float, back: str) -> str:
    """When output is back where it was.

    Parameters
    ----------
    lost : float
        Rounds lost in all, from the first month below the baseline to the last.
    back : str
        YYYY-MM, or blank where it does not come back.
    """
    if lost <= 0:
        return "nothing is lost"
    return f"it is back in {say_month(back)}" if back else "it is not back by the end of 2030"


def _list_uses(model: Model, view: View) -> list[tuple[str, float]]:
    """Stage and share of its capacity used, the fullest first."""
    stages = compute_utilisation(model, view.scenario, view.month).stages
    ranked = stages.sort_values("utilisation", ascending=False, kind="stable")
    return list(zip(ranked["stage"], ranked["utilisation"], strict=True))


def _say_use(model: Model, view: View, place: int) -> str:
    return say_percent(_list_uses(model, view)[place][1])


def _name_use(model: Model, view: View, place: int) -> str:
    return name_stages(model.record)[_list_uses(model, view)[place][0]]


def _find_response(model: Model, view: View, percent: int) -> float:
    response_rows = list_response_rows(model, view.scenario, int(view.month[:4])).set_index(
        "percent"
    )
    return float(response_rows["rounds"][percent])


def _find_limit_share(model: Model, view: View, stage: str) -> float:
    limit_rows = share_limits(model, view.scenario)
    limit_rows = limit_rows[(limit_rows["month"] == view.month) & (limit_rows["stage"] == stage)]
    return float(limit_rows["share"].sum())


def say_verdict_on_limit(share: float) -> str:
    """Whether a stage is the limit, in a word.

    Parameters
    ----------
    share : float
        Share of runs (0 to 1) in which it limits output.
    """
    return "yes" if share >= _OFTEN else "hardly" if share < _SELDOM else "only in part"


def _find_alone(model: Model, view: View, stage: str) -> float:
    stages = find_locks(model, view.scenario, view.month).stages.set_index("stage")
    return float(stages["alone_gains_share"][stage])


def _tally(model: Model, view: View) -> Tally:
    return compute_flows(model, view.scenario, view.terms, view.comparison.us).tally_fates()


def _find_early_share(model: Model, view: View) -> float:
    """Of the rounds that are missing, the part that the first years ask for."""
    flows = compute_flows(model, view.scenario, view.terms, view.comparison.us)
    missing = flows.sort_fates()["unmet"].mean(axis=1)
    return float(missing[: HORIZON.index(_EARLY) + 1].sum() / max(missing.sum(), 1.0))


def _list_odds(model: Model, view: View) -> pd.DataFrame:
    target = find_target_rounds(model, view.target, view.target_rounds)
    return tabulate_odds_by_supply(model, view.scenario, target, view.goal_month)


def _say_estimate(model: Model, view: View, pick: Callable[[pd.Series[float]], float]) -> str:
    table, _ = compare_named_estimates(model, view.comparison)
    return say_rounds(float(pick(table["p50"])))


def _find_us_report(model: Model) -> tuple[str, float]:
    """Month and rounds of the last report of US output."""
    claims = list_us_claims(model)
    reports = claims[claims["sign"] == "report"].sort_values("said_on")
    return str(reports["said_on"].iloc[-1])[:7], float(reports["middle"].iloc[-1])


def _find_us_goal(model: Model) -> tuple[float, int]:
    """The rounds a month most often promised, and for how many different months."""
    claims = list_us_claims(model)
    promises = claims[(claims["kind"] == "promise") & (claims["period"].str.len() == 7)]
    goal = float(promises["middle"].mode().iloc[-1])
    return goal, int(promises.loc[promises["middle"] == goal, "period"].nunique())


def say_tide(now: float, before: float, odds: float) -> str:
    """Whether the tide has turned, in a few words.

    Parameters
    ----------
    now, before : float
        Russia's rounds over NATO's, and the same a year before.
    odds : float
        Odds (0 to 1) that NATO makes as many by now.
    """
    if odds >= 0.5:
        return "yes"
    change = now / before - 1
    if abs(change) <= _STILL:
        return "no, and the gap stands still"
    return "no, but the gap is closing" if change < 0 else "no, and the gap is widening"


def _say_tide(model: Model, view: View) -> str:
    gap, month = compare_pictured_gap(model, view), _find_last_month(model)
    ratio, before = gap.at(month), gap.at(f"{int(month[:4]) - 1}{month[4:]}")
    return say_tide(float(ratio["p50"]), float(before["p50"]), float(ratio["odds"]))


def _find_last_month(model: Model) -> str:
    return f"{model.record.end:%Y-%m}"


def _at(model: Model, view: View, name: str, month: str = "") -> float:
    gap: Gap = compare_pictured_gap(model, view)
    return float(gap.at(month or _find_last_month(model))[name])


MODEL_FIGURES: dict[str, Callable[[Model, View], str]] = {
    "year": lambda model, view: view.month[:4],
    "month": lambda model, view: say_month(view.month),
    "supply": lambda model, view: say_percent(view.scenario.nitrocellulose),
    "rate": lambda model, view: say_rounds(_read(model, view).rounds),
    "capacity": lambda model, view: say_rounds(_read(model, view).nameplate),
    "lost": lambda model, view: say_rounds(_read(model, view).lost),
    "return": lambda model, view: say_return(_read(model, view).lost, _read(model, view).back),
    "fullest": partial(_name_use, place=0),
    "fullest_use": partial(_say_use, place=0),
    "emptiest": partial(_name_use, place=-1),
    "emptiest_use": partial(_say_use, place=-1),
    "half_costs": lambda model, view: say_rounds(
        _find_response(model, view, 100) - _find_response(model, view, 50)
    ),
    "more_adds": lambda model, view: say_rounds(
        _find_response(model, view, 150) - _find_response(model, view, 100)
    ),
    "nitrocellulose_alone": lambda model, view: say_percent(
        _find_alone(model, view, "nitrocellulose")
    ),
    "powder_alone": lambda model, view: say_percent(_find_alone(model, view, "propellant")),
    "nitrocellulose_limits": lambda model, view: say_percent(
        _find_limit_share(model, view, "nitrocellulose")
    ),
    "powder_limits": lambda model, view: say_percent(_find_limit_share(model, view, "propellant")),
    "is_the_limit": lambda model, view: say_verdict_on_limit(
        _find_limit_share(model, view, "nitrocellulose")
    ),
    "odds_as_expected": lambda model, view: say_chance(
        float(_list_odds(model, view).set_index("nitrocellulose")["odds"][1.0])
    ),
    "odds_at_most": lambda model, view: say_chance(float(_list_odds(model, view)["odds"].max())),
    "asked": lambda model, view: say_rounds(_tally(model, view).asked),
    "missing": lambda model, view: say_rounds(_tally(model, view).missing),
    "missing_early": lambda model, view: say_percent(_find_early_share(model, view)),
    "russia_least": partial(_say_estimate, pick=lambda rounds: rounds.min()),
    "russia_most": partial(_say_estimate, pick=lambda rounds: rounds.max()),
    "nato_then": lambda model, view: say_rounds(
        float(compare_named_estimates(model, view.comparison)[1]["p50"])
    ),
    "us_reported": lambda model, view: f"{_find_us_report(model)[1]:,.0f}",
    "us_goal": lambda model, view: f"{_find_us_goal(model)[0]:,.0f}",
    "us_dates": lambda model, view: f"{_find_us_goal(model)[1]:,}",
    "tide": _say_tide,
    "ratio": lambda model, view: say_times(_at(model, view, "p50")),
    "parity_odds": lambda model, view: say_chance(_at(model, view, "odds", view.month)),
}
