package hearth;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Turns what {@link JsonReader} read into values of a handler's types. */
final class Binding {
  /** What the type variables of the class in hand stand for. */
  private final Map<TypeVariable<?>, Type> variables;

  private Binding(Map<TypeVariable<?>, Type> variables) {
    this.variables = variables;
  }

  /** The JSON does not fit the type. */
  static final class MismatchException extends RuntimeException {
    MismatchException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** @throws MismatchException */
  static Object bind(Object value, Type type) {
    return new Binding(Map.of()).to(value, type);
  }

  private Object to(Object value, Type type) {
    if (type instanceof Class<?> plain) return toClass(value, plain, new Type[0]);
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      for (int i = 0; i < arguments.length; i++) arguments[i] = resolve(arguments[i]);
      return toClass(value, (Class<?>) generic.getRawType(), arguments);
    }
    if (type instanceof GenericArrayType array) {
      Type itemType = array.getGenericComponentType();
      return value == null ? null : toArray(value, Types.rawClass(resolve(itemType)), itemType);
    }
    return to(value, resolve(type));
  }

  /** A type variable becomes what it stands for, or its bound. */
  private Type resolve(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      Type known = variables.get(variable);
      return known == null || known == variable ? resolve(variable.getBounds()[0]) : known;
    }
    if (type instanceof WildcardType wildcard) return resolve(wildcard.getUpperBounds()[0]);
    return type;
  }

  private Object toClass(Object value, Class<?> type, Type[] arguments) {
    if (type.isPrimitive()) return toPrimitive(value, type);
    if (value == null) return null;
    if (type == Object.class) return natural(value);
    if (type == String.class || type == CharSequence.class) return scalarText(value, type);
    if (type == Boolean.class || type == Character.class || Number.class.isAssignableFrom(type)) {
      return Scalars.convert(value, type);
    }
    if (type.isEnum()) return toEnum(value, type);
    if (type == byte[].class && value instanceof String text) return Base64.getDecoder().decode(text);
    if (type.isArray()) return toArray(value, type.getComponentType(), type.getComponentType());
    if (Collection.class.isAssignableFrom(type) || type == Iterable.class) {
      return toCollection(value, type, arguments.length == 1 ? arguments[0] : Object.class);
    }
    if (Map.class.isAssignableFrom(type)) return toMap(value, type, arguments);
    if (type == UUID.class) return UUID.fromString(scalarText(value, type));
    if (Date.class.isAssignableFrom(type)) return toDate(value);
    return toBean(value, type, arguments);
  }

  private static Object toPrimitive(Object value, Class<?> type) {
    Object converted = Scalars.convert(value, type);
    // As with Jackson, nothing is a primitive's zero.
    return converted == null ? Array.get(Array.newInstance(type, 1), 0) : converted;
  }

  /** For {@code Object}: fractions are doubles. */
  private static Object natural(Object value) {
    if (value instanceof BigDecimal number) return number.doubleValue();
    if (value instanceof List<?> items) {
      List<Object> result = new ArrayList<>(items.size());
      for (Object item : items) result.add(natural(item));
      return result;
    }
    if (value instanceof Map<?, ?> members) {
      Map<Object, Object> result = new LinkedHashMap<>();
      members.forEach((name, member) -> result.put(name, natural(member)));
      return result;
    }
    return value;
  }

  private static String scalarText(Object value, Class<?> type) {
    if (value instanceof Map || value instanceof List) throw mismatch(value, type, null);
    return value.toString();
  }

  private static Object toEnum(Object value, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(value)) return constant;
    }
    throw mismatch(value, type, null);
  }

  private static Date toDate(Object value) {
    try {
      return value instanceof Number number ? new Date(number.longValue()) : Date.from(Instant.parse(value.toString()));
    } catch (RuntimeException e) {
      throw mismatch(value, Date.class, e);
    }
  }

  private Object toArray(Object value, Class<?> itemClass, Type itemType) {
    if (!(value instanceof List<?> items)) throw mismatch(value, itemClass.arrayType(), null);
    Object array = Array.newInstance(itemClass, items.size());
    for (int i = 0; i < items.size(); i++) Array.set(array, i, to(items.get(i), itemType));
    return array;
  }

  private Object toCollection(Object value, Class<?> type, Type itemType) {
    if (!(value instanceof List<?> items)) throw mismatch(value, type, null);
    @SuppressWarnings("unchecked")
    Collection<Object> result =
        (Collection<Object>) make(type, ArrayList.class, LinkedHashSet.class, TreeSet.class, ArrayDeque.class);
    for (Object item : items) result.add(to(item, itemType));
    return result;
  }

  private Object toMap(Object value, Class<?> type, Type[] arguments) {
    if (!(value instanceof Map<?, ?> members)) throw mismatch(value, type, null);
    Type keyType = arguments.length == 2 ? arguments[0] : Object.class;
    Type memberType = arguments.length == 2 ? arguments[1] : Object.class;
    @SuppressWarnings("unchecked")
    Map<Object, Object> result = (Map<Object, Object>) make(type, LinkedHashMap.class, TreeMap.class);
    members.forEach((name, member) -> result.put(to(name, keyType), to(member, memberType)));
    return result;
  }

  /** An instance of a class, or for an interface that of the first candidate that implements it. */
  private static Object make(Class<?> type, Class<?>... candidates) {
    if (!Modifier.isAbstract(type.getModifiers())) return construct(type);
    for (Class<?> candidate : candidates) if (type.isAssignableFrom(candidate)) return construct(candidate);
    throw mismatch("", type, null);
  }

  private Object toBean(Object value, Class<?> type, Type[] arguments) {
    if (!(value instanceof Map<?, ?> members)) throw mismatch(value, type, null);
    Map<TypeVariable<?>, Type> known = new HashMap<>(variables);
    for (int i = 0; i < arguments.length; i++) known.put(type.getTypeParameters()[i], arguments[i]);
    Types.addSuperclassVariables(type, known);
    Binding inner = new Binding(known);
    if (type.isRecord()) return inner.toRecord(members, type);
    Object bean = construct(type);
    BeanType properties = BeanType.of(type);
    members.forEach((name, member) -> {
      BeanType.Writer writer = properties.writerOf((String) name);
      if (writer == null) return;
      try {
        writer.setter().set(bean, inner.to(member, writer.type()));
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        throw new MismatchException("Cannot set " + type.getName() + "." + name + ": " + cause.getMessage(), cause);
      }
    });
    return bean;
  }

  private Object toRecord(Map<?, ?> members, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = to(members.get(components[i].getName()), components[i].getGenericType());
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw mismatch(members, type, e instanceof InvocationTargetException ? e.getCause() : e);
    }
  }

  private static Object construct(Class<?> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.trySetAccessible();
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      throw new MismatchException("Cannot construct instance of `" + type.getName() + "`: " + cause, cause);
    }
  }

  static MismatchException mismatch(Object value, Class<?> type, Throwable cause) {
    String kind = value instanceof Map ? "Object" : value instanceof List ? "Array" : value.getClass().getSimpleName();
    String name = type.getTypeName();
    return new MismatchException("Cannot deserialize value of type `" + name + "` from " + kind + " value", cause);
  }
}
