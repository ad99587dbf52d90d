package hearth;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;

/** Events become arguments and results become bytes: as JSON, or as the function's own serializer says. */
final class Results {
  private static CustomPojoSerializer own;

  private Results() {}

  /** Looks for a serializer of the function's. */
  static void setUp(ClassLoader loader) {
    own = ServiceLoader.load(CustomPojoSerializer.class, loader).findFirst().orElse(null);
  }

  /** @param text the event, or null when it is nested too deep to be read */
  static Object read(byte[] bytes, Object parsed, Type type) {
    try {
      if (own != null) return own.fromJson(new ByteArrayInputStream(bytes), type);
      if (parsed instanceof RuntimeException problem) throw problem;
      return Binding.bind(parsed, type);
    } catch (RuntimeException e) {
      Errors.trim(e);
      throw new RuntimeException("An error occurred during JSON parsing", e);
    }
  }

  static void write(Object value, Type type, OutputStream result) throws IOException {
    try {
      if (type == void.class || type == Void.class) value = null;
      else if (own != null) {
        own.toJson(value, result, type);
        return;
      }
      result.write(JsonWriter.write(value).getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      Errors.trim(e);
      throw new RuntimeException("An error occurred during JSON serialization of response", e);
    }
  }
}
