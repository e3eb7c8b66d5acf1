"""The views of Evidence: promises, targets, claims, hindcast, sources, assumptions, model, quality."""
