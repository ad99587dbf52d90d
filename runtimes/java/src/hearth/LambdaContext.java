package hearth;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.HashMap;
import java.util.Map;

/** The handler's context. */
final class LambdaContext implements Context {
  private final Map<String, Object> invoke;
  private final LambdaLogger logger;
  private final ClientContext clientContext;

  /** @param invoke header of the invoke frame */
  LambdaContext(Map<String, Object> invoke, LambdaLogger logger) {
    this.invoke = invoke;
    this.logger = logger;
    String sent = (String) invoke.get("clientContext");
    clientContext = sent == null ? null : new SentClientContext((Map<?, ?>) JsonReader.read(sent));
  }

  @Override
  public String getAwsRequestId() {
    return (String) invoke.get("requestId");
  }

  @Override
  public String getLogGroupName() {
    return System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Override
  public String getLogStreamName() {
    return System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  @Override
  public String getFunctionName() {
    return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Override
  public String getFunctionVersion() {
    return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
  }

  @Override
  public String getInvokedFunctionArn() {
    return (String) invoke.get("invokedFunctionArn");
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public ClientContext getClientContext() {
    return clientContext;
  }

  @Override
  public int getRemainingTimeInMillis() {
    long deadline = ((Number) invoke.get("deadlineMilliseconds")).longValue();
    return (int) Math.max(0, deadline - System.currentTimeMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }

  @Override
  public String getXrayTraceId() {
    return (String) invoke.get("traceId");
  }

  private record SentClientContext(Map<?, ?> sent) implements ClientContext {
    @Override
    public Client getClient() {
      return sent.get("client") instanceof Map<?, ?> client ? new SentClient(client) : null;
    }

    @Override
    public Map<String, String> getCustom() {
      return texts("custom");
    }

    @Override
    public Map<String, String> getEnvironment() {
      return texts("env");
    }

    private Map<String, String> texts(String name) {
      if (!(sent.get(name) instanceof Map<?, ?> members)) return null;
      Map<String, String> texts = new HashMap<>();
      members.forEach((key, value) -> texts.put((String) key, textOf(value)));
      return texts;
    }

    private static String textOf(Object value) {
      return value == null || value instanceof String ? (String) value : JsonWriter.write(value);
    }
  }

  private record SentClient(Map<?, ?> sent) implements Client {
    @Override
    public String getInstallationId() {
      return (String) sent.get("installation_id");
    }

    @Override
    public String getAppTitle() {
      return (String) sent.get("app_title");
    }

    @Override
    public String getAppVersionName() {
      return (String) sent.get("app_version_name");
    }

    @Override
    public String getAppVersionCode() {
      return (String) sent.get("app_version_code");
    }

    @Override
    public String getAppPackageName() {
      return (String) sent.get("app_package_name");
    }
  }
}
