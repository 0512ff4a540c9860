// The form of options: which levels and guarantees the manifest offers, and what is chosen.

import { byId, element } from './dom.js';
import { levelName } from './numbers.js';

/** Fills the form with a selection, and returns the selection with its gaps filled by what is on offer. */
export function fillForm({ manifest, versions, asked }, chosen) {
  const offered = offeredLevels(manifest);
  const guarantees = [...new Set(offered.map(({ guarantee }) => guarantee))];
  const guarantee = chosen.guarantee ?? guarantees[0];
  const levels = [...new Set(offered.filter((entry) => entry.guarantee === guarantee).map(({ level }) => String(level)))];
  const level = chosen.level ?? (levels.includes('0.9') ? '0.9' : levels[0]);
  const seed = chosen.seed ?? '0';

  byId('seed').value = seed;
  fillSelect(byId('level'), levels, level, (value) => levelName(Number(value)));
  fillSelect(byId('guarantee'), guarantees, guarantee, (value) => value);
  fillSelect(byId('version'), versions.map(String), asked ?? String(manifest.version), (value) => value);
  byId('version-choice').hidden = versions.length < 2;
  byId('colours').checked = chosen.colours === 'shared';
  byId('colours-choice').hidden = manifest.outputs.every(({ axes }) => axes.length !== 2);

  const cases = manifest.examples?.cases;
  byId('options-note').textContent = cases
    ? `Picks one of ${cases} held-out cases, 0 to ${cases - 1}, with its reference solution.`
    : 'This surrogate ships no examples: post a field of your own as below.';
  for (const control of byId('options').elements) {
    control.disabled = !cases || (control instanceof HTMLSelectElement && control.options.length === 0);
  }
  return { name: manifest.name, example: Boolean(cases), seed, level, guarantee, version: asked, colours: chosen.colours };
}

/** The selection that the form shows. */
export function readForm() {
  const value = (id) => byId(id).value || undefined;
  const version = byId('version-choice').hidden ? undefined : value('version');
  const colours = byId('colours').checked ? 'shared' : undefined;
  return { seed: value('seed'), level: value('level'), guarantee: value('guarantee'), version, colours };
}

/** The levels of the trained grid, or of the first that was calibrated, that every output offers. */
function offeredLevels({ calibration, grid, outputs }) {
  const perField = outputs.map(({ name }) => {
    const grids = calibration?.fields.find(({ field }) => field === name)?.grids ?? [];
    return (grids.find((entry) => entry.grid.join() === grid.trained.join()) ?? grids[0])?.levels ?? [];
  });
  return perField[0].filter(({ level, guarantee }) => perField.every((levels) =>
    levels.some((other) => other.level === level && other.guarantee === guarantee)));
}

/** Fills a select; a value that isn't on offer is shown all the same, for the service to refuse. */
function fillSelect(select, values, chosen, text) {
  const all = chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
  select.replaceChildren(...all.map((value) => element('option', { value }, text(value))));
  if (chosen !== undefined) select.value = chosen;
}
