"""The grids that the steps begin with, as lists of rows: those of workloads/diffusion/initial_state.hpp."""

STATES = ("block", "edge-block", "random")

_WORDS, _MIDDLE = 312, 156
_ALL = (1 << 64) - 1


def initial(name, size, seed):
    if name == "random":
        numbers = _mt19937_64(seed)
        return [[(next(numbers) >> 11) * 2.0**-53 for _ in range(size)] for _ in range(size)]
    grid = [[0.0 if name == "block" else 0.001] * size for _ in range(size)]
    if name == "block":
        _heat(grid, range(int(0.4 * size), int(0.5 * size)), range(int(0.4 * size), int(0.5 * size)))
    else:
        _heat(grid, range(max(1, int(0.2 * size))), range(max(2, int(0.4 * size))))
    return grid


def _heat(grid, rows, columns):
    for row in rows:
        for column in columns:
            grid[row][column] = 0.005


def _mt19937_64(seed):
    """The generator of Nishimura and Matsumoto (2004), which C++ has as std::mt19937_64."""
    words = [seed & _ALL]
    for index in range(1, _WORDS):
        words.append((6364136223846793005 * (words[-1] ^ (words[-1] >> 62)) + index) & _ALL)
    while True:
        for index in range(_WORDS):
            joined = (words[index] & ~0x7FFFFFFF) | (words[(index + 1) % _WORDS] & 0x7FFFFFFF)
            odd = 0xB5026F5AA96619E9 if joined & 1 else 0
            words[index] = words[(index + _MIDDLE) % _WORDS] ^ (joined >> 1) ^ odd
        for word in words:
            word ^= (word >> 29) & 0x5555555555555555
            word ^= (word << 17) & 0x71D67FFFEDA60000
            word ^= (word << 37) & 0xFFF7EEE000000000
            yield word ^ (word >> 43)
