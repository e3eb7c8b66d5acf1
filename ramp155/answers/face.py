"""The public face of a notebook: the questions asked most, of a record, as thin functions over the
model.
"""

from __future__ import annotations

from ramp155.answers.goal.goal import Goal, seek_goal
from ramp155.answers.output.outlook import Outlook, run_outlook
from ramp155.answers.stages.utilisation import Utilisation, compute_utilisation
from ramp155.model.model import DRAWS, Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records


def run(
    records: Records,
    scenario: Scenario | None = None,
    draws: int = DRAWS,
    month: str = DEFAULT_MONTH,
) -> Outlook:
    """Simulate a scenario against the baseline.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.
    scenario : Scenario, optional
        What is moved; the baseline if left out.
    draws : int
        Number of draws behind the median and the bands, at least 1.
    month : str
        YYYY-MM, the month of the response curve.

    Returns
    -------
    Outlook
        `path` by month and `response` by nitrocellulose supply, as data frames (rounds a year).

    Raises
    ------
    ValueError
        For a month outside the horizon, fewer than one draw or an unknown coefficient.
    """
    return run_outlook(Model(records, draws), scenario, month)


def utilisation(
    records: Records,
    scenario: Scenario | None = None,
    month: str = DEFAULT_MONTH,
    draws: int = DRAWS,
) -> Utilisation:
    """Measure how far the capacity of each stage, and of each country's lines, is used in a month.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.
    scenario : Scenario, optional
        What is moved; the baseline if left out.
    month : str
        YYYY-MM.
    draws : int
        Number of draws behind the medians, at least 1.

    Returns
    -------
    Utilisation
        `stages` and `countries` as data frames: capacity and use (rounds a year), their ratio (0 to 1).

    Raises
    ------
    ValueError
        For a month outside the horizon, fewer than one draw or an unknown coefficient.
    """
    return compute_utilisation(Model(records, draws), scenario or Scenario(), month)


class goal:
    """Goal seek: what it takes to reach an output by a month."""

    @staticmethod
    def seek(
        records: Records,
        scenario: Scenario,
        target: float,
        by: str,
        draws: int = DRAWS,
    ) -> Goal:
        """Find the nitrocellulose supply at which the median of the runs reaches an output by a month.

        Parameters
        ----------
        records : Records
            What `ramp155.load()` returns.
        scenario : Scenario
            The other levers.
        target : float
            Complete rounds a year.
        by : str
            YYYY-MM, the month in which they are to be made.
        draws : int
            Number of draws behind the median and the odds, at least 1.

        Returns
        -------
        Goal
            The supply (1.0 = baseline) or None, and the odds (share 0 to 1).

        Raises
        ------
        ValueError
            For a month outside the horizon or a target that is not a positive number.
        """
        return seek_goal(Model(records, draws), scenario, target, by)


__all__ = ["goal", "run", "utilisation"]
