"""The laplacian of scipy, which filters any number of dimensions with any border."""

import numpy
from scipy.ndimage import laplace

from countercheck.diffusion.physics import D, DT


def run(grid, iterations, region):
    grid = numpy.array(grid)
    other = numpy.empty_like(grid)
    other.fill(0)  # touched: its pages are not for the region to fault in
    with region:
        for _ in range(iterations):
            laplace(grid, output=other, mode="wrap")
            other *= DT * D
            other += grid
            grid, other = other, grid
    return grid
