"""Hearing a script before anything is made: the row that plays it, and the sound behind it."""
