// The selection as the URL's fragment, so that a link reproduces the view:
// #darcy-fno?seed=3&level=0.9&guarantee=pointwise, and colours=shared for one range of std, error and width.

const OPTIONS = ['seed', 'level', 'guarantee', 'version', 'colours'];

/** The selection that the page's address names; what it leaves out is undefined. */
export function selection() {
  const [name, query = ''] = location.hash.slice(1).split('?');
  const parameters = new URLSearchParams(query);
  const options = OPTIONS.filter((option) => parameters.get(option)).map((option) => [option, parameters.get(option)]);
  return { name, ...Object.fromEntries(options) };
}

/** The fragment of a selection. */
export function fragment(chosen) {
  const query = queryOf(chosen, OPTIONS);
  return `#${chosen.name}${query && `?${query}`}`;
}

/** The options of a selection that are set, as a query. */
export function queryOf(chosen, options) {
  const set = options.filter((option) => chosen[option] !== undefined && chosen[option] !== '');
  return new URLSearchParams(set.map((option) => [option, chosen[option]])).toString();
}
