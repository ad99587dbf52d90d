package hearth;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import hearth.Errors.FunctionFault;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds what a handler string such as {@code pkg.Class} or {@code pkg.Class::method} names. */
final class Handler {
  private Handler() {}

  /** A found handler: the event's bytes in, the result's bytes out. */
  interface Call {
    void run(Event event, OutputStream result, Context context) throws Throwable;
  }

  /** Whether the event's JSON can be read matters only to some handlers. */
  interface Event {
    InputStream bytes();

    /** @throws RuntimeException when the JSON does not fit the type */
    Object as(Type type);
  }

  /**
   * What is wrong with the handler's name is, as on Lambda, the error of each invocation; what the function's own code
   * throws while it is loaded fails the initialization.
   * @throws Throwable what fails the initialization
   */
  static Call load(String handler, ClassLoader loader) throws Throwable {
    int colons = handler.lastIndexOf("::");
    String className = colons < 0 ? handler : handler.substring(0, colons);
    String methodName = colons < 0 ? null : handler.substring(colons + 2);
    if (className.isEmpty() || "".equals(methodName)) return fault("Invalid handler: `" + handler + "'", null);
    Class<?> type;
    try {
      type = Class.forName(className, true, loader);
    } catch (ClassNotFoundException e) {
      return fault("Class not found: " + className, e);
    } catch (Throwable e) {
      String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new FunctionFault("Error loading class " + className + reason, e);
    }
    return methodName == null ? loadClass(type) : loadMethod(type, methodName);
  }

  private static Call loadClass(Class<?> type) throws Throwable {
    if (RequestStreamHandler.class.isAssignableFrom(type)) {
      RequestStreamHandler handler = (RequestStreamHandler) construct(type);
      return (event, result, context) -> handler.handleRequest(event.bytes(), result, context);
    }
    if (!RequestHandler.class.isAssignableFrom(type)) {
      return fault("Class does not implement an appropriate handler interface: " + type.getName(), null);
    }
    Type[] types = Types.argumentsOf(type, RequestHandler.class);
    if (types == null || Arrays.stream(types).anyMatch(Handler::isUnbounded)) {
      String message = "Class %s does not implement RequestHandler with concrete type parameters";
      return fault(String.format(message, type.getName()), null);
    }
    @SuppressWarnings("unchecked")
    RequestHandler<Object, Object> handler = (RequestHandler<Object, Object>) construct(type);
    return (event, result, context) ->
        Results.write(handler.handleRequest(event.as(types[0]), context), types[1], result);
  }

  private static boolean isUnbounded(Type type) {
    return type instanceof TypeVariable<?> variable && variable.getBounds()[0] == Object.class;
  }

  /** Of methods with the same name the one with the longest signature counts, a context counting twice. */
  private static Call loadMethod(Class<?> type, String name) throws Throwable {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && isCallable(method)) methods.add(method);
    }
    if (methods.isEmpty()) {
      String message = "No public method named %s with appropriate method signature found on class %s";
      return fault(String.format(message, name, type.getName()), null);
    }
    Method method =
        methods.stream().min(Comparator.comparing(Method::isBridge).thenComparing(m -> -lengthOf(m))).get();
    Object instance = Modifier.isStatic(method.getModifiers()) ? null : construct(type);
    method.trySetAccessible();
    Type[] types = method.getGenericParameterTypes();
    boolean isStream = Arrays.stream(types).anyMatch(t -> t == InputStream.class || t == OutputStream.class);
    return (event, result, context) -> {
      Object[] arguments = new Object[types.length];
      for (int i = 0; i < types.length; i++) arguments[i] = argument(types[i], event, result, context);
      Object returned;
      try {
        returned = method.invoke(instance, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
      if (!isStream) Results.write(returned, method.getGenericReturnType(), result);
    };
  }

  private static Object argument(Type type, Event event, OutputStream result, Context context) {
    if (type == InputStream.class) return event.bytes();
    if (type == OutputStream.class) return result;
    return type == Context.class ? context : event.as(type);
  }

  /** At most an event, a stream for the result, and a context, in this order. */
  private static boolean isCallable(Method method) {
    List<Class<?>> types = new ArrayList<>(List.of(method.getParameterTypes()));
    if (!types.isEmpty() && types.get(types.size() - 1) == Context.class) types.remove(types.size() - 1);
    if (types.size() == 2) return types.get(0) == InputStream.class && types.get(1) == OutputStream.class;
    return types.size() < 2 && !types.contains(Context.class);
  }

  private static int lengthOf(Method method) {
    Class<?>[] types = method.getParameterTypes();
    boolean hasContext = types.length > 0 && types[types.length - 1] == Context.class;
    return types.length + (hasContext ? 1 : 0);
  }

  private static Object construct(Class<?> type) throws Throwable {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw new FunctionFault("Class " + type.getName() + " has no public zero-argument constructor", e);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Call fault(String message, Throwable cause) {
    FunctionFault fault = new FunctionFault(message, cause);
    return (event, result, context) -> {
      throw fault;
    };
  }
}
