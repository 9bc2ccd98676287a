"""Reviewing a result: beside its reference and other takes, in lock step and with sound, sentence by sentence."""
