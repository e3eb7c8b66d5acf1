"""The trial: whether the model runs on a record that keeps every rule, whatever a stranger's
numbers may do to it.
"""

from __future__ import annotations

from ramp155.answers.output.outlook import run_outlook
from ramp155.model.europe.past import trace_past_paths
from ramp155.model.forecast.cases import CUTOFFS
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.record.upload.limits import build_upload_error

_TRIAL_DRAWS = 40


def try_model(record: Records) -> None:
    """Raise RecordsError where the model does not run on a record that keeps every rule, today's or a past one."""
    try:
        run_outlook(Model(record, draws=_TRIAL_DRAWS))
        trace_past_paths(record, CUTOFFS[-1], _TRIAL_DRAWS)
    except Exception as error:  # whatever a stranger's numbers may do to the model
        message = f"keeps every rule, but the model does not run on it: {error}"
        raise build_upload_error("upload", message) from None
