"""The views of Evidence: promises, claims, hindcast, sources, assumptions, model, quality."""
