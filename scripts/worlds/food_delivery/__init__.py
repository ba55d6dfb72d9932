"""Food delivery: orders, the couriers who bring them, and what puts two on one trip."""
