package com.amazonaws.services.lambda.runtime;

/** What a handler may know of its function and of one invocation. */
public interface Context {
  String getAwsRequestId();

  String getLogGroupName();

  String getLogStreamName();

  String getFunctionName();

  String getFunctionVersion();

  String getInvokedFunctionArn();

  /** Null unless the caller signed in with Cognito. */
  CognitoIdentity getIdentity();

  /** Null unless the caller sent one. */
  ClientContext getClientContext();

  int getRemainingTimeInMillis();

  int getMemoryLimitInMB();

  LambdaLogger getLogger();

  /** Null unless the function isolates tenants. */
  default String getTenantId() {
    return null;
  }

  default String getXrayTraceId() {
    return null;
  }
}
