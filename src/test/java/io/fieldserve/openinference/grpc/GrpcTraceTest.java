package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.server.tracing.Trace;
import io.fieldserve.server.tracing.Traced;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Calls keep their place in a trace on their way to the threads that infer. */
@QuarkusTest
@TestProfile(Traced.class)
class GrpcTraceTest extends GrpcTest {

    @Inject
    InMemorySpanExporter exporter;

    @Test
    void aCallContinuesItsCallersTrace() {
        // Given two cases, which fill a batch
        Trace trace = Trace.begin(exporter);
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), trace.traceparent(true));
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName(DARCY)
                .addInputs(input("permeability", "FP32", 2, 1, 64, 64))
                .addRawInputContents(bytes(FIELD).concat(bytes(FIELD)))
                .build();

        // When
        service()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .modelInfer(request);

        // Then
        SpanData call = trace.span("inference.GRPCInferenceService/ModelInfer");
        SpanData predict = trace.span("predict");
        assertThat(call.getParentSpanId()).isEqualTo(trace.parent());
        assertThat(predict.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(trace.span("batch").getParentSpanId()).isEqualTo(predict.getSpanId());
        assertThat(trace.span("encode").getParentSpanId()).isEqualTo(call.getSpanId());
    }
}
