"""The stickiness worlds: a social network whose users come by habit, lapse, and come back."""
