package io.fieldserve.codec;

/** Text that a caller sent, made fit to be quoted in a message. */
final class Excerpt {
    private static final int LONGEST = 100;

    private Excerpt() {}

    /** The text with control characters replaced, cut after {@value #LONGEST} characters. */
    static String of(String text) {
        int end = Math.min(text.length(), LONGEST);
        StringBuilder excerpt = new StringBuilder(end + 4);
        for (int i = 0; i < end; i++) {
            char character = text.charAt(i);
            excerpt.append(Character.isISOControl(character) || Character.isSurrogate(character) ? '?' : character);
        }
        return text.length() > end ? excerpt.append(" ...").toString() : excerpt.toString();
    }

    /** The same in single quotes. */
    static String quoted(String text) {
        return "'" + of(text) + "'";
    }
}
