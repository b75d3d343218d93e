"""The live bar, in sight on every page of who leads: it steers the room, and says where it is."""
