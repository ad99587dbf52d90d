package com.amazonaws.services.lambda.runtime;

/** Who called, according to Amazon Cognito. */
public interface CognitoIdentity {
  String getIdentityId();

  String getIdentityPoolId();
}
