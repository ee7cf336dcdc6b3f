"""Lists of floats, and new ones in every step."""

from countercheck.diffusion.physics import D, DT


def run(grid, iterations, region):
    with region:
        for _ in range(iterations):
            grid = advance(grid)
    return grid


def advance(grid):
    size = len(grid)
    after = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            around = grid[(i - 1) % size][j] + grid[(i + 1) % size][j]
            around += grid[i][(j - 1) % size] + grid[i][(j + 1) % size]
            after[i][j] = grid[i][j] + DT * D * (around - 4.0 * grid[i][j])
    return after
