"""The preview: the exact picture at the cursor, and playing from there."""
