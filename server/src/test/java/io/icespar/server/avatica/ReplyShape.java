package io.icespar.server.avatica;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a reply looks like, whatever database it speaks of: which fields it has, of which kinds, and the values of those
 * that steer a client.
 *
 * @param fields by its path, the kinds or values that a field has; those of all elements of an array are taken together
 */
record ReplyShape(Map<String, Set<String>> fields) {
    /** Fields whose values mean the same for every database. */
    private static final Set<String> STEERING = Set.of(
            "response",
            "style",
            "rep",
            "statementType",
            "done",
            "offset",
            "ownStatement",
            "missingStatement",
            "missingResults",
            "moreResults",
            "updateCount",
            "label",
            "severity",
            "errorCode",
            "autoCommit",
            "readOnly");

    static ReplyShape of(JsonNode reply) {
        var fields = new TreeMap<String, Set<String>>();
        collect("", "", reply, fields);
        return new ReplyShape(fields);
    }

    /** The shape of a reply as protocol buffers; fields that are not sent are absent. */
    static ReplyShape of(Message reply) {
        var object = node(reply);
        object.put("response", reply.getDescriptorForType().getName());
        return of(object);
    }

    private static void collect(String path, String name, JsonNode node, Map<String, Set<String>> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(field -> collect(path + "." + field.getKey(), field.getKey(), field.getValue(), fields));
        } else if (node.isArray() && !node.isEmpty()) {
            node.forEach(element -> collect(path + "[]", name, element, fields));
        } else {
            var kind = node.isContainerNode()
                    ? "empty"
                    : STEERING.contains(name)
                            ? node.asText()
                            : node.getNodeType().toString().toLowerCase(Locale.ROOT);
            fields.computeIfAbsent(path, key -> new TreeSet<>()).add(kind);
        }
    }

    private static ObjectNode node(Message message) {
        var object = JsonNodeFactory.instance.objectNode();
        message.getAllFields().forEach((field, value) -> {
            if (value instanceof List<?> list) {
                var array = object.putArray(field.getJsonName());
                list.forEach(element -> array.add(node(element)));
            } else {
                object.set(field.getJsonName(), node(value));
            }
        });
        return object;
    }

    private static JsonNode node(Object value) {
        var nodes = JsonNodeFactory.instance;
        if (value instanceof Message message) {
            return node(message);
        } else if (value instanceof Boolean bool) {
            return nodes.booleanNode(bool);
        } else if (value instanceof Number number) {
            return nodes.numberNode(number.doubleValue());
        } else if (value instanceof ByteString bytes) {
            return nodes.binaryNode(bytes.toByteArray());
        } else if (value instanceof EnumValueDescriptor constant) {
            return nodes.textNode(constant.getName());
        }
        return nodes.textNode(value.toString());
    }

    /** What differs from another reply: the path of each field, what it is there, and what it is here. */
    List<String> differencesFrom(ReplyShape other) {
        var paths = new TreeSet<>(fields.keySet());
        paths.addAll(other.fields.keySet());
        return paths.stream()
                .filter(path -> !at(path).equals(other.at(path)))
                .map(path -> path + " " + other.at(path) + " " + at(path))
                .toList();
    }

    private Set<String> at(String path) {
        return fields.getOrDefault(path, Set.of());
    }
}
