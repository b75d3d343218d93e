"""The sealed copy: a PDF of the agenda, with the Word file inside, and a signature of this installation."""
