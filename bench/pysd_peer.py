"""The chain once more, in PySD: a Vensim model written from the same tables, run on the same draws.

What is compared is `simulate_chain`: from capacities in delivery months, (months, draws), to output.
Both must give the same path to 1e-6. Every stage but the finished product has a capacity; what the
product draws of an input is 1.

PySD is given every chance: 2,000 draws and 108 months took it 0.02 s (two cores, shared). What helped:

- Capacities come from callables that hand over a row of numbers. As labelled arrays, which PySD's
  guide asks for, labels are matched at every operation: 2 to 3 s, same numbers (`labelled`; 1.5 s with
  xarray told that all labels are the same). As pandas Series of labelled arrays: 54 s.
- The model is loaded without a first run. One on PySD's own defaults would turn its stocks into
  labelled arrays for good: 1.4 s.
- `months run` is a stock of another size. Without one, PySD packs the stocks number by number into an
  array of Python objects: 0.3 s.
- Only output is kept, and not split into a column a draw.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from pathlib import Path

import numpy as np
import pysd
import xarray as xr
from pysd.py_backend.model import Model

from ramp155.model.arrays import Array
from ramp155.model.chain.tree import Chain


def model_text(chain: Chain, months: int, draws: int) -> str:
    """The chain as a Vensim model: capacities from outside, one value a draw."""
    limited = [s for s in chain.order if s != chain.root]
    equations = {f"capacity {s}[draw]": "0" for s in limited}
    equations["opening flow[draw]"] = _least(f"capacity {s}[draw]" for s in limited)
    for stage in limited:
        equations |= _stage(chain, stage)
    equations["output[draw]"] = _least(f"ready {s}[draw]" for s in chain.list_inputs(chain.root))
    equations["months run"] = "INTEG(1, 0)"
    equations |= {"INITIAL TIME": "0", "FINAL TIME": f"{months - 1}"}
    equations |= {"TIME STEP": "1", "SAVEPER": "1"}
    # PySD takes a range of one for an element, which only labelled arrays have.
    lines = [
        f"draw: (d1-d{max(draws, 2)})",
        *(f"{name} = {right}" for name, right in equations.items()),
    ]
    return "{UTF-8}\n" + "".join(f"{line}\n\t~\n\t~\n\t|\n" for line in lines)


def _stage(chain: Chain, stage: str) -> dict[str, str]:
    """The equations of one stage: left side to right side."""
    least = [f"capacity {stage}[draw]", *(f"ready {s}[draw]" for s in chain.list_inputs(stage))]
    buffer, consumer = float(chain.buffer[stage]), chain.feeds[stage]
    if not buffer:
        return {f"ready {stage}[draw]": _least(least)}
    make, stock = f"make {stage}[draw]", f"stock {stage}[draw]"
    taken = "output[draw]" if consumer == chain.root else f"make {consumer}[draw]"
    room = f"MAX({1 + buffer!r} * capacity {stage}[draw] - {stock}, 0)"
    return {
        make: _least([*least, room]),
        f"ready {stage}[draw]": f"{stock} + {make}",
        stock: f"INTEG({make} - {taken}, {buffer!r} * opening flow[draw])",
    }


def _least(terms: Iterable[str]) -> str:
    """The smallest of them; Vensim's MIN takes two."""
    return reduce("MIN({}, {})".format, terms)


def load(chain: Chain, months: int, draws: int, folder: Path) -> Model:
    """Write the model into the folder and have PySD translate it."""
    path = folder / "chain.mdl"
    path.write_text(model_text(chain, months, draws), encoding="utf-8")
    return pysd.read_vensim(str(path), initialize=False)


def run(model: Model, capacity: Mapping[str, Array], labelled: bool = False) -> Array:
    """Output, (months, draws), from capacities as `simulate_chain` takes them.

    `labelled` hands them over as xarray DataArrays. A model that ran so stays slow: load another.
    """
    shape = np.broadcast_shapes(*(a.shape for a in capacity.values()))
    unlimited = np.broadcast_to(np.inf, shape)
    names = [name for name in model.namespace if name.startswith("capacity ")]
    stages = {name.removeprefix("capacity "): name for name in names}
    if unknown := set(capacity) - set(stages):
        raise ValueError(f"the model has no capacity of {', '.join(sorted(unknown))}")
    inputs = {}
    for stage, name in stages.items():
        array = np.broadcast_to(capacity.get(stage, unlimited), shape)
        inputs[name] = _feed(model, _labelled(model, array) if labelled else array)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Replacing a constant value with a callable")
        warnings.filterwarnings("ignore", "The inplace keyword")  # PySD under pandas 3.1
        model.set_components(inputs)
        table = model.run(return_columns=["output"], flatten_output=False)
    return np.array([np.asarray(row) for row in table["output"]]).reshape(shape)


def _feed(model: Model, rows: Array | list[xr.DataArray]) -> Callable[[], Array | xr.DataArray]:
    """A PySD component: the row of the current month."""
    clock = model.time
    return lambda: rows[round(clock())]


def _labelled(model: Model, array: Array) -> list[xr.DataArray]:
    first = xr.DataArray(array[0], {"draw": model.subscripts["draw"]}, ["draw"])
    return [first.copy(deep=False, data=row) for row in array]
