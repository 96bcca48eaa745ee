package com.betatel.esim.safe;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes responses fit the models. The live service is known to send a bare ID in place of an object, an object in place of an ID, and an
 * array in place of a single object. Values that fit no type become null; the rest is returned.
 */
final class Fit {
  /** The largest integer that every JSON parser reads exactly: above it, an ID sent as a number may have lost digits. */
  private static final long EXACT = (1L << 53) - 1;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectMapper mapper;

  Fit(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** The part of a value that a type can hold. */
  JsonNode fit(JsonNode value, JavaType type) {
    if (type.hasRawClass(Object.class)) return value;
    if (type.isCollectionLikeType()) return list(value, type.getContentType());
    JsonNode scalar = value.isObject() ? value.path("id") : value;
    if (type.hasRawClass(String.class)) return text(scalar);
    if (type.hasRawClass(Long.class)) return whole(scalar);
    if (type.hasRawClass(Boolean.class)) return scalar.isBoolean() ? scalar : NODES.nullNode();
    if (type.isTypeOrSubTypeOf(Number.class)) return scalar.isNumber() ? scalar : NODES.nullNode();
    return object(value, type);
  }

  private JsonNode list(JsonNode value, JavaType content) {
    if (!value.isArray()) return NODES.nullNode();
    ArrayNode fitted = NODES.arrayNode();
    value.forEach(each -> fitted.add(fit(each, content)));
    return fitted;
  }

  private JsonNode object(JsonNode value, JavaType type) {
    Map<String, JavaType> fields = new LinkedHashMap<>();
    for (BeanPropertyDefinition each : mapper.getDeserializationConfig().introspect(type).findProperties()) {
      fields.put(each.getName(), each.getPrimaryType());
    }
    if (value.isArray()) return value.isEmpty() ? NODES.nullNode() : fit(value.get(0), type);
    ObjectNode fitted = NODES.objectNode();
    if (value.isObject()) {
      value.fields().forEachRemaining(field -> {
        if (fields.containsKey(field.getKey())) fitted.set(field.getKey(), fit(field.getValue(), fields.get(field.getKey())));
      });
      return fitted;
    }
    boolean isId = fields.containsKey("id") && (value.isNumber() || value.isTextual());
    return isId ? fitted.set("id", fit(value, fields.get("id"))) : NODES.nullNode();
  }

  private static JsonNode text(JsonNode value) {
    if (value.isTextual()) return value;
    return isExact(value) ? NODES.textNode(value.asText()) : NODES.nullNode();
  }

  private static JsonNode whole(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) return value;
    if (value.isNumber() && value.doubleValue() == value.longValue() && Math.abs(value.longValue()) <= EXACT) return NODES.numberNode(value.longValue());
    return value.isTextual() && value.textValue().matches("\\d{1,18}") ? NODES.numberNode(Long.parseLong(value.textValue())) : NODES.nullNode();
  }

  private static boolean isExact(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.longValue()) <= EXACT;
  }
}
