package hearth;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers, booleans and characters, from JSON scalars of whatever kind, as Jackson allows. */
final class Scalars {
  private Scalars() {}

  /** @return null for null and for an empty text */
  static Object convert(Object value, Class<?> type) {
    if (value == null || "".equals(value)) return null;
    try {
      if (type == boolean.class || type == Boolean.class) return toBoolean(value, type);
      if (type == char.class || type == Character.class) return toCharacter(value, type);
      if (value instanceof Boolean || !(value instanceof Number || value instanceof String)) {
        throw Binding.mismatch(value, type, null);
      }
      return toNumber(new BigDecimal(value.toString().trim()), type, value);
    } catch (ArithmeticException | NumberFormatException e) {
      throw Binding.mismatch(value, type, e);
    }
  }

  private static Object toNumber(BigDecimal number, Class<?> type, Object value) {
    if (type == double.class || type == Double.class) return number.doubleValue();
    if (type == float.class || type == Float.class) return number.floatValue();
    if (type == BigDecimal.class) return number;
    if (type == Number.class) return value instanceof BigDecimal ? (Number) number.doubleValue() : number;
    BigInteger whole = number.toBigInteger();
    if (type == BigInteger.class) return whole;
    if (type == int.class || type == Integer.class) return whole.intValueExact();
    if (type == long.class || type == Long.class) return whole.longValueExact();
    if (type == short.class || type == Short.class) return whole.shortValueExact();
    if (type == byte.class || type == Byte.class) return whole.byteValueExact();
    throw Binding.mismatch(value, type, null);
  }

  private static Boolean toBoolean(Object value, Class<?> type) {
    if (value instanceof Boolean truth) return truth;
    if (value instanceof Integer number) return number != 0;
    if ("true".equals(value) || "True".equals(value) || "TRUE".equals(value)) return true;
    if ("false".equals(value) || "False".equals(value) || "FALSE".equals(value)) return false;
    throw Binding.mismatch(value, type, null);
  }

  private static Character toCharacter(Object value, Class<?> type) {
    if (value instanceof String text && text.length() == 1) return text.charAt(0);
    throw Binding.mismatch(value, type, null);
  }
}
