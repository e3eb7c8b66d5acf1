"""Every site, its status on a date, and the dossier of the one that is chosen."""

from ui.link.address import open_link
from ui.link.session import open_model
from ui.map.dated_map import show_dated_map
from ui.widgets.line_filters import show_line_filters
from ui.widgets.replay import run_replay

model = open_model()
open_link(model, "map")
show_line_filters(model)
run_replay(show_dated_map, model)
