package io.fieldserve.faults;

import io.fieldserve.packaged.ServiceProcess;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A request whose right answer is known. Questions don't change, and are asked again and again. */
interface Question {

    HttpRequest.Builder ask(ServiceProcess service);

    /**
     * Holds a reply of status 200 to what is known.
     *
     * @throws AssertionError it says something else
     */
    void check(HttpResponse<byte[]> reply);
}
