/**
 * Who may call, and what: keys, tokens and certificates, the role that each call takes, and the refusal to serve other
 * machines unprotected by accident.
 *
 * <p>Once any way to authenticate is configured, a call that the table of roles doesn't know takes the highest role, so that
 * a spelling nobody thought of opens nothing. No credential is kept, logged or told.
 *
 * <p>Imports what it guards; only {@code server} imports it.
 */
package io.fieldserve.server.security;
