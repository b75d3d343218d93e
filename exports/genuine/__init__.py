"""Is a file that somebody sends one of ours?"""
