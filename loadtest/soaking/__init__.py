"""Sends the packaged service many requests while clients vanish, and says what it lost and how its memory grew."""
