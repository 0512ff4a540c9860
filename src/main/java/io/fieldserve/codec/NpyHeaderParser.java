package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the one Python literal that an NPY header may be: a dictionary with the keys {@code descr},
 * {@code fortran_order} and {@code shape}, each once and in any order. Nothing else of Python is understood.
 */
final class NpyHeaderParser {
    private final String text;
    private final String field;
    private int position;
    private String descr;
    private Boolean fortranOrder;
    private List<BigInteger> dimensions;

    NpyHeaderParser(String text, String field) {
        this.text = text;
        this.field = field;
    }

    NpyHeader parse() {
        expect('{');
        while (!accept('}')) {
            parseEntry();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (position < text.length() || descr == null || fortranOrder == null || dimensions == null) {
            throw malformed();
        }
        return new NpyHeader(descr, fortranOrder, dimensions);
    }

    private void parseEntry() {
        String key = string();
        expect(':');
        switch (key) {
            case "descr" -> {
                requireAbsent(descr);
                descr = typeName();
            }
            case "fortran_order" -> {
                requireAbsent(fortranOrder);
                fortranOrder = truth();
            }
            case "shape" -> {
                requireAbsent(dimensions);
                dimensions = tuple();
            }
            default -> throw malformed();
        }
    }

    private String typeName() {
        skipSpace();
        if (position < text.length() && text.charAt(position) == '[') {
            throw new Failure.MalformedBody(field, "an array of float32 numbers", "a structured array").asException();
        }
        return string();
    }

    private boolean truth() {
        skipSpace();
        for (boolean value : new boolean[] {true, false}) {
            String name = value ? "True" : "False";
            if (text.startsWith(name, position)) {
                position += name.length();
                return value;
            }
        }
        throw malformed();
    }

    private List<BigInteger> tuple() {
        List<BigInteger> items = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            items.add(integer());
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return items;
    }

    private BigInteger integer() {
        skipSpace();
        int start = position;
        if (position < text.length() && text.charAt(position) == '-') {
            position++;
        }
        int digits = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == digits) {
            throw malformed();
        }
        BigInteger value = new BigInteger(text.substring(start, position));
        // Python 2 wrote long integers with a suffix.
        accept('L');
        return value;
    }

    private String string() {
        skipSpace();
        char quote = position < text.length() ? text.charAt(position) : ' ';
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
        if (end < 0) {
            throw malformed();
        }
        String value = text.substring(position + 1, end);
        position = end + 1;
        return value;
    }

    private void expect(char character) {
        if (!accept(character)) {
            throw malformed();
        }
    }

    private boolean accept(char character) {
        skipSpace();
        if (position < text.length() && text.charAt(position) == character) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private void requireAbsent(Object value) {
        if (value != null) {
            throw malformed();
        }
    }

    private FailureException malformed() {
        return new Failure.MalformedBody(
                        field,
                        "an NPY header like {'descr': '<f4', 'fortran_order': False, 'shape': (1, 64, 64), }",
                        Excerpt.of(text.strip()))
                .asException();
    }
}
