"""A sound as the driver of a take: its waveform, the part of it to use, the microphone."""
