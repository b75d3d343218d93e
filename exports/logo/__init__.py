"""The alliance's logo: taken in from a file that anybody may have made, and laid down as a clean PNG."""
