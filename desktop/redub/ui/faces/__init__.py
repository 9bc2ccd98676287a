"""The faces of the clip in the window: what was seen, in words; the persons to choose from; the reading of them."""
