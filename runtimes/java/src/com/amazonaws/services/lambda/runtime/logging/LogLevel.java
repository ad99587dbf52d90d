package com.amazonaws.services.lambda.runtime.logging;

import java.util.Locale;

/** Severity of a log message; what has none is never filtered. */
public enum LogLevel {
  UNDEFINED,
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** @throws IllegalArgumentException for an unknown name */
  public static LogLevel fromString(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
