"""Samples with the values that a test is about, and zeros elsewhere."""

import numpy as np

from comparison.measure import Sample


def sample(workload, contender, number=0, latencies=(), throughput=0.0, server_cpu=0.0):
    return Sample(
        workload=workload,
        contender=contender,
        round=number,
        throughput=throughput,
        latencies=np.array(latencies, float),
        failures=0,
        rate=0.0,
        batch=None,
        server_cpu=server_cpu,
        client_cpu=0.0,
        peak_memory=0,
        shared_memory=0,
        disturbed=0.0,
    )
