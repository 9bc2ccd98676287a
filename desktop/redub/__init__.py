"""Redub gives the person in a filmed clip new words."""

__version__ = "0.1.0"
