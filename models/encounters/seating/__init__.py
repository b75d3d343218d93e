"""Who sits where: pure rules on plain values, seeded, that know neither the database nor a screen.

Everybody is a number from 0. Order of the files: `tables`, `wanted`, `wishes`, `bound`, `start`, `search`, `seat`,
`latecomer`.
"""
