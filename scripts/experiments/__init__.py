"""Whether the statistics macros are right: against libraries, and in simulated experiments."""
