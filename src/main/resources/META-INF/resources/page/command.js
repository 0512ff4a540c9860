// The command that makes the same call from a shell.

import { byId } from './dom.js';
import { key } from './key.js';
import { surrogatePath } from './api.js';
import { queryOf } from './address.js';

/** A pipe of curl commands: draw the example, post it. */
export function commandFor(chosen) {
  const base = new URL(surrogatePath(chosen.name), document.baseURI).href;
  const predict = withQuery(`${base}/predict`, queryOf(chosen, ['level', 'guarantee', 'version']));
  const curl = key() ? 'curl -s -H "X-API-Key: $FIELDSERVE_KEY"' : 'curl -s';
  const post = (body) => `${curl} -H 'Content-Type: application/json' --data-binary ${body} \\\n    '${predict}'`;
  if (!chosen.example) return post('@inputs.json');
  const example = withQuery(`${base}/example`, queryOf(chosen, ['seed', 'version']));
  return `${curl} '${example}' \\\n  | ${post('@-')}`;
}

const withQuery = (address, query) => (query ? `${address}?${query}` : address);

/** Copies the command, or selects it where the browser doesn't allow that. */
export async function copyCommand() {
  const button = byId('copy');
  try {
    await navigator.clipboard.writeText(byId('command').textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(byId('command'));
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}
