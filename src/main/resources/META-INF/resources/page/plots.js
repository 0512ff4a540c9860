// Which panels a prediction has, and drawing them with Plotly.
// How many axes a field has decides between curves and maps; maps.js and curves.js make the figures.

import { element, formula } from './dom.js';
import { absoluteDifference, difference, levelName, outside, unitName } from './numbers.js';
import { mapPanels } from './maps.js';
import { curvePanels } from './curves.js';

const CONFIG = {
  displaylogo: false, responsive: true, showTips: false,
  modeBarButtonsToRemove: ['lasso2d', 'select2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d'],
};

let drawn = [];
let zooming = false;

/**
 * Empty panels in the places and sizes of those that will be drawn, so that nothing jumps; none where there is no example to
 * draw.
 */
export function prepare(container, { manifest }) {
  if (!manifest.examples) {
    arrange(container, []);
    return;
  }
  const blank = (field) => ({ field, channel: 0, values: null });
  const panels = [
    ...manifest.inputs.flatMap((field) => panelsOf(manifest, { ...blank(field), role: 'input' })),
    ...manifest.outputs.flatMap((field) => panelsOf(manifest, { ...blank(field), role: 'output' })),
  ];
  arrange(container, panels);
}

/**
 * Draws an example with its prediction and its reference, if there is one.
 *
 * @param shared whether maps of std, error and width have one colour range
 */
export async function draw(library, container, { manifest }, { inputs, prediction, reference, shared }) {
  const shown = [
    ...manifest.inputs.flatMap((field) => channels(field, { values: inputs[field.name] }, { role: 'input' })),
    ...manifest.outputs.flatMap((field) => {
      const { mean, std, lower, upper, interval } = prediction.outputs[field.name];
      const quantities = { values: mean, std, lower, upper, reference: reference?.[field.name] };
      return channels(field, quantities, { role: 'output', interval: promised(interval), shared });
    }),
  ];
  arrange(container, shown.flatMap((plane) => panelsOf(manifest, derived(plane))));
  await redraw(library);
}

/** Draws again what is drawn, such as after a change between light and dark. */
export async function redraw(library) {
  const theme = colours();
  for (const { panel, place } of drawn) {
    if (!panel.figure) continue;
    const { data, layout } = panel.figure(theme);
    if (matchMedia('(pointer: coarse)').matches) layout.dragmode = false;
    keepZoom(place, layout);
    await library.react(place, data, layout, CONFIG);
    place.removeAllListeners('plotly_relayout');
    place.on('plotly_relayout', (changes) => zoomOthers(place, changes));
  }
}

/** Carries over what the reader zoomed to; Plotly itself does so only for the panel that was dragged. */
function keepZoom(place, layout) {
  for (const axis of ['xaxis', 'yaxis']) {
    const { range, autorange } = place.layout?.[axis] ?? {};
    if (range && !autorange) layout[axis].range = range;
  }
}

/** Zooms every other panel to where one was zoomed; of curves only x, as their values differ. */
async function zoomOthers(source, changes) {
  const axes = Object.entries(changes).filter(([key]) => /^[xy]axis\.(auto)?range/.test(key));
  const wide = (place) => place.closest('figure').classList.contains('wide');
  if (zooming || axes.length === 0) return;
  zooming = true;
  try {
    for (const { panel, place } of drawn) {
      if (!panel.figure || place === source || wide(place) !== wide(source)) continue;
      await window.Plotly.relayout(place, Object.fromEntries(axes.filter(([key]) => !wide(place) || key[0] === 'x')));
    }
  } finally {
    zooming = false;
  }
}

/** One plane a channel: quantities of a single-channel field have no channel axis. */
function channels(field, quantities, rest) {
  const take = (channel) => Object.fromEntries(Object.entries(quantities).map(([name, values]) =>
    [name, field.channels > 1 ? values?.[channel] : values]));
  return Array.from({ length: field.channels }, (_, channel) => ({ field, channel, ...take(channel), ...rest }));
}

function derived(plane) {
  const { values, reference, lower, upper } = plane;
  return {
    ...plane,
    error: reference && absoluteDifference(values, reference),
    width: lower && upper && difference(upper, lower),
    outside: reference && lower && upper && outside(reference, lower, upper),
  };
}

function panelsOf(manifest, plane) {
  const kinds = { 1: curvePanels, 2: mapPanels };
  return kinds[plane.field.axes.length]?.(manifest, plane) ?? [];
}

/** Lays out panels in the container; figures that are already there keep their place. */
function arrange(container, panels) {
  if (panels.map((panel) => panel.key).join() !== drawn.map(({ panel }) => panel.key).join()
      || drawn.some(({ place }) => !container.contains(place))) {
    drawn.forEach(({ place }) => window.Plotly?.purge(place));
    drawn = panels.map((panel) => ({ panel, place: element('div', { class: 'plot', role: 'img' }) }));
    container.replaceChildren(...drawn.map(({ panel, place }) =>
      element('figure', { class: panel.wide ? 'wide' : 'square' }, element('figcaption', {}), element('div', {}, place))));
  }
  drawn.forEach((entry, index) => {
    const panel = panels[index];
    entry.panel = panel;
    entry.place.setAttribute('aria-label', panel.description);
    entry.place.style.setProperty('--aspect', panel.aspect ?? 1);
    entry.place.parentNode.previousSibling.replaceChildren(...caption(panel));
  });
}

function caption({ title, field, note }) {
  return [
    element('span', {}, `${title} `, formula(field.symbol)),
    element('span', { class: 'note' }, [field.name, unitName(field.unit), note].filter(Boolean).join(', ')),
  ];
}

const promised = (interval) => interval && `${levelName(interval.level)} ${interval.guarantee}`;

/** Colours of the page's own style, for what Plotly draws. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(['text', 'muted', 'line', 'surface', 'accent', 'band', 'contrast', 'second']
    .map((name) => [name, colour(name)]));
}
