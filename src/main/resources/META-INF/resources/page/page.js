// The page: reads the selection from the address, asks the service, shows what it says.
// The address is the one place that holds the selection; the form only changes the address.

import { Problem, call, surrogatePath } from './api.js';
import { fragment, queryOf, selection } from './address.js';
import { byId, element, formulasReady, plotly } from './dom.js';
import { facts, problem } from './facts.js';
import { askForKey, keyIsGood } from './key.js';
import { draw, prepare, redraw } from './plots.js';
import { fillForm, readForm } from './form.js';
import { commandFor, copyCommand } from './command.js';
import { verdict } from './verdict.js';

let surrogates = [];
let described = null;
let running = new AbortController();

async function start() {
  const { body } = await call('v1/surrogates', { onWait: waiting });
  keyIsGood();
  surrogates = body.surrogates;
  byId('surrogates').replaceChildren(...surrogates.map(({ name, title }) =>
    element('a', { href: fragment({ name }), 'data-name': name }, element('code', {}, name), element('span', {}, title))));
  byId('rejected').textContent = body.rejected
    .map(({ surrogate, version, reason }) => `${surrogate} version ${version} is not served: ${reason}.`)
    .concat(surrogates.length ? [] : 'No surrogate is served.').join(' ');
  addEventListener('hashchange', show);
  if (surrogates.length) await show();
}

/** Shows what the address selects: the surrogate, and a run of it. */
async function show() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  await guarded(signal, async () => {
    const chosen = selection();
    chosen.name ||= surrogates[0].name;
    markTab(chosen.name);
    if (described?.manifest.name !== chosen.name || described.asked !== chosen.version) await describe(chosen, signal);
    const complete = fillForm(described, chosen);
    byId('command').textContent = commandFor(complete);
    byId('results').hidden = !described.manifest.examples;
    if (described.manifest.examples) await run(complete, signal);
  });
}

async function describe({ name, version }, signal) {
  described = null;
  const path = version ? `${surrogatePath(name)}/versions/${encodeURIComponent(version)}` : surrogatePath(name);
  const { body } = await call(path, { signal, onWait: waiting });
  await formulasReady();
  signal.throwIfAborted();
  described = { ...body, asked: version };
  document.title = `${body.manifest.title} – Fieldserve`;
  byId('problem').replaceChildren(...problem(described).flat());
  byId('facts').replaceChildren(...facts(described).flat());
  byId('verdict').replaceChildren();
  prepare(byId('plots'), described);
  byId('surrogate').hidden = false;
}

/** Draws the example and predicts from it. */
async function run(chosen, signal) {
  busy(true);
  byId('results').hidden = false;
  const path = surrogatePath(chosen.name);
  const waits = { signal, onWait: waiting };
  const example = await call(`${path}/example?reference=true&${queryOf(chosen, ['seed', 'version'])}`, waits);
  const { inputs, reference } = example.body;
  const query = queryOf(chosen, ['level', 'guarantee', 'version']);
  const answer = await call(`${path}/predict?${query}`, { ...waits, body: JSON.stringify({ inputs }) });
  const library = await plotly();
  signal.throwIfAborted();
  byId('verdict').replaceChildren(verdict(described.manifest, answer.body, reference, answer));
  await draw(library, byId('plots'), described, {
    inputs, prediction: answer.body, reference, shared: chosen.colours === 'shared',
  });
  busy(false);
}

/** Does the work, and shows what stopped it; work that was overtaken by a newer selection ends quietly. */
async function guarded(signal, work) {
  byId('failure').hidden = true;
  try {
    await work();
    byId('notice').replaceChildren();
  } catch (error) {
    if (signal?.aborted) return;
    fail(error);
  }
}

function fail(error) {
  const incident = error.incident ? ` Incident ${error.incident}.` : '';
  const title = error instanceof Problem ? error.title : 'This page failed';
  byId('surrogate').hidden = !described;
  byId('results').hidden = true;
  byId('progress').textContent = '';
  const place = described ? byId('failure') : byId('notice');
  place.replaceChildren(element('strong', {}, title), element('span', {}, ` ${error.message}${incident}`));
  place.hidden = false;
  if (error.status === 401) askForKey(() => (described ? show() : guarded(undefined, start)));
  if (!(error instanceof Problem)) console.error(error);
}

function busy(state) {
  byId('results').setAttribute('aria-busy', state);
  byId('progress').textContent = state ? 'Running' : 'Done';
}

function waiting(seconds) {
  byId('notice').textContent = `The service is not ready yet. Trying again in ${seconds} s …`;
}

function markTab(name) {
  for (const tab of byId('surrogates').children) {
    if (tab.dataset.name === name) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
}

/** Goes to what the form says; the same selection again is run again. */
function submit(changes = {}) {
  if (!described) return;
  const target = fragment({ name: described.manifest.name, ...readForm(), ...changes });
  if (target === location.hash) show();
  else location.hash = target;
}

byId('options').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
byId('options').addEventListener('change', (event) => {
  if (event.target.id !== 'seed') submit();
});
byId('another').addEventListener('click', () => {
  const cases = described?.manifest.examples?.cases ?? 1;
  const step = 1 + Math.floor(Math.random() * Math.max(1, cases - 1));
  submit({ seed: (Number(byId('seed').value) + step) % cases });
});
byId('copy').addEventListener('click', copyCommand);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plotly().then(redraw));
guarded(undefined, start);
