"""How many tables there are, and how many people sit at each: sizes that differ by at most one."""

SMALLEST = 2
MOST_ROUNDS = 12


def table_sizes(people: int, tables: int) -> tuple[int, ...]:
    """Return how many people sit at each table, larger tables first."""
    if tables == 0:
        return ()
    each, over = divmod(people, tables)
    return (each + 1,) * over + (each,) * (tables - over)


def tables_for(people: int, size: int, *, standing: int | None = None) -> int:
    """Return how many tables `people` need when at most `size` sit at one.

    `standing` are the tables that stand in the hall already: as many stay as long as each then has `size` people, give
    or take one, so that one latecomer brings no new table and one who leaves takes none away. Nobody sits alone where
    two or more are there.
    """
    if people <= 1:
        return people
    size = max(size, SMALLEST)
    most = people // SMALLEST
    if standing is not None and 0 < standing <= most:
        smallest, largest = people // standing, -(-people // standing)
        if size - 1 <= smallest and largest <= size + 1:
            return standing
    return min(-(-people // size), most)
