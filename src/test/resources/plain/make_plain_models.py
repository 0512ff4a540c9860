"""Writes ONNX graphs as other servers hold them: without a manifest, under the names an exporter gave their values.

Run it in this folder. Graphs that are served:

dynamic     "input.1" [N, 1, H, W] to "x:0" = 2 input.1 + 1
downsamples a [N, 1, H, W] to b [N, 2, H / 2, W / 2]: every other row and column, and the same with the opposite sign
scores      image [N, 3, 2, 2], a fixed grid, to scores [N, 3], the sum over each channel
fixed       x [1, 1, 2, 2] to y = 3 x, of exactly one case
several     a [N, 1, X], b [N, 1, X] and c [N, 2] to sum [N, 1, X] = a + b and double [N, 2] = 2 c
unnamed     x [?, 1, ?] and y [?, 1, ?] to z = the sums of x and of y, [?, 2]
numbers     x [N] and y [N, 1, X] to product [N], x times the sum of y
far         x [N, 1, L] to y [N, 1, 1], its 50th point
picky       x [N, 1, X] to y = 2 x, and fails where the largest value is 3 or more
lingers     x [N, 1, X] to y = 2 x, after as many rounds of nothing as the largest value says
shifts      x [N, 1, 512] to y = x + shift, whose 512 values, all 3, lie in shifts.bin

Those that are not:

integers    its input is int64
doubles     its output is float64
sequence    its output is a sequence
channels    may have any number of channels
one_case    its output is one case whatever the batch
reshaped    returns N L cases for N
coupled     subtracts the mean over the batch
chance      adds random numbers
endless     changes the sign 2^62 times
"""

from pathlib import Path

import onnx
from onnx import numpy_helper, parser

HEADER = '<ir_version: 8, opset_import: ["" : 18]>'

GRAPHS = {
    "dynamic": """
g (float[N, 1, H, W] "input.1") => (float[N, 1, H, W] "x:0")
<float two = {2}, float one = {1}>
{
    doubled = Mul("input.1", two)
    "x:0" = Add(doubled, one)
}""",
    "downsamples": """
g (float[N, 1, H, W] a) => (float[N, 2, I, J] b)
<int64[2] start = {0, 0}, int64[2] end = {1000000, 1000000}, int64[2] axes = {2, 3}, int64[2] steps = {2, 2}>
{
    coarse = Slice(a, start, end, axes, steps)
    opposite = Neg(coarse)
    b = Concat<axis = 1>(coarse, opposite)
}""",
    "scores": """
g (float[N, 3, 2, 2] image) => (float[N, 3] scores)
<int64[2] grid = {2, 3}>
{
    scores = ReduceSum<keepdims = 0>(image, grid)
}""",
    "fixed": """
g (float[1, 1, 2, 2] x) => (float[1, 1, 2, 2] y)
<float three = {3}>
{
    y = Mul(x, three)
}""",
    "several": """
g (float[N, 1, X] a, float[N, 1, X] b, float[N, 2] c) => (float[N, 1, X] sum, float[N, 2] double)
{
    sum = Add(a, b)
    double = Add(c, c)
}""",
    "unnamed": """
g (float[?, 1, ?] x, float[?, 1, ?] y) => (float[?, 2] z)
<int64[1] last = {2}>
{
    of_x = ReduceSum<keepdims = 0>(x, last)
    of_y = ReduceSum<keepdims = 0>(y, last)
    z = Concat<axis = 1>(of_x, of_y)
}""",
    "numbers": """
g (float[N] x, float[N, 1, X] y) => (float[N] product)
<int64[2] rest = {1, 2}>
{
    sum = ReduceSum<keepdims = 0>(y, rest)
    product = Mul(x, sum)
}""",
    "far": """
g (float[N, 1, L] x) => (float[N, 1, 1] y)
<int64[1] fiftieth = {49}>
{
    y = Gather<axis = 2>(x, fiftieth)
}""",
    "picky": """
g (float[N, 1, X] x) => (float[N, 1, X] y)
<float[3] table = {0, 0, 0}, float two = {2}>
{
    largest = ReduceMax<keepdims = 0>(x)
    row = Cast<to = 7>(largest)
    nothing = Gather<axis = 0>(table, row)
    doubled = Mul(x, two)
    y = Add(doubled, nothing)
}""",
    "lingers": """
g (float[N, 1, X] x) => (float[N, 1, X] y)
<float two = {2}, float zero = {0}, bool yes = {1}>
{
    largest = ReduceMax<keepdims = 0>(x)
    rounds = Cast<to = 7>(largest)
    nothing = Loop(rounds, yes, zero) <body = round (int64 i, bool more, float sum) => (bool on, float next)
    <float nought = {0}>
    {
        on = Identity(more)
        next = Add(sum, nought)
    }>
    doubled = Mul(x, two)
    y = Add(doubled, nothing)
}""",
    "shifts": """
g (float[N, 1, 512] x) => (float[N, 1, 512] y)
<float[512] shift = {SHIFT}>
{
    y = Add(x, shift)
}""".replace("SHIFT", ", ".join(["3"] * 512)),
    "integers": """
g (int64[N, 1, X] ids) => (float[N, 1, X] y)
{
    y = Cast<to = 1>(ids)
}""",
    "doubles": """
g (float[N, 1, X] x) => (double[N, 1, X] y)
{
    y = Cast<to = 11>(x)
}""",
    "sequence": """
g (float[N, 1, X] x) => (seq(float[N, 1, X]) y)
{
    y = SequenceConstruct(x)
}""",
    "channels": """
g (float[N, C, X] x) => (float[N, C, X] y)
{
    y = Neg(x)
}""",
    "one_case": """
g (float[N, 1, X] x) => (float[1, 1, X] y)
<int64[1] batch = {0}>
{
    y = ReduceSum(x, batch)
}""",
    "reshaped": """
g (float[N, 1, L] x) => (float[M, 1] y)
<int64[2] shape = {-1, 1}>
{
    y = Reshape(x, shape)
}""",
    "coupled": """
g (float[N, 1, X] x) => (float[N, 1, X] y)
<int64[1] batch = {0}>
{
    mean = ReduceMean(x, batch)
    y = Sub(x, mean)
}""",
    "chance": """
g (float[N, 1, X] x) => (float[N, 1, X] y)
{
    noise = RandomNormalLike(x)
    y = Add(x, noise)
}""",
    "endless": """
g (float[N, 1, X] x) => (float[N, 1, X] y)
<int64 trips = {4611686018427387904}, bool always = {1}>
{
    y = Loop<body = again (int64 trip, bool go, float[N, 1, X] before) => (bool on, float[N, 1, X] after) {
        on = Identity(go)
        after = Neg(before)
    }>(trips, always, x)
}""",
}


def main() -> None:
    for name, text in GRAPHS.items():
        model = parser.parse_model(HEADER + text)
        onnx.checker.check_model(model, full_check=True)
        save(model, name)


def save(model: onnx.ModelProto, name: str) -> None:
    if name != "shifts":
        onnx.save(model, f"{name}.onnx")
        return
    weights = model.graph.initializer[0]
    weights.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weights), weights.name))
    Path("shifts.bin").unlink(missing_ok=True)
    onnx.save(model, "shifts.onnx", save_as_external_data=True, location="shifts.bin")


if __name__ == "__main__":
    main()
