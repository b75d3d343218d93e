"""This installation: its passphrase, its sign-ins and its address."""
