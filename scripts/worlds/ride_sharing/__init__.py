"""Ride sharing: a carpool option is launched in four cities."""
