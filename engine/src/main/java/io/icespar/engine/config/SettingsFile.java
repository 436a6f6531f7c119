package io.icespar.engine.config;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.security.identity.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file, read strictly: a key that nobody asked for, a value of another type, a missing key and a key that is
 * there twice are problems, each with its line and column. All are collected and told together.
 *
 * <p>A reader is a function from the file's outermost {@link Section} to a record. It goes on after a problem, with a
 * stand-in for the value that is missing; what it makes of stand-ins is thrown away.
 */
public final class SettingsFile {
    private final Path path;
    private final Problems problems;
    private final List<Section> opened = new ArrayList<>();

    private SettingsFile(Path path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} with all problems of the file
     */
    public static <T> T read(Path path, Function<Section, T> reader) {
        var problems = new Problems();
        Optional<T> value = read(path, problems, reader);
        problems.throwIfAny();
        return value.orElseThrow();
    }

    /** Reads a file and adds its problems to {@code problems}; empty if it had any. */
    public static <T> Optional<T> read(Path path, Problems problems, Function<Section, T> reader) {
        var own = new Problems();
        var file = new SettingsFile(path, own);
        Optional<T> value = file.root().map(root -> {
            T read = reader.apply(root);
            file.opened.forEach(Section::checkUnknownKeys);
            return read;
        });
        boolean good = own.isEmpty();
        problems.addAll(own);
        return good ? value : Optional.empty();
    }

