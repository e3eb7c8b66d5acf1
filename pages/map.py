"""Every plant and its status in every month, on a map and in a list."""

from ui.link.address import open_link
from ui.link.session import open_model
from ui.map.dated_map import show_map_page

model = open_model()
open_link(model, "map")
show_map_page(model)
