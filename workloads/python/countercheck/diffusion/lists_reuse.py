"""Lists of floats, two grids that are allotted once and take turns."""

from countercheck.diffusion.physics import D, DT


def run(grid, iterations, region):
    other = [[0.0] * len(grid) for _ in grid]
    with region:
        for _ in range(iterations):
            advance(grid, other)
            grid, other = other, grid
    return grid


def advance(grid, after):
    size = len(grid)
    for i in range(size):
        for j in range(size):
            around = grid[(i - 1) % size][j] + grid[(i + 1) % size][j]
            around += grid[i][(j - 1) % size] + grid[i][(j + 1) % size]
            after[i][j] = grid[i][j] + DT * D * (around - 4.0 * grid[i][j])
