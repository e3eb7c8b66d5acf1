"""The views of Evidence: track record, promises, targets, claims, sources, assumptions, model, quality."""
