"""What the server answers to machines: the questions under `/api/v1`, and the record's data at addresses that stay."""
