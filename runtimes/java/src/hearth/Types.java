package hearth;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** Questions about generic types. */
final class Types {
  private Types() {}

  static Class<?> rawClass(Type type) {
    if (type instanceof Class<?> plain) return plain;
    if (type instanceof ParameterizedType generic) return rawClass(generic.getRawType());
    if (type instanceof GenericArrayType array) return rawClass(array.getGenericComponentType()).arrayType();
    if (type instanceof TypeVariable<?> variable) return rawClass(variable.getBounds()[0]);
    return rawClass(((WildcardType) type).getUpperBounds()[0]);
  }

  /**
   * The type arguments that a class gives to a generic interface, directly or through what it extends; null when it
   * names none.
   */
  static Type[] argumentsOf(Class<?> type, Class<?> wanted) {
    return find(type, wanted, new HashMap<>());
  }

  /** Adds what a class's superclasses' type variables stand for. */
  static void addSuperclassVariables(Class<?> type, Map<TypeVariable<?>, Type> known) {
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      if (each.getGenericSuperclass() instanceof ParameterizedType parent) remember(parent, known);
    }
  }

  private static Type[] find(Type type, Class<?> wanted, Map<TypeVariable<?>, Type> known) {
    Class<?> raw = rawClass(type);
    if (!wanted.isAssignableFrom(raw)) return null;
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = remember(generic, known);
      if (raw == wanted) return arguments;
    }
    for (Type each : raw.getGenericInterfaces()) {
      Type[] found = find(each, wanted, known);
      if (found != null) return found;
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? null : find(parent, wanted, known);
  }

  private static Type[] remember(ParameterizedType generic, Map<TypeVariable<?>, Type> known) {
    TypeVariable<?>[] names = rawClass(generic).getTypeParameters();
    Type[] arguments = generic.getActualTypeArguments();
    for (int i = 0; i < names.length; i++) {
      if (arguments[i] instanceof TypeVariable<?> variable) arguments[i] = known.getOrDefault(variable, variable);
      known.put(names[i], arguments[i]);
    }
    return arguments;
  }
}
