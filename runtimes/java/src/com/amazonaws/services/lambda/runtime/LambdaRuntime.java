package com.amazonaws.services.lambda.runtime;

/** Gives access to the logger without a {@link Context}. */
public final class LambdaRuntime {
  private static volatile LambdaLogger logger =
      new LambdaLogger() {
        @Override
        public void log(String message) {
          System.out.print(message);
        }

        @Override
        public void log(byte[] message) {
          System.out.write(message, 0, message.length);
        }
      };

  private LambdaRuntime() {}

  public static LambdaLogger getLogger() {
    return logger;
  }

  /** For the runtime only: before it starts a function, messages go to standard output. */
  public static void setLogger(LambdaLogger replacement) {
    logger = replacement;
  }
}
