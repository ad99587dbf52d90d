package hearth;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Errors as callers receive them and as the log shows them. */
final class Errors {
  private static final String OWN_PACKAGE = Errors.class.getPackageName() + ".";

  private Errors() {}

  /** Something is wrong with the function itself; callers see the message and the type of the cause, no stack. */
  static final class FunctionFault extends Exception {
    FunctionFault(String message, Throwable cause) {
      super(message, cause, false, false);
    }
  }

  /** The error object that a caller receives. */
  static Map<String, Object> toResult(Throwable error) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("errorMessage", messageOf(error));
    if (error instanceof FunctionFault) {
      if (error.getCause() != null) result.put("errorType", error.getCause().getClass().getName());
      return result;
    }
    result.put("errorType", error.getClass().getName());
    result.put("stackTrace", Arrays.stream(error.getStackTrace()).map(StackTraceElement::toString).toList());
    Throwable cause = error.getCause();
    if (cause != null && cause.getCause() != error) result.put("cause", toResult(cause));
    return result;
  }

  /** The log text of an error: message, type, stack. */
  static String toLogText(Throwable error) {
    Throwable shown = error instanceof FunctionFault ? error.getCause() : error;
    if (shown == null) return messageOf(error) + "\n";
    StringWriter trace = new StringWriter();
    shown.printStackTrace(new PrintWriter(trace));
    return messageOf(error) + ": " + shown.getClass().getName() + "\n" + trace + "\n";
  }

  /** Cuts the runtime's own frames off the stack of an error, of its causes, and of what was suppressed. */
  static void trim(Throwable error) {
    trim(error, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void trim(Throwable error, Set<Throwable> seen) {
    if (error == null || !seen.add(error)) return;
    StackTraceElement[] frames = error.getStackTrace();
    for (int i = 0; i < frames.length; i++) {
      if (!frames[i].getClassName().startsWith(OWN_PACKAGE)) continue;
      error.setStackTrace(Arrays.copyOf(frames, i));
      break;
    }
    trim(error.getCause(), seen);
    for (Throwable suppressed : error.getSuppressed()) trim(suppressed, seen);
  }

  private static String messageOf(Throwable error) {
    String message = error.getLocalizedMessage();
    return message == null ? error.getClass().getName() : message;
  }
}
