// Panels of a field on a 1D grid: the input; mean with interval and reference; and, as those often lie on top of each
// other, std, error and half the interval's width on an axis of their own.

import { combine, coordinates, range, significant } from './numbers.js';

/** The curves of one channel; values is null where only their places are wanted. */
export function curvePanels(manifest, plane) {
  const { field, values, std, lower, upper, reference, error, width, interval } = plane;
  const curves = (key, title, traces, rest) => panel(manifest, plane, key, title, traces, rest);
  if (plane.role === 'input') {
    return [curves('input', 'Input', (theme) => [line('input', values, theme.accent)])];
  }
  const half = width && combine((w) => w / 2, width);
  return [
    curves('solution', 'Mean', (theme) => [
      ...(lower && upper ? band(lower, upper, theme) : []),
      reference && line('reference', reference, theme.contrast, { width: 3, dash: 'dot' }),
      line('mean', values, theme.accent),
    ], { note: interval }),
    curves('deviation', 'Interval, std and error', (theme) => [
      half && line('half the width', half, theme.muted, { dash: 'dash' }),
      std && line('std', std, theme.accent),
      error && line('|error|', error, theme.second),
    ], { note: interval, fromZero: true }),
  ].map((made) => ({ ...made, field }));
}

function line(name, y, color, style = {}) {
  return { name, y, type: 'scatter', mode: 'lines', line: { color, width: 1.75, ...style } };
}

function band(lower, upper, theme) {
  const edge = { type: 'scatter', mode: 'lines', line: { width: 0 }, hoverinfo: 'skip' };
  return [
    { ...edge, y: lower, showlegend: false },
    { ...edge, y: upper, fill: 'tonexty', fillcolor: theme.band, name: 'interval' },
  ];
}

function panel(manifest, { field, channel, values }, key, title, traces, { note, fromZero = false } = {}) {
  const name = field.channels > 1 ? `${title}, channel ${channel}` : title;
  const x = values && coordinates(manifest.grid.location, values.length);
  const [low, high] = values ? range(values) : [];
  const unit = field.unit === '1' ? '' : ` ${field.unit}`;
  return {
    key: `${field.name}.${channel}.${key}`,
    title: name,
    field,
    note,
    wide: true,
    description: values
      ? `${name}: curves over ${field.axes[0]}, ${field.name} from ${significant(low)} to ${significant(high)}`
      : `${name}, not drawn yet`,
    figure: values && ((theme) => ({
      data: traces(theme).filter(Boolean).map((trace) => ({
        x: x.points, hovertemplate: `%{y:.4g}${unit}`, ...trace,
      })),
      layout: layout(x.label(field.axes[0]), theme, fromZero),
    })),
  };
}

function layout(label, theme, fromZero) {
  const axis = {
    color: theme.muted, gridcolor: theme.line, linecolor: theme.line, zerolinecolor: theme.line, zerolinewidth: 1,
    exponentformat: 'power',
  };
  return {
    uirevision: 'zoom', margin: { l: 56, r: 12, t: 6, b: 38 }, paper_bgcolor: 'transparent', plot_bgcolor: 'transparent',
    font: { color: theme.text, family: 'inherit', size: 12 }, hovermode: 'x unified',
    hoverlabel: { bgcolor: theme.surface, bordercolor: theme.line, font: { color: theme.text } },
    xaxis: {
      ...axis, title: { text: label, standoff: 4 }, hoverformat: '.4f',
      spikecolor: theme.muted, spikethickness: -1, spikedash: 'dot',
    },
    yaxis: { ...axis, ...(fromZero ? { rangemode: 'tozero' } : {}) },
    legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', font: { size: 12 } },
    modebar: { bgcolor: 'transparent', color: theme.muted, activecolor: theme.accent },
  };
}
