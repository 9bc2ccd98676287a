"""Everything that touches media files: looking into, converting, showing, hearing and checking them.

Plain functions and small classes over PyAV, ffmpeg and espeak-ng. Whatever blocks is called in a thread;
whatever is a child process goes through `redub.media.process`.
"""
