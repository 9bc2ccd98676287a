"""Marks and timelines in the formats of editing programs: OpenTimelineIO, EDL, FCPXML, CSV."""
