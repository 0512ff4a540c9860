// What a surrogate says of itself: the problem it solves above the results, its measured facts beside them.
// All of it comes from the manifest; nothing here knows a particular surrogate. A plain model says little: what it leaves
// out is left out here.

import { definitions, element, formula } from './dom.js';
import { surrogatePath } from './api.js';
import { gridName, percent, significant, unitName } from './numbers.js';

const GREEK = /^(alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|nu|rho|sigma|tau|omega)$/;
const LAYOUTS = { moments: 'one graph for all', separate: 'a graph each' };

/** The problem: title, equation, domain and boundary conditions. */
export function problem({ manifest }) {
  return [
    element('h2', { id: 'title' }, manifest.title),
    element('p', {}, manifest.description),
    ...(manifest.pde ? equation(manifest.pde) : []),
  ];
}

function equation(pde) {
  const parameters = Object.entries(pde.parameters)
    .map(([symbol, value]) => `${symbol.replace(GREEK, '\\$1')} = ${value}`);
  return [
    element('div', { class: 'equation', tabindex: '0', 'aria-label': pde.name },
      formula(pde.equation, true),
      parameters.length ? formula(parameters.join(',\\quad '), true) : null),
    definitions([
      ['Problem', pde.name],
      ['Domain', raised(pde.domain)],
      ['Boundary', raised(pde.boundary_conditions)],
    ], { class: 'inline' }),
  ];
}

/** The facts: fields, grid, ensemble, errors, training. */
export function facts(described) {
  const { manifest } = described;
  return [
    element('h2', {}, 'Fields'),
    manifest.inputs.map((field) => fieldFacts(field, 'input')),
    manifest.outputs.map((field) => fieldFacts(field, 'output')),
    ...(manifest.test_errors ? [element('h2', {}, 'Error on held-out cases'), manifest.test_errors.map(testError)] : []),
    element('h2', {}, 'Surrogate'),
    surrogateFacts(described),
    ...(manifest.training ? [element('h2', {}, 'Made from'), trainingFacts(manifest)] : []),
    element('p', {},
      element('a', { href: `${surrogatePath(manifest.name)}/versions/${manifest.version}` }, 'Manifest as JSON')),
  ];
}

function fieldFacts(field, role) {
  const channels = field.channels > 1 ? `${field.channels} channels, ` : '';
  return element('section', { class: 'field' },
    element('h3', {}, element('code', {}, field.name), ' ', field.symbol ? formula(field.symbol) : null,
      element('span', { class: 'role' }, role)),
    field.description ? element('p', {}, `${field.description}.`) : null,
    definitions([
      ['Unit', unitName(field.unit)],
      ['Shape', field.shape && gridName(field.shape.map((length) => (length < 0 ? 'any' : length)))],
      ['Array', `${channels}axes ${field.axes.join(', ') || 'none'}, ${field.dtype}`],
      ['Range', field.range && `${significant(field.range.minimum)} to ${significant(field.range.maximum)} in training`],
    ]));
}

function testError(error) {
  const members = error.members.toSorted((a, b) => a - b);
  const alone = members.length > 1
    ? `; members alone ${percent(members[0])} to ${percent(members.at(-1))}` : '';
  return definitions([[gridName(error.grid), [element('strong', {}, percent(error.ensemble)),
    ` ${metricName(error.metric)}, mean of ${error.cases} cases${alone}`]]]);
}

/** relative_l2 as words. */
const metricName = (metric) => metric === 'relative_l2' ? 'relative L2' : metric.replaceAll('_', ' ');

function surrogateFacts({ manifest, versions, execution_provider: provider }) {
  const { grid, ensemble, training } = manifest;
  const calibrated = [...new Set(manifest.calibration?.fields.flatMap((field) =>
    field.grids.map((calibration) => gridName(calibration.grid))))];
  const members = ensemble.members > 1 ? `${ensemble.members} members, ${LAYOUTS[ensemble.layout] ?? ensemble.layout}` : 'one member';
  return definitions([
    ['Name', [element('code', {}, manifest.name), ` version ${manifest.version}`,
      versions.length > 1 ? ` of ${versions.join(', ')}` : '']],
    ['Ensemble', members + (training ? `, ${training.parameters_per_member.toLocaleString('en')} parameters a member` : '')],
    ['Runs on', provider],
    ['Grids', grid && `${gridName(grid.minimum)} to ${gridName(grid.maximum)}`],
    ['Points', grid?.location],
    ['Trained', grid && `at ${gridName(grid.trained)}`],
    ['Intervals', calibrated.length ? `calibrated at ${calibrated.join(', ')}` : 'not calibrated'],
    ['Licence', manifest.licence],
  ]);
}

function trainingFacts({ training, reference_solver: solver }) {
  const cases = Object.entries(training.cases).map(([split, count]) => `${split} ${count}`).join(', ');
  return definitions([
    ['Data', training.generator],
    ['Cases', cases],
    ['Training', `${training.epochs} epochs, ${significant(training.cpu_seconds_per_member / 60, 2)} CPU minutes a member`],
    ['Hardware', training.hardware],
    ['Reference', solver.name],
    ['Its cost', `${significant(solver.seconds_per_solve)} s a solve at ${gridName(solver.grid)}, `
      + `error ${percent(solver.relative_l2)}; one thread of ${solver.hardware}`],
  ]);
}

/** Squares and cubes of plain text, such as (0, 1)^2. */
const raised = (text) => text.replaceAll('^2', '²').replaceAll('^3', '³');
