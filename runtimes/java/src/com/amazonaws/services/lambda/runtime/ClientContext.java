package com.amazonaws.services.lambda.runtime;

import java.util.Map;

/** What a client sent beside the event. */
public interface ClientContext {
  Client getClient();

  Map<String, String> getCustom();

  Map<String, String> getEnvironment();
}
