/**
 * The Open Inference Protocol over gRPC.
 *
 * <p>Translates messages, streams and failures, and nothing else. Calls run on virtual threads; what a message reads from
 * is held until the message has been written, and a call's place until the call has ended.
 *
 * <p>Imports {@code openinference}, and what that imports.
 */
package io.fieldserve.openinference.grpc;
