package com.amazonaws.services.lambda.runtime.logging;

import java.util.Locale;

/** How log messages are written. */
public enum LogFormat {
  JSON,
  TEXT;

  /** @throws IllegalArgumentException for an unknown name */
  public static LogFormat fromString(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
