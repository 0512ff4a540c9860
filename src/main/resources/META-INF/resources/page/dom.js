// Builds page elements: text always goes in as text, never as markup.
// Also loads the two libraries, each when it is first needed.

/** An element with attributes and children; a string among the children is text, null is left out. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A definition list out of [term, description] pairs; a description may be a list of children. */
export function definitions(pairs, attributes = {}) {
  const entries = pairs.filter(([, description]) => description != null);
  return element('dl', attributes, entries.map(([term, description]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, description))));
}

const scripts = new Map();

function library(path, globalName) {
  if (!scripts.has(path)) {
    scripts.set(path, new Promise((resolve, reject) => {
      const script = element('script', { src: path });
      script.onload = () => resolve(window[globalName]);
      script.onerror = () => {
        scripts.delete(path);
        reject(new Error(`${path} could not be loaded.`));
      };
      document.head.append(script);
    }));
  }
  return scripts.get(path);
}

export const plotly = () => library('webjars/plotly.js-dist/plotly.js', 'Plotly');

const katex = () => library('webjars/katex/dist/katex.min.js', 'katex');

const FORMULA_FONTS = ['1rem KaTeX_Main', 'italic 1rem KaTeX_Math'];

/** When formulas can be typeset at once, fonts and all, so that nothing moves; or can't be at all. */
export const formulasReady = () =>
  Promise.all([katex(), ...FORMULA_FONTS.map((font) => document.fonts.load(font))]).catch(() => {});

/** LaTeX as an element: the source at first, typeset as soon as KaTeX is there. */
export function formula(latex, displayMode = false) {
  const node = element(displayMode ? 'div' : 'span', { class: 'formula' }, latex);
  katex()
    .then(({ render }) => render(latex, node, { displayMode, throwOnError: false }))
    .catch(() => {});
  return node;
}
