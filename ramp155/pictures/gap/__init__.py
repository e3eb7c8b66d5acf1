"""Pictures of the gap: ratio, rates, parity, estimates and claims of each side, deliveries."""
