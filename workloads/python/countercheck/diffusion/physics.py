"""new = old + DT * D * (north + south + east + west - 4 * old), the border periodic."""

D = 1.0
DT = 0.1
