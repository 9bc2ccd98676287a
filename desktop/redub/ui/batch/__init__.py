"""Making many takes at once: what is wrong with each, what they are together, and one yes."""

from redub.ui.batch.dialog import BatchDialog

__all__ = ["BatchDialog"]
