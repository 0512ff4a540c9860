// Talks to the service: JSON in and out, failures as problem details (RFC 9457).
// A 503 is tried again with growing pauses, since a service that starts answers so.

import { key } from './key.js';

const LONGEST_PAUSE = 8000;
const PATIENCE = 12;

/** A failure with a title and a sentence for the reader. */
export class Problem extends Error {
  constructor({ title, detail, status, incident }) {
    super(detail ?? title);
    this.title = title;
    this.status = status;
    this.incident = incident;
  }
}

/**
 * Sends a request and waits for all of the reply.
 *
 * @param onWait called with the seconds until the next try, while the service isn't ready
 * @returns the body, the headers and how many milliseconds it took from sending to the last byte
 */
export async function call(path, { signal, body, onWait = () => {} } = {}) {
  const headers = { Accept: 'application/json' };
  if (key()) headers.Authorization = `Bearer ${key()}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const options = body === undefined ? { signal, headers } : { signal, method: 'POST', body, headers };
  for (let attempt = 1; ; attempt++) {
    const sent = performance.now();
    const reply = await send(path, options);
    const text = await reply.text();
    const milliseconds = performance.now() - sent;
    if (reply.ok) return { body: JSON.parse(text), headers: reply.headers, milliseconds };
    if (reply.status !== 503 || attempt === PATIENCE) throw problem(reply, text);
    const announced = Number(reply.headers.get('Retry-After')) * 1000;
    const pause = announced || Math.min(LONGEST_PAUSE, 500 * 2 ** (attempt - 1));
    onWait(pause / 1000);
    await wait(pause, signal);
  }
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem({ title: 'No answer', detail: 'The service can’t be reached.' });
  }
}

function problem(reply, text) {
  try {
    return new Problem({ title: `Status ${reply.status}`, status: reply.status, ...JSON.parse(text) });
  } catch {
    return new Problem({ title: `Status ${reply.status}`, status: reply.status, detail: reply.statusText });
  }
}

function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** The durations of a Server-Timing header, in milliseconds by name. */
export function serverTiming(headers) {
  const entries = (headers.get('Server-Timing') ?? '').split(',').map((metric) => {
    const [name, ...parameters] = metric.split(';').map((part) => part.trim());
    const duration = parameters.find((parameter) => parameter.startsWith('dur='));
    return [name, duration && Number(duration.slice('dur='.length))];
  });
  return Object.fromEntries(entries.filter(([, duration]) => Number.isFinite(duration)));
}

export const surrogatePath = (name) => `v1/surrogates/${encodeURIComponent(name)}`;
