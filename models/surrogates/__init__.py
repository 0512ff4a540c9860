"""Trained PDE surrogates: data, networks, training, calibration and export."""

import os

# ONNX Runtime reports its use to its maker by default from 1.29 on, and reads this before anything else.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
