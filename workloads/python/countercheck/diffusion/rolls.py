"""Operations on whole arrays, each of which makes a new one."""

import numpy

from countercheck.diffusion.physics import D, DT


def run(grid, iterations, region):
    grid = numpy.array(grid)
    with region:
        for _ in range(iterations):
            grid = grid + DT * D * laplacian(grid)
    return grid


def laplacian(grid):
    vertical = numpy.roll(grid, 1, 0) + numpy.roll(grid, -1, 0)
    return vertical + numpy.roll(grid, 1, 1) + numpy.roll(grid, -1, 1) - 4 * grid
