/*
 * The generated client against the service at FIELDSERVE_URL. What it predicts is compared with what the reference
 * solver found for the same case.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import {
    ArrayForm,
    Configuration,
    type FlatArrays,
    ProblemFromJSON,
    Quantity,
    ResponseError,
    SurrogatesApi,
} from './target/client/index.js';

const url = process.env['FIELDSERVE_URL'];
const service = new SurrogatesApi(new Configuration({ basePath: url }));

const shape = [64, 64];
let permeability: number[];
let reference: number[];

before(async () => {
    const example = await service.example({ name: 'darcy-fno', seed: 5, reference: true });
    permeability = example.inputs['permeability'].flat();
    reference = example.reference!['pressure'].flat();
});

test('lists what is served', async () => {
    const { surrogates } = await service.listSurrogates();

    assert.deepEqual(
        surrogates.map((surrogate) => surrogate.name),
        ['burgers-fno', 'darcy-fno'],
    );
    assert.deepEqual(surrogates[1].inputs, ['permeability']);
});

test('describes a surrogate', async () => {
    const { manifest } = await service.describeSurrogate({ name: 'darcy-fno' });

    assert.deepEqual(manifest.grid!.trained, shape);
    assert.equal(manifest.ensemble.members, 5);
    assert.equal(manifest.outputs[0].name, 'pressure');
});

test('predicts from JSON', async () => {
    const prediction = await service.predict({
        name: 'darcy-fno',
        predictionInputs: { inputs: { permeability: { shape, data: permeability } } },
        arrays: ArrayForm.Flat,
    });

    const pressure = prediction.outputs['pressure'];
    assert.deepEqual(pressure.shape, shape);
    assert.ok(distance(numbers(pressure.flat!.mean), reference) < 0.02);
    assert.ok(covered(pressure.flat!, reference) > 0.8);
    assert.equal(pressure.interval!.level, 0.9);
});

test('predicts from raw bytes what it predicts from JSON', async () => {
    const reply = await service.predictRaw({
        name: 'darcy-fno',
        contentType: 'application/octet-stream',
        body: new Blob([new Float32Array(permeability)]),
        shape: '64,64',
        outputs: [Quantity.Mean],
        accept: 'application/octet-stream',
    });

    const mean = new Float32Array(await (await reply.value()).arrayBuffer());
    assert.deepEqual(mean, new Float32Array(numbers((await fromJson()).mean)));
    assert.equal(reply.raw.headers.get('Fieldserve-Shape'), '64,64');
});

test('predicts from an archive what it predicts from JSON', async () => {
    const archive = await service.example({ name: 'darcy-fno', seed: 5, accept: 'application/x-npz' });

    const prediction = await service.predict({
        name: 'darcy-fno',
        contentType: 'application/x-npz',
        body: archive,
        arrays: ArrayForm.Flat,
    });

    assert.deepEqual(prediction.outputs['pressure'].flat, await fromJson());
});

test('reads a failure as an object', async () => {
    const request = service.predict({
        name: 'darcy-fno',
        predictionInputs: { inputs: { permeability: { shape: [8, 64], data: permeability.slice(0, 8 * 64) } } },
    });

    const failure = await request.catch((error: unknown) => error);

    assert.ok(failure instanceof ResponseError);
    const problem = ProblemFromJSON(await failure.response.json());
    assert.equal(problem.status, 422);
    assert.equal(problem.type, 'urn:fieldserve:problem:invalid-input');
    assert.equal(problem.field, 'permeability');
    assert.equal(problem.expected, '32 to 512 points along y');
    assert.equal(problem.actual, 'shape [8, 64]');
});

async function fromJson(): Promise<FlatArrays> {
    const prediction = await service.predict({
        name: 'darcy-fno',
        predictionInputs: { inputs: { permeability: { shape, data: permeability } } },
        arrays: ArrayForm.Flat,
    });
    return prediction.outputs['pressure'].flat!;
}

/** Values of which none is missing. */
function numbers(values: (number | null)[] | undefined): number[] {
    assert.ok(values?.every((value) => value !== null));
    return values as number[];
}

/** Relative distance in the Euclidean norm. */
function distance(values: number[], expected: number[]): number {
    assert.equal(values.length, expected.length);
    return Math.hypot(...values.map((value, i) => value - expected[i])) / Math.hypot(...expected);
}

/** Share of the expected values that lie inside the interval. */
function covered(arrays: FlatArrays, expected: number[]): number {
    const lower = numbers(arrays.lower);
    const upper = numbers(arrays.upper);
    return expected.filter((value, i) => lower[i] <= value && value <= upper[i]).length / expected.length;
}
