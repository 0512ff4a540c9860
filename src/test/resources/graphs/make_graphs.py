"""Writes the ONNX graphs that the tests run, so small that what they return can be worked out by hand.

Run it in this folder. Two surrogates, each of three members, each as one graph a member and as one graph of all:

affine   permeability [B, 1, y, x] to pressure [B, 1, y, x]
         pressure = weight * permeability + offset, weights 1, 2, 3 and offsets 1.5, 1, 0.5,
         so the mean is 2 a + 1 and the sample standard deviation |a - 0.5|.
pair     forcing [B, 2, x] and viscosity [B, 1], a number without axes, to velocity [B, 2, x] and energy [B, 1]
         velocity = weight * viscosity * forcing, energy = weight * sum of forcing^2, weights 1, 2, 3,
         so the standard deviation is half the mean.

logarithm takes and returns the same fields as an affine member: pressure = log(permeability).

The others are affine members with something wrong.
"""

import onnx
from onnx import parser

HEADER = '<ir_version: 8, opset_import: ["" : 18]>'

MOMENTS = """
    "{name}mean" = ReduceMean<keepdims = 0>("{name}members", member_axis)
    "{name}deviation" = Sub("{name}members", "{name}mean")
    "{name}squares" = Mul("{name}deviation", "{name}deviation")
    "{name}sum" = ReduceSum<keepdims = 0>("{name}squares", member_axis)
    "{name}variance" = Div("{name}sum", members_less_one)
    "{name}std" = Sqrt("{name}variance")
"""


def main() -> None:
    for member, (weight, offset) in enumerate([(1, 1.5), (2, 1), (3, 0.5)]):
        save(f"affine-{member}", affine_member(weight, offset))
    save("affine-moments", affine_moments())
    for member, weight in enumerate([1, 2, 3]):
        save(f"pair-{member}", pair_member(weight))
    save("pair-moments", pair_moments())

    save("logarithm", logarithm())

    save("wrong-output", affine_member(1, 1.5).replace("pressure", "velocity"))
    save("wrong-rank", wrong_rank())
    save("fails", fails())
    save("halves-the-grid", halves_the_grid())


def affine_member(weight: float, offset: float) -> str:
    return f"""
member (float[B, 1, Y, X] permeability) => (float[B, 1, Y, X] pressure)
<float weight = {{{weight}}}, float offset = {{{offset}}}>
{{
    scaled = Mul(permeability, weight)
    pressure = Add(scaled, offset)
}}"""


def affine_moments() -> str:
    return f"""
ensemble (float[B, 1, Y, X] permeability)
    => (float[B, 1, Y, X] mean, float[B, 1, Y, X] std, float[3, B, 1, Y, X] members)
<float[3, 1, 1, 1, 1] weight = {{1, 2, 3}}, float[3, 1, 1, 1, 1] offset = {{1.5, 1, 0.5}},
 int64[1] member_axis = {{0}}, float members_less_one = {{2}}>
{{
    scaled = Mul(permeability, weight)
    members = Add(scaled, offset)
    {MOMENTS.format(name="")}
}}"""


def pair_member(weight: float) -> str:
    return f"""
member (float[B, 2, X] forcing, float[B, 1] viscosity) => (float[B, 2, X] velocity, float[B, 1] energy)
<float weight = {{{weight}}}, int64[1] x_axis = {{2}}, int64[1] channel_axis = {{1}}>
{{
    viscosity_everywhere = Unsqueeze(viscosity, x_axis)
    viscous = Mul(forcing, viscosity_everywhere)
    velocity = Mul(viscous, weight)
    squares = Mul(forcing, forcing)
    of_channel = ReduceSum<keepdims = 0>(squares, x_axis)
    of_case = ReduceSum<keepdims = 1>(of_channel, channel_axis)
    energy = Mul(of_case, weight)
}}"""


def pair_moments() -> str:
    return f"""
ensemble (float[B, 2, X] forcing, float[B, 1] viscosity)
    => (float[B, 2, X] "velocity.mean", float[B, 2, X] "velocity.std", float[3, B, 2, X] "velocity.members",
        float[B, 1] "energy.mean", float[B, 1] "energy.std", float[3, B, 1] "energy.members")
<float[3, 1, 1, 1] velocity_weight = {{1, 2, 3}}, float[3, 1, 1] energy_weight = {{1, 2, 3}},
 int64[1] x_axis = {{2}}, int64[1] channel_axis = {{1}}, int64[1] member_axis = {{0}}, float members_less_one = {{2}}>
{{
    viscosity_everywhere = Unsqueeze(viscosity, x_axis)
    viscous = Mul(forcing, viscosity_everywhere)
    "velocity.members" = Mul(viscous, velocity_weight)
    squares = Mul(forcing, forcing)
    of_channel = ReduceSum<keepdims = 0>(squares, x_axis)
    of_case = ReduceSum<keepdims = 1>(of_channel, channel_axis)
    "energy.members" = Mul(of_case, energy_weight)
    {MOMENTS.format(name="velocity.")}
    {MOMENTS.format(name="energy.")}
}}"""


def logarithm() -> str:
    """Not finite where the permeability isn't positive."""
    return """
member (float[B, 1, Y, X] permeability) => (float[B, 1, Y, X] pressure)
{
    pressure = Log(permeability)
}"""


def wrong_rank() -> str:
    """Loses the channel axis."""
    return """
member (float[B, 1, Y, X] permeability) => (float[B, Y, X] pressure)
<int64[1] channel_axis = {1}>
{
    pressure = Squeeze(permeability, channel_axis)
}"""


def fails() -> str:
    """Opens, but runs only on inputs of 77 elements."""
    return """
member (float[B, 1, Y, X] permeability) => (float[B, 1, Y, X] pressure)
<int64[2] seven_by_eleven = {7, 11}>
{
    matrix = Reshape(permeability, seven_by_eleven)
    shape = Shape(permeability)
    pressure = Reshape(matrix, shape)
}"""


def halves_the_grid() -> str:
    """Returns every other row, on half the grid that the manifest promises."""
    return """
member (float[B, 1, Y, X] permeability) => (float[B, 1, Z, X] pressure)
<int64[1] start = {0}, int64[1] end = {1000000}, int64[1] y_axis = {2}, int64[1] step = {2}>
{
    pressure = Slice(permeability, start, end, y_axis, step)
}"""


def save(name: str, text: str) -> None:
    model = parser.parse_model(HEADER + text)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, f"{name}.onnx")


if __name__ == "__main__":
    main()
