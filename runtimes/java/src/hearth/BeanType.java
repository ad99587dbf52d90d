package hearth;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON properties of a class, by the rules of the Jackson library that Lambda uses, without its annotations:
 * getters, setters and public fields, in the order of the fields; components of a record.
 */
final class BeanType {
  private static final Map<Class<?>, BeanType> known = new ConcurrentHashMap<>();
  /** Lambda maps the classes of this library to the names of AWS's events, which differ in upper and lower case. */
  private static final String EVENTS_LIBRARY = "com.amazonaws.services.lambda.runtime.events.";

  final Class<?> type;
  private final Map<String, Reader> readers = new LinkedHashMap<>();
  private final Map<String, Writer> writers;

  interface Reader {
    Object read(Object bean) throws ReflectiveOperationException;
  }

  interface Setter {
    void set(Object bean, Object value) throws ReflectiveOperationException;
  }

  /** How a property is set, and its type. */
  record Writer(Type type, Setter setter) {}

  static BeanType of(Class<?> type) {
    return known.computeIfAbsent(type, BeanType::new);
  }

  private BeanType(Class<?> type) {
    this.type = type;
    boolean ignoresCase = type.getName().startsWith(EVENTS_LIBRARY);
    writers = ignoresCase ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new LinkedHashMap<>();
    Map<String, Reader> found = new LinkedHashMap<>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        Method accessor = open(component.getAccessor());
        found.put(component.getName(), accessor::invoke);
      }
    } else {
      for (Method method : type.getMethods()) addMethod(method, found);
    }
    for (Field field : fieldsOf(type)) addField(field, found);
    // Properties come in the order of the fields behind them, then the others.
    for (Field field : fieldsOf(type)) {
      Reader reader = found.remove(field.getName());
      if (reader != null) readers.put(field.getName(), reader);
    }
    readers.putAll(new TreeMap<>(found));
  }

  /** Null when there is no such property. */
  Writer writerOf(String name) {
    return writers.get(name);
  }

  Map<String, Object> valuesOf(Object bean) {
    if (readers.isEmpty()) {
      throw new IllegalArgumentException(
          "No serializer found for class " + type.getName() + " and no properties discovered to create BeanSerializer");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    readers.forEach((name, reader) -> {
      try {
        values.put(name, reader.read(bean));
      } catch (InvocationTargetException e) {
        throw new IllegalArgumentException("Property " + name + " of " + type.getName(), e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("Property " + name + " of " + type.getName(), e);
      }
    });
    return values;
  }

  private void addMethod(Method method, Map<String, Reader> found) {
    if (Modifier.isStatic(method.getModifiers()) || method.getDeclaringClass() == Object.class || method.isBridge()) {
      return;
    }
    String name = method.getName();
    Class<?> result = method.getReturnType();
    if (method.getParameterCount() == 0 && result != void.class) {
      boolean isBoolean = result == boolean.class || result == Boolean.class;
      String property = isBoolean ? propertyOf(name, "is") : null;
      if (property == null) property = propertyOf(name, "get");
      if (property != null) found.put(property, open(method)::invoke);
    } else if (method.getParameterCount() == 1) {
      String property = propertyOf(name, "set");
      if (property == null) return;
      Method setter = open(method);
      writers.put(property, new Writer(method.getGenericParameterTypes()[0], setter::invoke));
    }
  }

  private void addField(Field field, Map<String, Reader> found) {
    if (!Modifier.isPublic(field.getModifiers())) return;
    open(field);
    found.putIfAbsent(field.getName(), field::get);
    if (!Modifier.isFinal(field.getModifiers())) {
      writers.putIfAbsent(field.getName(), new Writer(field.getGenericType(), field::set));
    }
  }

  /** Instance fields, those of superclasses first. */
  private static List<Field> fieldsOf(Class<?> type) {
    if (type == null || type == Object.class) return new ArrayList<>();
    List<Field> fields = fieldsOf(type.getSuperclass());
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) fields.add(field);
    }
    return fields;
  }

  /** {@code getURLPath} is {@code urlpath}: all capitals in front become small letters. */
  private static String propertyOf(String method, String prefix) {
    if (!method.startsWith(prefix) || method.length() == prefix.length()) return null;
    StringBuilder name = new StringBuilder(method.substring(prefix.length()));
    for (int i = 0; i < name.length() && Character.isUpperCase(name.charAt(i)); i++) {
      name.setCharAt(i, Character.toLowerCase(name.charAt(i)));
    }
    return name.toString();
  }

  private static <T extends AccessibleObject> T open(T member) {
    // Members of public classes need no more rights; those of a user's other classes are in no closed module.
    member.trySetAccessible();
    return member;
  }
}
