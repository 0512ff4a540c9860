package io.fieldserve.repository;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;

/** Logs what goes wrong again and again once, until it goes wrong differently or has been over. Not for several threads. */
final class OncePerChange {

    private final System.Logger log;
    private final Map<String, String> reported = new HashMap<>();

    OncePerChange(System.Logger log) {
        this.log = log;
    }

    void report(String subject, Exception trouble) {
        if (!trouble.toString().equals(reported.put(subject, trouble.toString()))) {
            log.log(Level.WARNING, "%s can't be looked at".formatted(subject), trouble);
        }
    }

    void over(String subject) {
        if (reported.remove(subject) != null) {
            log.log(Level.INFO, "{0} can be looked at again", subject);
        }
    }
}
