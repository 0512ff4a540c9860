"""Reference solvers: the numerical methods that make the training data and that a speed-up is measured against."""
