package hearth;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The function's logger: every message is a log frame, in the format that the environment variables ask for. */
final class Log implements LambdaLogger {
  private static final int MAX_FRAME_BYTES = 256 * 1024;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final boolean isJson = "JSON".equalsIgnoreCase(System.getenv("AWS_LAMBDA_LOG_FORMAT"));
  private final LogLevel lowest = configuredLevel();
  private volatile String requestId;

  /** The request id that JSON lines carry; none during init. */
  void setRequestId(String requestId) {
    this.requestId = requestId;
  }

  /** Logs an error, whatever the log level is. */
  void error(Throwable error) {
    write(Errors.toLogText(error), isJson ? LogLevel.ERROR : LogLevel.UNDEFINED);
  }

  @Override
  public void log(String message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte[] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(String message, LogLevel level) {
    if (isEnabled(level)) write(String.valueOf(message), level);
  }

  /** Bytes are logged as they are in either format. */
  @Override
  public void log(byte[] message, LogLevel level) {
    if (isEnabled(level)) send(message, level);
  }

  private void write(String message, LogLevel level) {
    send(format(message, level).getBytes(StandardCharsets.UTF_8), level);
  }

  private String format(String message, LogLevel level) {
    if (!isJson) return level == LogLevel.UNDEFINED ? message : "[" + level + "] " + message;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", TIME.format(Instant.now()));
    line.put("message", message);
    line.put("level", level);
    if (requestId != null) line.put("AWSRequestId", requestId);
    return JsonWriter.write(line);
  }

  private boolean isEnabled(LogLevel level) {
    return level == LogLevel.UNDEFINED || level.compareTo(lowest) >= 0;
  }

  private static LogLevel configuredLevel() {
    try {
      return LogLevel.fromString(System.getenv("AWS_LAMBDA_LOG_LEVEL"));
    } catch (IllegalArgumentException | NullPointerException e) {
      return LogLevel.UNDEFINED;
    }
  }

  /** One log event. Text over 256 KB becomes several, never cut inside a character. */
  private static void send(byte[] text, LogLevel level) {
    byte[] data = text.length > 0 && text[text.length - 1] == '\n' ? text : Arrays.copyOf(text, text.length + 1);
    if (data != text) data[text.length] = '\n';
    long now = System.currentTimeMillis() * 1000;
    Map<String, Object> header =
        level == LogLevel.UNDEFINED
            ? Map.of("timestampMicroseconds", now)
            : Map.of("timestampMicroseconds", now, "level", level.name());
    for (int start = 0; start < data.length; ) {
      int end = Math.min(start + MAX_FRAME_BYTES, data.length);
      while (end < data.length && (data[end] & 0xC0) == 0x80) end--;
      Link.send(Link.LOG, header, Arrays.copyOfRange(data, start, end));
      start = end;
    }
  }
}
