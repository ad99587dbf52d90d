package hearth;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The runtime's end of the link (docs/architecture.md, "The link"): file descriptor 3, with blocking calls.
 */
final class Link {
  static final int STARTED = 15;
  static final int READY = 16;
  static final int INIT_ERROR = 17;
  static final int RESPONSE = 18;
  static final int ERROR = 19;
  static final int LOG = 20;
  static final int INVALID_EVENT = 21;

  private static final int DESCRIPTOR = 3;
  private static final int LENGTH_BYTES = 4;
  private static final int PRELUDE_BYTES = 9;
  private static final int READ_AHEAD_BYTES = 64 * 1024;
  private static final DataInputStream input;
  private static final FileOutputStream output;

  static {
    try {
      // The jar's manifest opens java.io for this.
      var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      FileDescriptor descriptor = constructor.newInstance(DESCRIPTOR);
      input = new DataInputStream(new BufferedInputStream(new FileInputStream(descriptor), READ_AHEAD_BYTES));
      output = new FileOutputStream(descriptor);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Link() {}

  /** A frame from the worker. */
  record Frame(Map<String, Object> header, byte[] body) {}

  /** Waits for the next frame; ends the process when the worker is gone. */
  static Frame receive() throws IOException {
    ByteBuffer prelude = ByteBuffer.wrap(read(PRELUDE_BYTES));
    int length = prelude.getInt();
    int headerBytes = prelude.getInt(LENGTH_BYTES + 1);
    @SuppressWarnings("unchecked")
    var header = (Map<String, Object>) JsonReader.read(new String(read(headerBytes), StandardCharsets.UTF_8));
    return new Frame(header, read(length - (PRELUDE_BYTES - LENGTH_BYTES) - headerBytes));
  }

  /** Sends one frame; any thread may. */
  static synchronized void send(int type, Map<String, ?> header, byte[] body) {
    byte[] head = JsonWriter.write(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(PRELUDE_BYTES + head.length + body.length);
    frame.putInt(PRELUDE_BYTES - LENGTH_BYTES + head.length + body.length);
    frame.put((byte) type).putInt(head.length).put(head).put(body);
    try {
      output.write(frame.array());
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static byte[] read(int size) throws IOException {
    byte[] bytes = new byte[size];
    try {
      input.readFully(bytes);
    } catch (EOFException e) {
      Runtime.getRuntime().halt(0);
    }
    return bytes;
  }
}
