// Panels of a field on a 2D grid: heat maps with y upwards and equal scales on both axes.
// Mean and reference share one colour range, std and error share another, so they can be compared by eye.

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
  const deviation = [0, Math.max(...[std, error].filter(Boolean).map((field) => range(field)[1]))];
  return [
    reference && map('reference', TITLES.reference, reference, VALUES, solution),
    map('mean', TITLES.mean, values, VALUES, solution),
    std && map('std', TITLES.std, std, MAGNITUDES, deviation),
    error && map('error', TITLES.error, error, MAGNITUDES, deviation, misses(plane)),
    width && map('width', TITLES.width, width, MAGNITUDES, [0, range(width)[1]], { note: plane.interval }),
  ].filter(Boolean);
}

const TITLES = {
  reference: 'Reference', mean: 'Mean', std: 'Std', error: '|Mean − reference|', width: 'Interval width',
};

/** Where the interval misses the reference, if anywhere. */
const misses = ({ outside }) => (outside && range(outside)[1] > 0 ? { outside, note: 'outlined: outside the interval' } : {});

const limitsOf = (...fields) => range(...fields.filter(Boolean));

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
      layout: layout(manifest, field, theme),
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

function layout({ grid }, field, theme) {
  const axis = (name) => ({
    title: { text: coordinates(grid.location, 1).label(name), standoff: 4, font: { size: 12 } },
    color: theme.muted, linecolor: theme.line, showgrid: false, zeroline: false, ticks: 'outside', ticklen: 3,
    tickcolor: theme.line, constrain: 'domain', nticks: 6,
  });
  return {
    uirevision: 'zoom', margin: { l: 42, r: 66, t: 6, b: 38 }, paper_bgcolor: 'transparent', plot_bgcolor: 'transparent',
    font: { color: theme.text, family: 'inherit', size: 11 }, showlegend: false,
    xaxis: axis(field.axes[1]), yaxis: { ...axis(field.axes[0]), scaleanchor: 'x' },
    modebar: { bgcolor: 'transparent', color: theme.muted, activecolor: theme.accent },
  };
}
