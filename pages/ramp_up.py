"""Promised against delivered, line by line: how far each line has come, and how far dates moved."""

from ui.link.address import open_link
from ui.link.session import open_model
from ui.ramp_up.dated_lines import show_ramp_up

model = open_model()
open_link(model, "ramp_up")
show_ramp_up(model)
