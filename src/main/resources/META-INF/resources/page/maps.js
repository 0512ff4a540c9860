// Panels of a field on a 2D grid: heat maps with y upwards and equal scales on both axes.
// Mean and reference always share a colour range; std, error and width do where the reader wants to compare them.

import { coordinates, flat, range, significant } from './numbers.js';

const VALUES = 'Viridis';
/** Magma, for magnitudes that are zero at best. */
const MAGNITUDES = ['#000004', '#180f3d', '#440f76', '#721f81', '#9e2f7f', '#cd4071', '#f1605d', '#fd9668', '#feca8d',
  '#fcfdbf'].map((colour, index, all) => [index / (all.length - 1), colour]);

/** The maps of one channel; values is null where only their places are wanted. */
export function mapPanels(manifest, plane) {
  const map = (key, title, values, colourscale, limits, rest) =>
    panel(manifest, plane, { key, title, values, colourscale, limits, ...rest });
  const { values, std, reference, error, width } = plane;
  if (plane.role === 'input') return [map('input', 'Input', values, VALUES, limitsOf(values))];
  if (!values) {
    return ['reference', 'mean', 'std', 'error', 'width'].map((key) => map(key, TITLES[key], null));
  }
  const solution = limitsOf(values, reference);
  const deviations = [std, error, width].filter(Boolean);
  const fromZero = (field) => [0, limitsOf(...(plane.shared ? deviations : [field]))[1]];
  return [
    reference && map('reference', TITLES.reference, reference, VALUES, solution),
    map('mean', TITLES.mean, values, VALUES, solution),
    std && map('std', TITLES.std, std, MAGNITUDES, fromZero(std)),
    error && map('error', TITLES.error, error, MAGNITUDES, fromZero(error), misses(plane)),
    width && map('width', TITLES.width, width, MAGNITUDES, fromZero(width), { note: plane.interval }),
  ].filter(Boolean);
}

const TITLES = {
  reference: 'Reference', mean: 'Mean', std: 'Std', error: '|Mean − reference|', width: 'Interval width',
};

/** Where the interval misses the reference, if anywhere. */
const misses = ({ outside }) => (outside && range(outside)[1] > 0 ? { outside, note: 'outlined: outside the interval' } : {});

/** Limits of a colour range, a trace wider than the values so that a tick at its end is drawn. */
function limitsOf(...fields) {
  const [low, high] = range(...fields.filter(Boolean));
  const margin = 1e-6 * (high - low || Math.abs(high) || 1);
  return [low - margin, high + margin];
}

function panel(manifest, { field, channel }, { key, title, values, colourscale, limits, outside, note }) {
  const name = field.channels > 1 ? `${title}, channel ${channel}` : title;
  const [low, high] = values ? range(values) : [];
  const [rows, columns] = values ? [values.length, values[0].length] : manifest.grid.trained;
  return {
    key: `${field.name}.${channel}.${key}`,
    title: name,
    field,
    note,
    aspect: rows / columns,
    description: values
      ? `${name} of ${field.name}: heat map, from ${significant(low)} to ${significant(high)}` : `${name}, not drawn yet`,
    figure: values && ((theme) => ({
      data: [
        heat(manifest, field, values, colourscale, limits, theme),
        ...(outside ? [contour(manifest, outside)] : []),
      ],
      layout: layout(manifest, field, [rows, columns], theme),
    })),
  };
}

function heat({ grid }, field, values, colourscale, [zmin, zmax], theme) {
  const unit = field.unit === '1' ? '' : ` ${field.unit}`;
  return {
    type: 'heatmap', z: values, colorscale: colourscale, zmin, zmax,
    x: coordinates(grid.location, values[0].length).points,
    y: coordinates(grid.location, values.length).points,
    hovertemplate: `%{z:.4g}${unit}<br>${field.axes[1]} %{x:.4f}, ${field.axes[0]} %{y:.4f}<extra></extra>`,
    colorbar: {
      thickness: 10, outlinewidth: 0, len: 1, lenmode: 'fraction', xpad: 6, ypad: 0, exponentformat: 'e',
      tickfont: { color: theme.muted, size: 11 }, nticks: 6, tickvals: fewValues(values),
    },
  };
}

/** The values themselves as ticks, where a field has but a few, such as one of two materials. */
function fewValues(values) {
  const distinct = [...new Set(flat(values))];
  return distinct.length <= 5 ? distinct : undefined;
}

/** Outlines where the reference lies outside the interval. */
function contour({ grid }, outside) {
  return {
    type: 'contour', z: outside, showscale: false, hoverinfo: 'skip', showlegend: false,
    x: coordinates(grid.location, outside[0].length).points,
    y: coordinates(grid.location, outside.length).points,
    contours: { start: 0.5, end: 0.5, size: 1, coloring: 'none' },
    line: { color: '#35d0ff', width: 1, smoothing: 0 },
  };
}

/** From half a cell before the first point to half a cell after the last. */
function edges(points) {
  const half = 0.500001 * (points.length > 1 ? points[1] - points[0] : 1);
  return [points[0] - half, points.at(-1) + half];
}

function layout({ grid }, field, [rows, columns], theme) {
  const axis = (name, points) => ({
    range: edges(coordinates(grid.location, points).points),
    title: { text: coordinates(grid.location, 1).label(name), standoff: 4, font: { size: 12 } },
    color: theme.muted, linecolor: theme.line, showgrid: false, zeroline: false, ticks: 'outside', ticklen: 3,
    tickcolor: theme.line, constrain: 'domain', nticks: 6,
  });
  return {
    uirevision: 'zoom', margin: { l: 42, r: 72, t: 10, b: 38, autoexpand: false }, paper_bgcolor: 'transparent', plot_bgcolor: 'transparent',
    font: { color: theme.text, family: 'inherit', size: 11 }, showlegend: false,
    xaxis: axis(field.axes[1], columns), yaxis: { ...axis(field.axes[0], rows), scaleanchor: 'x' },
    modebar: { bgcolor: 'transparent', color: theme.muted, activecolor: theme.accent },
  };
}
