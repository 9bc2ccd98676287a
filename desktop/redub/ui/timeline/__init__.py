"""The timeline: ruler, thumbnails, waveform, segment, still intervals and the result strip."""
