package io.fieldserve.server.security;

import io.fieldserve.prediction.Failure;

/** What is said to callers who aren't known. Why a credential isn't good is theirs to find out. */
final class Strangers {

    static final Failure NOTHING_CAME = new Failure.Unauthenticated("none came");
    static final Failure NOT_KNOWN = new Failure.Unauthenticated("the one that came is not valid");

    /** Whether a token is good is not to be found out now. */
    static final Failure NOT_TO_BE_TOLD = new Failure.Unavailable("the issuer of tokens does not answer");

    private Strangers() {}
}
