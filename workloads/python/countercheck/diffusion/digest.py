"""What a run computed, in the three numbers of workloads/diffusion/digest.hpp: the sum of the cells, their sum with a
weight for each place, and the sum of their squares."""

_ALL = (1 << 64) - 1
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def digest(grid):
    """Of a list of rows or an array of numpy."""
    if isinstance(grid, list):
        return _of_rows(grid)
    return _of_array(grid)


def _of_rows(rows):
    cells = [cell for row in rows for cell in row]
    weighted = sum(_weight(place) * cell for place, cell in enumerate(cells))
    return sum(cells), weighted, sum(cell * cell for cell in cells)


def _weight(place):
    """The number of splitmix64 from seed 0 at this place, as a fraction."""
    bits = (place + 1) * _STEP & _ALL
    bits = (bits ^ (bits >> 30)) * _FIRST & _ALL
    bits = (bits ^ (bits >> 27)) * _SECOND & _ALL
    return ((bits ^ (bits >> 31)) >> 11) * 2.0**-53


def _of_array(array):
    import numpy

    word = numpy.uint64
    bits = numpy.arange(1, array.size + 1, dtype=word) * word(_STEP)
    bits = (bits ^ (bits >> word(30))) * word(_FIRST)
    bits = (bits ^ (bits >> word(27))) * word(_SECOND)
    weights = ((bits ^ (bits >> word(31))) >> word(11)) * 2.0**-53
    cells = array.ravel()
    return float(cells.sum()), float((weights * cells).sum()), float((cells * cells).sum())
