// Numbers for the reader, and the few sums the page does on fields.
// Fields are nested arrays; a value that isn't finite comes as null or a word.

const NARROW_SPACE = '\u202f';
const MINUS = '\u2212';
const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

/** A number to some significant digits: 0.0123, 4.1 × 10⁻⁵. */
export function significant(value, digits = 3) {
  if (!Number.isFinite(value)) return 'not finite';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(digits))).replace('-', MINUS);
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const power = String(Number(exponent)).replace(/./g, (sign) => SUPERSCRIPT[sign]);
  return `${String(Number(mantissa)).replace('-', MINUS)}${NARROW_SPACE}×${NARROW_SPACE}10${power}`;
}

/** A measured share as a percentage, with its last zeros; one that isn't quite everything doesn't read 100 %. */
export function percent(share, digits = 3) {
  if (!Number.isFinite(share)) return 'not finite';
  const text = share >= 1e-5 && share < 10 ? (100 * share).toPrecision(digits) : significant(100 * share);
  return Number(text) === 100 && share < 1 && digits < 9 ? percent(share, digits + 1) : `${text}${NARROW_SPACE}%`;
}

/** A level that somebody chose, such as 90 %. */
export const levelName = (level) => `${significant(100 * level, 6)}${NARROW_SPACE}%`;

/** Points along each axis: 64 × 64. */
export const gridName = (grid) => grid.join(' × ');

export const milliseconds = (duration) => `${duration < 10 ? duration.toFixed(1) : Math.round(duration)}${NARROW_SPACE}ms`;

/** The unit of a field, in words where it has none. */
export const unitName = (unit) => (unit === '1' ? 'dimensionless' : unit);

/** All numbers of nested arrays in one; NaN for what isn't a number. */
export const flat = (nested) => [nested].flat(Infinity).map((value) => (typeof value === 'number' ? value : NaN));

/** Nested arrays of one shape, combined number by number. */
export function combine(operation, ...arrays) {
  return Array.isArray(arrays[0])
    ? arrays[0].map((_, index) => combine(operation, ...arrays.map((array) => array[index])))
    : operation(...arrays.map((value) => (typeof value === 'number' ? value : NaN)));
}

export const difference = (a, b) => combine((x, y) => x - y, a, b);

export const absoluteDifference = (a, b) => combine((x, y) => Math.abs(x - y), a, b);

/** 1 where the value lies outside the interval, else 0. */
export const outside = (value, lower, upper) => combine((v, l, u) => (v >= l && v <= u ? 0 : 1), value, lower, upper);

/** ||a - b|| / ||b|| over the grid. */
export function relativeL2(a, b) {
  const norm = (nested) => Math.sqrt(flat(nested).reduce((sum, value) => sum + value * value, 0));
  return norm(difference(a, b)) / norm(b);
}

/** Smallest and largest finite value over several fields. */
export function range(...fields) {
  const finite = fields.flatMap(flat).filter(Number.isFinite);
  return [finite.reduce((a, b) => Math.min(a, b), Infinity), finite.reduce((a, b) => Math.max(a, b), -Infinity)];
}

/** Where the points of an axis lie, from the grid's own words; the index where they are not understood. */
export function coordinates(location, points) {
  const compact = location.replaceAll(' ', '');
  const at = compact.includes('(i+1/2)/N') ? (i) => (i + 0.5) / points
    : compact.includes('i/(N-1)') ? (i) => i / (points - 1)
      : compact.includes('i/N') ? (i) => i / points : null;
  const indices = Array.from({ length: points }, (_, i) => i);
  return { points: at ? indices.map(at) : indices, label: (axis) => (at ? axis : `${axis} (index)`) };
}
