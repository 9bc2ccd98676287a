"""Scripts out of files: how a file becomes takes, and what will come of it, before anything is changed."""
