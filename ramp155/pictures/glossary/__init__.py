"""The glossary's pictures: one small drawing a term, as SVG, from the same numbers as the product's charts."""
