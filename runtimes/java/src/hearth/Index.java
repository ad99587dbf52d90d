package hearth;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import hearth.Errors.FunctionFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole life of the runtime: become the function's, then wait, call, answer. */
public final class Index {
  private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";
  private static final String TRACE_VARIABLE = "_X_AMZN_TRACE_ID";

  private final Map<String, Object> settings;
  private final Log log;
  private final Handler.Call handler;
  private final boolean setsTraceVariable;

  public static void main(String[] arguments) throws IOException {
    System.setOut(unbuffered(FileDescriptor.out));
    System.setErr(unbuffered(FileDescriptor.err));
    Link.send(Link.STARTED, Map.of(), new byte[0]);
    Index life = new Index(Link.receive().header());
    Link.send(Link.READY, life.memoryUse(), new byte[0]);
    while (true) life.serve();
  }

  private Index(Map<String, Object> settings) throws IOException {
    this.settings = settings;
    // Read by the launcher, when the worker sized the heap.
    Environment.remove("JDK_JAVA_OPTIONS");
    ((Map<?, ?>) settings.get("environment")).forEach((name, value) -> Environment.set((String) name, (String) value));
    setsTraceVariable = !"AWS_Lambda_java25".equals(System.getenv("AWS_EXECUTION_ENV"));
    log = new Log();
    LambdaRuntime.setLogger(log);
    ClassLoader loader = new URLClassLoader(classPath(Path.of((String) settings.get("taskRoot"))));
    Thread.currentThread().setContextClassLoader(loader);
    handler = loadHandler((String) settings.get("handler"), loader);
  }

  private Handler.Call loadHandler(String name, ClassLoader loader) {
    try {
      Results.setUp(loader);
      return Handler.load(name, loader);
    } catch (Throwable e) {
      // Its own message and type, but no stack: the log has that.
      FunctionFault fault = e instanceof FunctionFault known ? known : new FunctionFault(messageOf(e), e);
      Errors.trim(fault);
      log.error(fault);
      Map<String, Object> result = Errors.toResult(fault);
      Link.send(Link.INIT_ERROR, errorType(result), json(result));
      System.exit(1);
      throw new AssertionError(e);
    }
  }

  private void serve() throws IOException {
    Link.Frame frame = Link.receive();
    Map<String, Object> invoke = frame.header();
    String traceId = (String) invoke.get("traceId");
    log.setRequestId((String) invoke.get("requestId"));
    System.setProperty(TRACE_PROPERTY, traceId);
    if (setsTraceVariable) Environment.set(TRACE_VARIABLE, traceId);
    byte[] body = frame.body().length == 0 ? new byte[] {'{', '}'} : frame.body();
    Handler.Event event;
    try {
      event = new ParsedEvent(body, parse(body));
    } catch (JsonReader.SyntaxException e) {
      Link.send(Link.INVALID_EVENT, Map.of("message", e.getMessage()), new byte[0]);
      return;
    }
    try {
      ByteArrayOutputStream result = new ByteArrayOutputStream();
      handler.run(event, result, new LambdaContext(invoke, log));
      // Whoever was interrupted in this invocation is not in the next.
      Thread.interrupted();
      respond(Link.RESPONSE, Map.of(), result.toByteArray());
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void fail(Throwable error) {
    Errors.trim(error);
    log.error(error);
    Map<String, Object> result = Errors.toResult(error);
    Map<String, Object> header = new LinkedHashMap<>(errorType(result));
    boolean isFatal = error instanceof VirtualMachineError || error instanceof IOError;
    if (isFatal) header.put("exiting", true);
    respond(Link.ERROR, header, json(result));
    if (isFatal) System.exit(1);
  }

  private void respond(int type, Map<String, Object> header, byte[] body) {
    Map<String, Object> full = new LinkedHashMap<>(header);
    full.putAll(memoryUse());
    int limit = ((Number) settings.get("maxResponseBytes")).intValue();
    if (body.length > limit) {
      String message = "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).";
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("errorMessage", message);
      result.put("errorType", "Function.ResponseSizeTooLarge");
      full.putAll(errorType(result));
      Link.send(Link.ERROR, full, json(result));
    } else Link.send(type, full, body);
  }

  /** Only asked for where no control group measures it. */
  private Map<String, Object> memoryUse() {
    if (!Boolean.TRUE.equals(settings.get("reportMemory"))) return Map.of();
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      String peak = lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElse("0");
      return Map.of("maxRssKilobytes", Integer.parseInt(peak.replaceAll("\\D", "")));
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** An event that has been read; {@code parsed} is the exception when it is nested too deep to be. */
  private record ParsedEvent(byte[] body, Object parsed) implements Handler.Event {
    @Override
    public InputStream bytes() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public Object as(Type type) {
      return Results.read(body, parsed, type);
    }
  }

  /** @throws JsonReader.SyntaxException */
  private static Object parse(byte[] body) {
    try {
      return JsonReader.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonReader.SyntaxException("Invalid UTF-8");
    } catch (JsonReader.DepthException e) {
      return e;
    }
  }

  /** The package itself, then the jars of its folder lib, then those of layers. */
  private static URL[] classPath(Path taskRoot) throws IOException {
    List<URL> places = new ArrayList<>(List.of(taskRoot.toUri().toURL()));
    for (File folder : List.of(taskRoot.resolve("lib").toFile(), new File("/opt/java/lib"))) {
      File[] jars = folder.listFiles((directory, name) -> name.endsWith(".jar"));
      if (jars == null) continue;
      Arrays.sort(jars);
      for (File jar : jars) places.add(urlOf(jar));
    }
    return places.toArray(URL[]::new);
  }

  private static URL urlOf(File file) throws MalformedURLException {
    return file.toURI().toURL();
  }

  private static Map<String, Object> errorType(Map<String, Object> result) {
    return Map.of("errorType", result.getOrDefault("errorType", "Runtime.Unknown"));
  }

  private static byte[] json(Object value) {
    return JsonWriter.write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static String messageOf(Throwable error) {
    String message = error.getLocalizedMessage();
    return message == null ? error.getClass().getName() : message;
  }

  private static PrintStream unbuffered(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
