/** A custom runtime in C that needs no library: it echoes events, and counts them. Headers and bodies fit its buffers. */
export const customRuntimeSource = `
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int dial(const char *api) {
  char host[64];
  int port;
  if (sscanf(api, "%63[^:]:%d", host, &port) != 2) exit(90);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) exit(91);
  return connection;
}

/* Receives until the head and the body that it announces are there; returns where the body begins. */
static char *receive(int connection, char *buffer, size_t size) {
  size_t filled = 0;
  for (;;) {
    ssize_t count = read(connection, buffer + filled, size - 1 - filled);
    if (count <= 0) exit(92);
    filled += count;
    buffer[filled] = 0;
    char *body = strstr(buffer, "\\r\\n\\r\\n");
    char *length = strcasestr(buffer, "\\r\\nContent-Length:");
    if (body && length && filled >= (size_t)(body + 4 - buffer) + atoi(length + 17)) return body + 4;
  }
}

int main(void) {
  static char buffer[65536], answer[65536], result[65536];
  int connection = dial(getenv("AWS_LAMBDA_RUNTIME_API"));
  for (int calls = 1;; calls++) {
    dprintf(connection, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n");
    char *event = receive(connection, buffer, sizeof buffer);
    char id[64];
    sscanf(strcasestr(buffer, "\\r\\nLambda-Runtime-Aws-Request-Id:") + 32, " %63[^\\r]", id);
    int length = snprintf(result, sizeof result, "{\\"echo\\":%s,\\"calls\\":%d}", event, calls);
    dprintf(connection, "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: %d\\r\\n\\r\\n%s", id, length, result);
    receive(connection, answer, sizeof answer);
    if (strncmp(answer, "HTTP/1.1 202", 12) != 0) exit(93);
  }
}
`;
