/** What tests of the packaged service share: a process of it that they start, ask and end. */
package io.fieldserve.packaged;
