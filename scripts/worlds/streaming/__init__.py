"""The world of streaming: subscribers, a catalogue that changes, and what is watched of it."""
