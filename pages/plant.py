"""One plant: what it does now, what was promised of it and came, and every report; without one, all plants."""

from ui.link.address import open_link
from ui.link.session import open_model
from ui.plant.choice import follow_address
from ui.plant.page import show_page

model = open_model()
follow_address()
open_link(model, "plant")
show_page(model)
