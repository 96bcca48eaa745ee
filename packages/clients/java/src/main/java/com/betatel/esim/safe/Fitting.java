package com.betatel.esim.safe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/**
 * Makes answers fit the models, of a service that is known to send a bare ID where an object was promised, an object where an ID was, or an
 * array where one object was. What cannot be read as what it should be is null; the rest is handed over.
 */
public final class Fitting extends DeserializationProblemHandler {
  /** The largest whole number that every program can read: above it, an ID that was sent as a number may have lost digits on its way. */
  private static final long EXACT = (1L << 53) - 1;

  @Override
  public Object handleUnexpectedToken(DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String failure)
      throws IOException {
    return fit(context, type, context.readTree(parser));
  }

  @Override
  public Object handleMissingInstantiator(
      DeserializationContext context, Class<?> type, ValueInstantiator instantiator, JsonParser parser, String failure) throws IOException {
    return fit(context, context.constructType(type), context.readTree(parser));
  }

  @Override
  public Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String value, String failure) {
    return null;
  }

  @Override
  public Object handleWeirdNumberValue(DeserializationContext context, Class<?> type, Number value, String failure) {
    return null;
  }

  private static Object fit(DeserializationContext context, JavaType type, JsonNode value) throws IOException {
    Class<?> wanted = type.getRawClass();
    if (wanted == String.class || wanted == Long.class || wanted == Boolean.class || Number.class.isAssignableFrom(wanted)) {
      JsonNode id = value.isObject() ? value.path("id") : value;
      boolean isExact = id.isIntegralNumber() && id.canConvertToLong() && Math.abs(id.longValue()) <= EXACT;
      if (wanted == String.class) return id.isTextual() || isExact ? id.asText() : null;
      if (wanted == Long.class) return isExact ? (Object) id.longValue() : null;
      return null;
    }
    if (type.isContainerType()) return null;
    if (value.isArray()) return value.isEmpty() ? null : context.readTreeAsValue(value.get(0), type);
    if (!value.isNumber() && !value.isTextual()) return null;
    return context.readTreeAsValue(JsonNodeFactory.instance.objectNode().set("id", value), type);
  }
}
