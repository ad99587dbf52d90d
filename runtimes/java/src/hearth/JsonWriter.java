package hearth;

import java.lang.reflect.Array;
import java.net.URI;
import java.net.URL;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Writes any value as JSON; objects by their {@link BeanType properties}. */
final class JsonWriter {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  private JsonWriter() {}

  /** @throws IllegalArgumentException for what has no JSON form */
  static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.text.toString();
  }

  private void value(Object value) {
    if (value == null || value instanceof Boolean) text.append(value);
    else if (value instanceof Number number) number(number);
    else if (value instanceof Enum<?> constant) string(constant.name());
    else if (isText(value)) string(value.toString());
    else if (value instanceof byte[] bytes) string(Base64.getEncoder().encodeToString(bytes));
    else if (value instanceof Date date) text.append(date.getTime());
    else {
      if (++depth > JsonReader.MAX_DEPTH) throw new IllegalArgumentException("Infinite recursion");
      if (value instanceof Map<?, ?> map) members(map);
      else if (value instanceof Iterable<?> items) items(items);
      else if (value.getClass().isArray()) array(value);
      else members(BeanType.of(value.getClass()).valuesOf(value));
      depth--;
    }
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof Character || value instanceof UUID
        || value instanceof URI || value instanceof URL || value instanceof Locale;
  }

  private void number(Number number) {
    double value = number.doubleValue();
    boolean isFinite = Double.isFinite(value) || !(number instanceof Double || number instanceof Float);
    if (isFinite) text.append(number);
    else string(number.toString());
  }

  private void members(Map<?, ?> map) {
    text.append('{');
    String separator = "";
    for (var entry : map.entrySet()) {
      text.append(separator);
      string(keyOf(entry.getKey()));
      text.append(':');
      value(entry.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private static String keyOf(Object key) {
    return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
  }

  private void items(Iterable<?> items) {
    text.append('[');
    String separator = "";
    for (Object item : items) {
      text.append(separator);
      value(item);
      separator = ",";
    }
    text.append(']');
  }

  private void array(Object array) {
    text.append('[');
    for (int i = 0; i < Array.getLength(array); i++) {
      if (i > 0) text.append(',');
      value(Array.get(array, i));
    }
    text.append(']');
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          // Half a surrogate pair has no UTF-8 form, but an escaped one.
          if (c < ' ' || isLoneSurrogate(value, i)) text.append(String.format("\\u%04x", (int) c));
          else text.append(c);
        }
      }
    }
    text.append('"');
  }

  private static boolean isLoneSurrogate(String value, int i) {
    if (Character.isHighSurrogate(value.charAt(i))) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(value.charAt(i)) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
