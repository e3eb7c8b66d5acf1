"""Who says so, what was known when, how far promises held, how good the model is; and the record to
take away.
"""

from ui.evidence.views import show_chosen_view
from ui.link.address import open_link
from ui.link.session import open_model

model = open_model()
open_link(model, "evidence")
show_chosen_view(model)
