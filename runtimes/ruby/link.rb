# frozen_string_literal: true

module Hearth
  # The runtime's end of the link (docs/architecture.md, "The link"): file descriptor 3, with blocking calls.
  module Link
    INIT = 1
    INVOKE = 2
    STARTED = 15
    READY = 16
    INIT_ERROR = 17
    RESPONSE = 18
    ERROR = 19
    LOG = 20
    INVALID_EVENT = 21

    LENGTH_BYTES = 4
    PRELUDE_BYTES = 9
    READ_AHEAD_BYTES = 64 * 1024

    @io = IO.for_fd(3, 'r+b', autoclose: false)
    @io.close_on_exec = true
    @owner = Process.pid
    @lock = Mutex.new
    @pending = String.new(encoding: Encoding::BINARY)

    class << self
      # Waits for the next frame and returns its header and body; ends the process when the worker is gone.
      def receive
        fill(LENGTH_BYTES)
        size = LENGTH_BYTES + @pending.unpack1('N')
        fill(size)
        frame = @pending.slice!(0, size)
        header_bytes = frame.unpack1('@5N')
        header = JSON.parse(frame.byteslice(PRELUDE_BYTES, header_bytes).force_encoding(Encoding::UTF_8))
        [header, frame.byteslice(PRELUDE_BYTES + header_bytes, size)]
      end

      # Sends one frame; any thread may. A forked child of the function has no link, and ends when it would answer.
      def send_frame(type, header, body = '')
        return from_child(type, body) if Process.pid != @owner

        head = JSON.generate(header)
        length = PRELUDE_BYTES - LENGTH_BYTES + head.bytesize + body.bytesize
        frame = [length, type, head.bytesize].pack('NCN') << head.b << body.b
        @lock.synchronize { write(frame) }
      end

      private

      def from_child(type, body)
        exit!(0) if type != LOG
        $stdout.write(body)
      end

      def write(frame)
        sent = @io.syswrite(frame)
        sent += @io.syswrite(frame.byteslice(sent..)) while sent < frame.bytesize
      end

      # Reads until at least `size` bytes are pending.
      def fill(size)
        while @pending.bytesize < size
          @pending << @io.sysread([READ_AHEAD_BYTES, size - @pending.bytesize].max)
        end
      rescue EOFError, Errno::ECONNRESET
        exit!(0)
      end
    end
  end
  private_constant :Link
end
