package io.fieldserve.batching;

/** What goes first among work of one flow. Between flows it says nothing: each keeps its share. */
public enum Priority {
    /** Before all else, such as a person waiting. */
    HIGH,
    NORMAL,
    /** When there is nothing else to do, such as a sweep overnight. */
    LOW
}
