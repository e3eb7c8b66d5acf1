"""The questions described to programs and assistants: parameters, forms, units and sources, and all of it as OpenAPI."""
