"""Lessons: a list, or the step of one that is open."""

from ui.learn.page import show_learn
from ui.link import keys
from ui.link.address import open_link, write_link
from ui.link.session import open_model

model = open_model()
open_link(model, "learn")
show_learn(model)
write_link(model, keys.LESSON, keys.STEP, keys.DONE, keys.GIVEN, keys.TAKEN, keys.PLAIN)
