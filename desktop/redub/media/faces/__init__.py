"""Faces in clips: found by a worker process of its own, whose libraries are an optional part of the installation.

parts       whether those libraries are there
wire        what is asked of the worker, and what it answers
sampling    the pictures that are looked at
mesh        MediaPipe's face mesh; in the worker only
measuring   landmarks to pose, boxes, looks
covering    whether something is in front of a mouth
watching    starts the worker and gives what it saw; for everybody else
"""
