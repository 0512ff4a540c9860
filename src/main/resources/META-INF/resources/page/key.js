// The key that the service asks for, if it does: kept until this tab is closed, and sent to nobody else.

import { byId } from './dom.js';

const NAME = 'fieldserve-key';

export const key = () => sessionStorage.getItem(NAME);

/** Shows the field for the key, and calls back with each that is entered. */
export function askForKey(entered) {
  const form = byId('key-form');
  if (form.hidden) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sessionStorage.setItem(NAME, byId('key').value.trim());
      byId('key').value = '';
      entered();
    });
  }
  byId('key').focus();
}

export function keyIsGood() {
  byId('key-form').hidden = true;
}
