"""Food delivery: orders, the couriers who bring them, and an algorithm that puts two on one trip."""
