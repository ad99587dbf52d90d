package hearth;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259, nothing more) into maps, lists, strings, booleans, null and numbers: Integer, Long or
 * BigInteger, whichever is enough, and BigDecimal for what has a fraction or an exponent.
 */
final class JsonReader {
  /** As deep as Jackson goes. */
  static final int MAX_DEPTH = 1000;

  private final String text;
  private int position;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The text is not JSON. */
  static final class SyntaxException extends RuntimeException {
    SyntaxException(String message) {
      super(message);
    }
  }

  /** The text is nested deeper than {@link #MAX_DEPTH}. */
  static final class DepthException extends RuntimeException {
    DepthException() {
      super("JSON is nested deeper than " + MAX_DEPTH);
    }
  }

  static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.skipSpace();
    if (reader.position < text.length()) throw reader.unexpected();
    return value;
  }

  private Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    enter();
    if (!skip('}')) {
      do {
        skipSpace();
        String name = string();
        expect(':');
        members.put(name, value());
      } while (skip(','));
      expect('}');
    }
    depth--;
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    enter();
    if (!skip(']')) {
      do items.add(value()); while (skip(','));
      expect(']');
    }
    depth--;
    return items;
  }

  private void enter() {
    position++;
    if (++depth > MAX_DEPTH) throw new DepthException();
  }

  private String string() {
    if (peek() != '"') throw unexpected();
    int start = ++position;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '"') return text.substring(start, position++);
      if (c == '\\') return escapedString(start);
      if (c < ' ') throw unexpected();
      position++;
    }
    throw unexpected();
  }

  private String escapedString(int start) {
    StringBuilder result = new StringBuilder(text.substring(start, position));
    while (true) {
      char c = peek();
      position++;
      if (c == '"') return result.toString();
      if (c == '\\') result.append(escape());
      else if (c >= ' ') result.append(c);
      else {
        position--;
        throw unexpected();
      }
    }
  }

  private char escape() {
    char c = peek();
    position++;
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        int code = 0;
        for (int end = position + 4; position < end; position++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0 || peek() > 'f') throw unexpected();
          code = code * 16 + digit;
        }
        return (char) code;
      default:
        position--;
        throw unexpected();
    }
  }

  private Number number() {
    int start = position;
    if (peek() == '-') position++;
    if (peek() == '0') position++;
    else digits();
    boolean isWhole = true;
    if (position < text.length() && text.charAt(position) == '.') {
      position++;
      digits();
      isWhole = false;
    }
    if (position < text.length() && (text.charAt(position) | 0x20) == 'e') {
      position++;
      if (peek() == '+' || peek() == '-') position++;
      digits();
      isWhole = false;
    }
    String number = text.substring(start, position);
    if (!isWhole) return new BigDecimal(number);
    if (number.length() < 10) return Integer.valueOf(number);
    BigInteger whole = new BigInteger(number);
    if (whole.bitLength() < 32) return whole.intValue();
    return whole.bitLength() < 64 ? (Number) whole.longValue() : whole;
  }

  private void digits() {
    int start = position;
    while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') position++;
    if (position == start) throw unexpected();
  }

  private Object literal(String name, Object value) {
    if (!text.startsWith(name, position)) throw unexpected();
    position += name.length();
    return value;
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) position++;
  }

  private boolean skip(char wanted) {
    skipSpace();
    if (peek() != wanted) return false;
    position++;
    return true;
  }

  private void expect(char wanted) {
    if (!skip(wanted)) throw unexpected();
  }

  private char peek() {
    if (position >= text.length()) throw unexpected();
    return text.charAt(position);
  }

  private SyntaxException unexpected() {
    if (position >= text.length()) return new SyntaxException("Unexpected end of JSON input");
    return new SyntaxException(
        "Unexpected character '" + text.charAt(position) + "' in JSON at position " + position);
  }
}
