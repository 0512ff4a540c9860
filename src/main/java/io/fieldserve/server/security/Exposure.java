package io.fieldserve.server.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The addresses that are bound, by the setting that says so, and whether other machines can reach them. */
record Exposure(Map<String, String> hosts) {

    Exposure {
        hosts = new LinkedHashMap<>(hosts);
    }

    /** Those that aren't certain to be of this machine alone, as a list for a reader; empty if there is none. */
    String publicly() {
        return hosts.entrySet().stream()
                .filter(host -> !isLoopback(host.getValue()))
                .map(host -> host.getKey() + "=" + host.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Whether every address of the name is the machine's own; unspecified addresses and unknown names are not. */
    private static boolean isLoopback(String host) {
        try {
            return !host.isBlank()
                    && Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
