"""What stands on the projector, one module per screen.

A screen takes plain values and returns a `Screen`: the sentences are chosen in Python, the markup stands in
`templates/`, which escape everything that people typed. `now` reads the room and picks the screen. Nothing
here writes, and no participant's name comes in.
"""
