// What to make of one answer: whether to trust it, what its interval promises, how far it is from the reference,
// how long it took.

import { definitions, element } from './dom.js';
import { serverTiming } from './api.js';
import { flat, gridName, levelName, milliseconds, outside, percent, relativeL2, significant } from './numbers.js';

const PROMISES = {
  pointwise: 'A grid point of a new case lies inside with this probability, on average over points and cases.',
  simultaneous: 'All grid points of a new case lie inside at once with this probability.',
};

/** The verdict on a prediction, against the reference solution where there is one. */
export function verdict(manifest, prediction, reference, answer) {
  const [trust] = prediction.trust.cases;
  const outputs = Object.entries(prediction.outputs);
  const title = (name, text) => (outputs.length > 1 ? `${name}: ${text}` : text);
  return element('div', { class: 'verdict' },
    element('p', { class: trust.trusted ? 'trusted' : 'suspect' },
      element('strong', {}, trust.trusted ? '✓ Trusted:' : '⚠ Not trusted'),
      trust.trusted ? ' inputs within the training range, members agree as usual, interval calibrated.' : null),
    trust.reasons.length ? element('ul', {}, trust.reasons.map((reason) => element('li', {}, sentence(reason)))) : null,
    definitions([
      ...outputs.flatMap(([name, output]) => [
        [title(name, 'Error'), error(manifest, name, output, reference?.[name])],
        [title(name, 'Interval'), interval(output)],
        [title(name, 'This case'), inside(output, reference?.[name])],
        [title(name, 'Spread'), spread(trust.spread[name])],
      ]),
      ['Time', timing(answer)],
    ]));
}

function error(manifest, name, output, reference) {
  if (!reference) return null;
  const grid = output.shape.slice(-manifest.grid.trained.length);
  const usual = manifest.test_errors?.find((tested) =>
    tested.field === name && tested.metric === 'relative_l2' && gridName(tested.grid) === gridName(grid));
  return [
    element('strong', {}, percent(relativeL2(output.mean, reference))),
    ' relative L2, mean against reference',
    usual ? `; ${percent(usual.ensemble)} on average over ${usual.cases} held-out cases` : null,
  ];
}

function interval({ interval: promised, lower }) {
  if (!lower || !promised) return 'none: this grid was not calibrated';
  const { level, guarantee, coverage, calibration_cases: cases, grid } = promised;
  return [
    element('strong', {}, `${levelName(level)} ${guarantee}`),
    `; measured coverage ${percent(coverage)} on held-out cases; calibrated on ${cases} cases at ${gridName(grid)}. `,
    element('span', { class: 'note' }, PROMISES[guarantee]),
  ];
}

function inside({ lower, upper }, reference) {
  if (!lower || !upper || !reference) return null;
  const misses = flat(outside(reference, lower, upper));
  const missed = misses.reduce((sum, value) => sum + value, 0);
  return [
    element('strong', {}, percent(1 - missed / misses.length)),
    ` of the ${misses.length} points of its reference lie inside the interval, ${missed || 'none'} outside`,
  ];
}

function spread(measured) {
  if (!measured) return null;
  const { score, p_value: p } = measured;
  return [
    element('strong', {}, percent(score)), ' ‖std‖ / ‖mean‖',
    p == null ? '; no p-value on this grid' : `; p = ${significant(p)}: members disagree at least as much on `
      + `about ${percent(p)} of calibration cases`,
  ];
}

function timing({ headers, milliseconds: total }) {
  const parts = Object.entries(serverTiming(headers)).map(([name, duration]) => `${name} ${milliseconds(duration)}`);
  return [element('strong', {}, milliseconds(total)), ' round trip', parts.length ? `; ${parts.join(', ')}` : null];
}

/** A reason as a sentence of its own. */
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
