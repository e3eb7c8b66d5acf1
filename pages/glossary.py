"""The words of these pages, each with a sentence, a picture and the place where one meets it."""

from ui.glossary.opened import show_glossary
from ui.link.address import open_link
from ui.link.session import open_model

model = open_model()
open_link(model, "glossary")
show_glossary(model)
