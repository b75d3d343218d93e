"""Coming into a room: on a phone of one's own, as a voice on somebody else's, on another phone than before."""
