"""Fieldserve beside a bare ONNX Runtime loop and the servers a user would pick instead."""
