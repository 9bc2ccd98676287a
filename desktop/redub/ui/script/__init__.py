"""The script of a take: text with its marks, the palette, counters and problems."""
