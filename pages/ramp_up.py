"""Promised against delivered, line by line: how far each line has come, and how late it is."""

from ui.link.address import open_link
from ui.link.session import open_model
from ui.ramp_up.dated_lines import show_dated_lines, show_reading
from ui.widgets.line_filters import show_line_filters
from ui.widgets.replay import run_replay

model = open_model()
open_link(model, "ramp_up")
show_line_filters(model)
run_replay(show_dated_lines, model)
show_reading(model)
