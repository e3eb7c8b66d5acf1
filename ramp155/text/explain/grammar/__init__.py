"""What explanations share: what one holds, arithmetic that is true as printed, a run taken apart, names and words."""
