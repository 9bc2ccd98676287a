"""One running program for each home folder: a second start hands its file over instead of opening a second window."""
