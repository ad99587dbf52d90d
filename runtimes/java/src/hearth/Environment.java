package hearth;

import java.lang.reflect.Field;
import java.util.Map;

/** The environment variables of this process, which Java reads once and lets nobody change. */
final class Environment {
  private static final Map<String, String> variables = open();

  private Environment() {}

  /** Afterwards {@link System#getenv} has the variable. Child processes and native code do not. */
  static void set(String name, String value) {
    variables.put(name, value);
  }

  static void remove(String name) {
    variables.remove(name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> open() {
    try {
      // The jar's manifest opens java.lang and java.util for this.
      Map<String, String> view = System.getenv();
      Field inner = view.getClass().getDeclaredField("m");
      inner.setAccessible(true);
      return (Map<String, String>) inner.get(view);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
