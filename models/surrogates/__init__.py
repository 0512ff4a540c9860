"""Trained PDE surrogates: data, networks, training, calibration and export."""
