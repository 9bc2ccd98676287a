"""Lips that move with the speech: a rehearsal's own, which needs no model and no network.

mouthing   how a mouth moves: opening, rounding, closing over time
phonemes   the sounds of a spoken script to mouth movements
listening  the sound of a recording to mouth movements
tracking   the driven face through the clip, in axes of its own, with its mouth at rest
shaping    a mouth at rest and a movement to the places of the lips in a picture
warping    draws a lower face with its lips in other places
inside     what is seen between the lips
driving    all of it for one result: which pictures are driven, and how strongly
"""