    private Optional<Section> root() {
        try {
            String text = Files.readString(path);
            Node node = new Yaml().compose(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
            var start = new Location(path, 1, 1);
            if (node == null || node.getTag().equals(Tag.NULL)) {
                return Optional.of(new Section(new Text("", start), null));
            }
            if (node instanceof MappingNode mapping) {
                return Optional.of(new Section(new Text("", start), mapping));
            }
            problems.add(locate(node), "the file is " + kind(node) + ", expected keys with values");
        } catch (NoSuchFileException e) {
            problems.add(path, "there is no such file");
        } catch (CharacterCodingException e) {
            problems.add(path, "the file is not UTF-8");
        } catch (IOException e) {
            problems.add(
                    path, Files.isDirectory(path) ? "this is a folder, expected a file" : "the file cannot be read");
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(
                    new Location(path, mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1),
                    "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(
                    path,
                    "this is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return Optional.empty();
    }

    private Location locate(Node node) {
        Mark mark = node.getStartMark();
        return new Location(path, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "a section";
        } else if (node instanceof SequenceNode) {
            return "a list";
        } else if (node.getTag().equals(Tag.NULL)) {
            return "empty";
        }
        return quote(((ScalarNode) node).getValue());
    }

    /**
     * A text with its place.
     *
     * @param value the text
     * @param at where it stands
     */
    public record Text(String value, Location at) {}

    /** A part of the file: keys with values. */
    public final class Section {
        private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

        private final Text name;
        private final Map<String, Node> values = new LinkedHashMap<>();
        private final Map<String, Location> keys = new LinkedHashMap<>();
        private final Set<String> known = new LinkedHashSet<>();

        /** Those that were asked for: two readers of the same one leave it as one, with one list of known keys. */
        private final Map<String, Optional<Section>> sections = new HashMap<>();

        private Section(Text name, @Nullable MappingNode node) {
            this.name = name;
            if (node != null) {
                readKeys(node);
            }
            opened.add(this);
        }

        private void readKeys(MappingNode node) {
            for (NodeTuple entry : node.getValue()) {
                Location at = locate(entry.getKeyNode());
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    problems.add(at, "a key is " + kind(entry.getKeyNode()) + ", expected text");
                    continue;
                }
                Location first = keys.putIfAbsent(key.getValue(), at);
                if (first == null) {
                    values.put(key.getValue(), entry.getValueNode());
                } else {
                    problems.add(at, "key " + quote(key.getValue()) + " is there twice, first in line " + first.line());
                }
            }
        }

        /** The key that this section stands under, with its place; empty for the outermost section and in a list. */
        public Text name() {
            return name;
        }

        /** Where the value of a key stands; where the section starts if there is no such key. */
        public Location at(String key) {
            Node value = values.get(key);
            return value == null ? name.at() : locate(value);
        }

        /** Reports a problem that the reader found. */
        public void problem(Location at, String text) {
            problems.add(at, text);
        }

        /** Leaves keys, which may be there or not, to another reader of the same file. */
        public void leave(String... others) {
            known.addAll(Arrays.asList(others));
        }

        /** Leaves all keys not asked for to other readers of the same file. */
        public void leaveOthers() {
            known.addAll(values.keySet());
        }

        /** The text of a key that must be there, and not blank. */
        public String text(String key) {
            return required(key, "text", scalar(key, "text", value -> !value.isBlank()), "");
        }

        /** The text of a key, or the default. */
        public String text(String key, String defaultValue) {
            return findText(key).orElse(defaultValue);
        }

        /** The text of a key; empty if the key is absent. */
        public Optional<String> findText(String key) {
            return scalar(key, "text", value -> true);
        }

        /** The secret of a key, which no message shows; empty if the key is absent. */
        public Optional<Secret> findSecret(String key) {
            return findText(key).map(Secret::new);
        }

        /** The whole number of a key, or the default. */
        public int number(String key, int min, int max, int defaultValue) {
            String expected = "a whole number from " + min + " to " + max;
            return scalar(key, expected, value -> {
                        if (!WHOLE_NUMBER.matcher(value).matches()) {
                            return false;
                        }
                        long number = Long.parseLong(value);
                        return min <= number && number <= max;
                    })
                    .map(Integer::valueOf)
                    .orElse(defaultValue);
        }

        /** The {@code true} or {@code false} of a key, or the default. */
        public boolean flag(String key, boolean defaultValue) {
            return scalar(key, "`true` or `false`", value -> value.equals("true") || value.equals("false"))
                    .map(Boolean::valueOf)
                    .orElse(defaultValue);
        }

        /** The constant that a key names, or the default. Constants are written in lower case, with hyphens. */
        public <E extends Enum<E>> E choice(String key, E defaultValue) {
            Map<String, E> constants = Arrays.stream(
                            defaultValue.getDeclaringClass().getEnumConstants())
                    .collect(Collectors.toMap(
                            constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            Function.identity(),
                            (one, other) -> one,
                            LinkedHashMap::new));
            String expected = constants.keySet().stream().map(Problems::quote).collect(Collectors.joining(" or "));
            return scalar(key, expected, constants::containsKey)
                    .map(constants::get)
                    .orElse(defaultValue);
        }

        /** The path of a key that must be there, relative to the file's folder; nothing need exist there. */
        public Path path(String key) {
            return required(key, "a path", findPath(key), path);
        }

        /** The path of a key, relative to the file's folder; empty if the key is absent. */
        public Optional<Path> findPath(String key) {
            return scalar(key, "a path", value -> !value.isEmpty() && isPath(value))
                    .map(this::resolve);
        }

        /** The path of a key that must be there and name an existing file. */
        public Path file(String key) {
            return required(key, "the path of a file", findFile(key), path);
        }

        /** The path of a key, which must name an existing file; empty if the key is absent. */
        public Optional<Path> findFile(String key) {
            return existing(key, Files::isRegularFile, "there is no such file");
        }

        /** The path of a key that must be there and name an existing folder. */
        public Path folder(String key) {
            return required(key, "the path of a folder", findFolder(key), path);
        }

        /** The path of a key, which must name an existing folder; empty if the key is absent. */
        public Optional<Path> findFolder(String key) {
            return existing(key, Files::isDirectory, "there is no such folder");
        }

        private Optional<Path> existing(String key, Predicate<Path> exists, String problem) {
            Optional<Path> found = findPath(key);
            found.filter(exists.negate())
                    .ifPresent(missing ->
                            problems.add(at(key), quote(key) + " is " + quote(missing) + ", but " + problem));
            return found;
        }

        private Path resolve(String value) {
            return path.resolveSibling(value);
        }

        private static boolean isPath(String value) {
            try {
                return !Path.of(value).toString().isEmpty();
            } catch (InvalidPathException e) {
                return false;
            }
        }

        /** The section of a key; without keys if the key is absent. */
        public Section section(String key) {
            return findSection(key).orElseGet(() -> new Section(new Text(key, name.at()), null));
        }

        /** The section of a key; empty if the key is absent. */
        public Optional<Section> findSection(String key) {
            Optional<Node> value = value(key);
            Optional<Section> present = sections.get(key);
            if (present != null) {
                return present;
            }
            Optional<Section> section =
                    value.flatMap(node -> section(new Text(key, keys.getOrDefault(key, name.at())), node, quote(key)));
            sections.put(key, section);
            return section;
        }

        /** The sections of a key that holds a list of them; empty if the key is absent. */
        public List<Section> sections(String key) {
            return items(key, "a list of sections").stream()
                    .flatMap(node -> section(new Text("", locate(node)), node, "an item of " + quote(key)).stream())
                    .toList();
        }

        /** The sections of a key that holds names with a section each, in order; empty if the key is absent. */
        public List<Section> namedSections(String key) {
            return findSection(key).stream()
                    .flatMap(names -> names.values.keySet().stream().flatMap(each -> names.findSection(each).stream()))
                    .toList();
        }

        /** The texts of a key that holds names with a text each, in order; empty if the key is absent. */
        public Map<Text, Text> namedTexts(String key) {
            Map<Text, Text> texts = new LinkedHashMap<>();
            findSection(key)
                    .ifPresent(names -> names.keys.forEach((each, at) -> names.findText(each)
                            .ifPresent(text -> texts.put(new Text(each, at), new Text(text, names.at(each))))));
            return texts;
        }

        /** As {@link #namedTexts}, with a text or a list of texts each. */
        public Map<Text, List<Text>> namedTextLists(String key) {
            Map<Text, List<Text>> texts = new LinkedHashMap<>();
            findSection(key)
                    .ifPresent(names -> names.keys.forEach((each, at) -> {
                        List<Text> of = names.texts(each);
                        if (of.isEmpty()) {
                            problems.add(names.at(each), quote(each) + " is empty, expected text or a list of texts");
                        }
                        texts.put(new Text(each, at), of);
                    }));
            return texts;
        }

        /** The texts of a key that holds one, or a list of them; empty if the key is absent. */
        public List<Text> texts(String key) {
            List<Text> texts = new ArrayList<>();
            Optional<Node> value = value(key);
            if (value.isPresent() && value.get() instanceof ScalarNode) {
                findText(key).ifPresent(text -> texts.add(new Text(text, at(key))));
                return texts;
            }
            for (Node item : items(key, "text or a list of texts")) {
                if (item instanceof ScalarNode scalar && !item.getTag().equals(Tag.NULL)) {
                    texts.add(new Text(scalar.getValue(), locate(item)));
                } else {
                    problems.add(locate(item), "an item of " + quote(key) + " is " + kind(item) + ", expected text");
                }
            }
            return texts;
        }

        /**
         * The paths of a key that holds a list, each item of which is a name or a list of names; empty if the key is
         * absent.
         */
        public List<List<String>> paths(String key) {
            List<List<String>> paths = new ArrayList<>();
            for (Node item : items(key, "a list of texts and lists of texts")) {
                List<Node> parts = item instanceof SequenceNode path ? path.getValue() : List.of(item);
                List<String> names = new ArrayList<>();
                for (Node part : parts) {
                    if (part instanceof ScalarNode scalar
                            && !part.getTag().equals(Tag.NULL)
                            && !scalar.getValue().isEmpty()) {
                        names.add(scalar.getValue());
                    } else {
                        problems.add(
                                locate(part), "an item of " + quote(key) + " is " + kind(part) + ", expected text");
                    }
                }
                if (parts.isEmpty()) {
                    problems.add(locate(item), "an item of " + quote(key) + " is an empty list, expected text");
                }
                paths.add(List.copyOf(names));
            }
            return List.copyOf(paths);
        }

        private List<Node> items(String key, String expected) {
            return value(key).stream()
                    .flatMap(node -> {
                        if (node instanceof SequenceNode list) {
                            return list.getValue().stream();
                        }
                        problems.add(at(key), quote(key) + " is " + kind(node) + ", expected " + expected);
                        return Stream.empty();
                    })
                    .toList();
        }

        private Optional<Section> section(Text named, Node node, String what) {
            if (node instanceof MappingNode mapping) {
                return Optional.of(new Section(named, mapping));
            }
            problems.add(locate(node), what + " is " + kind(node) + ", expected a section");
            return Optional.empty();
        }

        private Optional<String> scalar(String key, String expected, Predicate<String> fits) {
            Optional<Node> value = value(key);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Node node = value.get();
            if (node instanceof ScalarNode scalar && !node.getTag().equals(Tag.NULL) && fits.test(scalar.getValue())) {
                return Optional.of(scalar.getValue());
            }
            problems.add(at(key), quote(key) + " is " + kind(node) + ", expected " + expected);
            return Optional.empty();
        }

        private Optional<Node> value(String key) {
            known.add(key);
            return Optional.ofNullable(values.get(key));
        }

        private <T> T required(String key, String expected, Optional<T> value, T standIn) {
            if (!values.containsKey(key)) {
                problems.add(name.at(), "key " + quote(key) + " is missing, expected " + expected);
            }
            return value.orElse(standIn);
        }

        private void checkUnknownKeys() {
            List<String> expected =
                    known.stream().filter(key -> !values.containsKey(key)).toList();
            keys.forEach((key, at) -> {
                if (!known.contains(key)) {
                    problems.add(at, "unknown key " + quote(key) + Problems.suggest(key, expected));
                }
            });
        }
    }
}
