package io.icespar.server.tls;

import io.icespar.engine.config.Problems;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.security.auth.x500.X500Principal;

/**
 * Which part of a certificate's subject is the name of a user: the one group of a regular expression that the whole of
 * the subject, as RFC 2253 writes it, matches.
 *
 * <p>Whatever the expression is, the group must hold one attribute's value, whole and free of what has to be escaped, and
 * the subject must have that attribute once. So no text within a value passes for an attribute of its own.
 *
 * @param pattern the expression
 */
public record NamePattern(Pattern pattern) {

    /** Those that RFC 2253 has a name for; of any other it writes the number, and the value in hexadecimal digits. */
    private static final List<String> TYPES = List.of("CN", "L", "ST", "O", "OU", "C", "STREET", "DC", "UID");

    /** What stands before a group that captures. */
    private static final Pattern TYPE = Pattern.compile("([A-Za-z][A-Za-z0-9]*)=\\((?!\\?)");

    /**
     * An attribute of a subject.
     *
     * @param start where its value starts in the subject
     * @param end where its value ends
     * @param shared whether it shares its place in the subject with another one, as in {@code CN=a+OU=b}
     */
    private record Attribute(String type, int start, int end, boolean shared) {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with a text for who wrote it, if it is none
     */
    public static NamePattern parse(String text) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("no regular expression: " + e.getDescription(), e);
        }
        if (pattern.matcher("").groupCount() != 1) {
            throw new IllegalArgumentException("not a regular expression with exactly one group `(…)`, which is the"
                    + " user's name; write `(?:…)` for others");
        }
        Matcher type = TYPE.matcher(text);
        if (type.find() && !TYPES.contains(type.group(1).toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("but " + Problems.quote(type.group(1))
                    + " is no type of attribute that can be written; expected one of " + String.join(", ", TYPES));
        }
        return new NamePattern(pattern);
    }

    /** The name that the certificate is for; empty if it is for none. */
    public Optional<String> find(X509Certificate certificate) {
        return find(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
    }

    Optional<String> find(String subject) {
        Matcher matcher = pattern.matcher(subject);
        if (!matcher.matches() || matcher.group(1) == null) {
            return Optional.empty();
        }
        String name = matcher.group(1);
        List<Attribute> attributes = attributes(subject);
        Optional<Attribute> found = attributes.stream()
                .filter(attribute -> attribute.start() == matcher.start(1) && attribute.end() == matcher.end(1))
                .filter(attribute -> !attribute.shared())
                .filter(attribute -> attributes.stream()
                                .filter(other -> other.type().equalsIgnoreCase(attribute.type()))
                                .count()
                        == 1)
                .findFirst();
        // A leading # is that of a value in hexadecimal digits.
        return found.filter(attribute -> name.indexOf('\\') < 0 && !name.startsWith("#"))
                .map(attribute -> name);
    }

    private static List<Attribute> attributes(String subject) {
        List<Attribute> attributes = new ArrayList<>();
        boolean shared = false;
        int at = 0;
        while (at < subject.length()) {
            int equals = subject.indexOf('=', at);
            if (equals < 0) {
                return List.of();
            }
            int end = equals + 1;
            while (end < subject.length() && subject.charAt(end) != ',' && subject.charAt(end) != '+') {
                end += subject.charAt(end) == '\\' ? 2 : 1;
            }
            boolean more = end < subject.length() && subject.charAt(end) == '+';
            attributes.add(new Attribute(subject.substring(at, equals), equals + 1, end, shared || more));
            shared = more;
            at = end + 1;
        }
        return attributes;
    }
}
